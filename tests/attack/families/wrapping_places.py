"""Wrapping by hiding: a second assertion wherever a schema lets anything stand."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from attack.case import bad
from attack.surgery import (
    assertion_of,
    bad_edit,
    cut,
    element,
    evil_copy,
    holding,
    part,
    replace,
    signature_of,
)

if TYPE_CHECKING:
    from attack.bench import Bench

ONE_ASSERTION = "exactly one assertion"
MCINTOSH = "McIntosh and Austel, XML Signature Element Wrapping Attacks, SWS 2005"


@bad_edit("CVE-2024-45409 (ruby-saml)", "response-malformed", ONE_ASSERTION)
def evil_assertion_in_the_status_detail(root: etree._Element) -> None:
    """StatusDetail takes anything, and a search for the assertion meets it first."""
    part(root, "samlp:Status").append(holding("samlp:StatusDetail", evil_copy(assertion_of(root))))


@bad_edit("CVE-2024-45409 (ruby-saml)", "response-malformed", "a signature of another namespace")
def second_digest_value_in_the_status_detail(root: etree._Element) -> None:
    """A search for the digest anywhere meets the attacker's, which fits the evil assertion."""
    look_alike = etree.SubElement(
        _status_detail(root), "{urn:other}Signature", nsmap={"ds": "urn:other"}
    )
    look_alike.append(element("ds:DigestValue", "AAAA"))


@bad_edit("CVE-2024-45409 (ruby-saml)", "response-malformed", "a signature away from")
def whole_signature_in_the_status_detail(root: etree._Element) -> None:
    """A search for the signature anywhere meets the one that is not the assertion's."""
    _status_detail(root).append(deepcopy(signature_of(assertion_of(root))))


def _status_detail(root: etree._Element) -> etree._Element:
    status = part(root, "samlp:Status")
    return etree.SubElement(status, f"{{{status.nsmap['samlp']}}}StatusDetail")


@bad_edit(MCINTOSH, "response-malformed", ONE_ASSERTION)
def true_assertion_in_the_extensions_and_evil_one_at_its_place(root: etree._Element) -> None:
    """The signed one is found by its id; what stands at the place is read."""
    true = assertion_of(root)
    replace(true, evil_copy(true))
    root.insert(1, holding("samlp:Extensions", true))


@bad_edit("SAML 2.0 Core 2.6.1: Advice may hold assertions", "response-malformed", ONE_ASSERTION)
def evil_assertion_in_the_advice_of_the_signed_one(root: etree._Element) -> None:
    """Advice is where SAML itself puts assertions into assertions."""
    true = assertion_of(root)
    part(true, "saml:Conditions").addnext(holding("saml:Advice", evil_copy(true)))


@bad("SAML 2.0 Core 2.6.1: Advice may hold assertions", "response-malformed", ONE_ASSERTION)
def true_assertion_in_the_advice_of_the_evil_one(bench: Bench) -> bytes:
    """The signature is genuine, deep inside the assertion that is read."""
    root = bench.tree()
    true = assertion_of(root)
    evil = evil_copy(true)
    replace(true, evil)
    part(evil, "saml:Conditions").addnext(holding("saml:Advice", true))
    return bench.written(root)


@bad_edit(MCINTOSH, "response-malformed", ONE_ASSERTION)
def true_assertion_in_an_attribute_value_of_the_evil_one(root: etree._Element) -> None:
    """A value may hold elements of any kind."""
    true = assertion_of(root)
    evil = evil_copy(true)
    replace(true, evil)
    part(evil, ".//saml:Attribute").append(holding("saml:AttributeValue", true))


@bad_edit(MCINTOSH, "response-malformed", ONE_ASSERTION)
def true_assertion_in_the_subject_of_the_evil_one(root: etree._Element) -> None:
    """SubjectConfirmationData takes anything by its schema."""
    true = assertion_of(root)
    evil = evil_copy(true)
    replace(true, evil)
    part(evil, ".//saml:SubjectConfirmationData").append(true)


@bad_edit(MCINTOSH, "response-malformed", ONE_ASSERTION)
def evil_assertion_in_the_authn_context(root: etree._Element) -> None:
    """An authentication context's declaration takes anything by its schema."""
    true = assertion_of(root)
    context = part(true, ".//saml:AuthnContext")
    part(context, "saml:AuthnContextClassRef").addnext(
        holding("saml:AuthnContextDecl", evil_copy(true))
    )


@bad_edit("CVE-2020-5390 (pysaml2)", "response-malformed", "a signature away from")
def signature_a_generation_below_the_assertion(root: etree._Element) -> None:
    """A signature that is no child of what it signs can be one over something else."""
    true = assertion_of(root)
    signature = cut(signature_of(true))
    part(true, "saml:Conditions").addnext(holding("saml:Advice", signature))


@bad_edit("CVE-2020-5390 (pysaml2)", "response-malformed", "a signature away from")
def signature_in_the_subject_confirmation(root: etree._Element) -> None:
    """The same, where a holder of a key would show it."""
    true = assertion_of(root)
    part(true, ".//saml:SubjectConfirmationData").append(cut(signature_of(true)))


@bad_edit(MCINTOSH, "response-malformed", ONE_ASSERTION)
def assertion_a_generation_below_the_response(root: etree._Element) -> None:
    """Moved as it is, its signature still holds; nothing says that it answers this response."""
    extensions = element("samlp:Extensions")
    extensions.append(cut(assertion_of(root)))
    root.insert(1, extensions)


@bad("CVE-2022-39299 (node-saml)", "response-malformed", "not one Response as root")
def whole_response_in_the_extensions_of_an_evil_one(bench: Bench) -> bytes:
    """Whoever verifies the first response found, and reads the root, is fooled."""
    true = bench.tree(sign_response=True)
    evil = evil_copy(true)
    cut(assertion_of(evil))
    evil.insert(1, holding("samlp:Extensions", true))
    return bench.written(evil)


@bad("CVE-2022-39299 (node-saml), CVE-2022-39353 (xmldom)", "response-malformed", "not XML")
def two_roots(bench: Bench) -> bytes:
    """A lenient parser takes both; one is verified, the other is read."""
    true = bench.tree()
    evil = evil_copy(true)
    replace(assertion_of(evil), evil_copy(assertion_of(true), "_evil_assertion"))
    return bench.written(true) + etree.tostring(evil)


@bad("CVE-2022-39299 (node-saml), CVE-2022-39353 (xmldom)", "response-malformed", "not XML")
def evil_root_before_the_true_one(bench: Bench) -> bytes:
    """The same, the other way round."""
    true = bench.tree()
    evil = evil_copy(true)
    replace(assertion_of(evil), evil_copy(assertion_of(true), "_evil_assertion"))
    return bench.written(evil) + etree.tostring(true)
