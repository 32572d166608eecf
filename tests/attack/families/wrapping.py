"""Signature wrapping, the eight classic forms: the signature holds, and somebody else is read."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from attack.case import bad
from attack.surgery import (
    assertion_of,
    bad_edit,
    cut,
    evil_copy,
    holding,
    replace,
    signature_of,
    without_signature,
)

if TYPE_CHECKING:
    from lxml import etree

    from attack.bench import Bench

SOMOROVSKY = "Somorovsky et al., On Breaking SAML, USENIX Security 2012"
ONE_RESPONSE = "not one Response as root"
ONE_ASSERTION = "exactly one assertion"


def _evil_response(bench: Bench) -> tuple[etree._Element, etree._Element, etree._Element]:
    """An evil copy of a signed Response, the true one, and the true one's signature."""
    true = bench.tree(sign_response=True)
    evil = evil_copy(true)
    replace(assertion_of(evil), evil_copy(assertion_of(true), "_evil_assertion"))
    return evil, true, cut(signature_of(true))


@bad(f"{SOMOROVSKY}, XSW1", "response-malformed", ONE_RESPONSE)
def xsw_1_true_response_inside_the_signature_of_an_evil_one(bench: Bench) -> bytes:
    """The reference finds the true Response by its id, and the root is read."""
    evil, true, signature = _evil_response(bench)
    signature.append(holding("ds:Object", true))
    evil.insert(1, signature)
    return bench.written(evil)


@bad(f"{SOMOROVSKY}, XSW2", "response-malformed", ONE_RESPONSE)
def xsw_2_true_response_before_the_detached_signature(bench: Bench) -> bytes:
    """The same with the true Response as a sibling, so that the signature is detached."""
    evil, true, signature = _evil_response(bench)
    evil.insert(1, true)
    evil.insert(2, signature)
    return bench.written(evil)


@bad_edit(f"{SOMOROVSKY}, XSW3", "response-malformed", ONE_ASSERTION)
def xsw_3_evil_assertion_before_the_signed_one(root: etree._Element) -> None:
    """The first assertion is read, the second is verified."""
    true = assertion_of(root)
    true.addprevious(evil_copy(true))


@bad_edit(f"{SOMOROVSKY}, XSW3", "response-malformed", ONE_ASSERTION)
def xsw_3_evil_assertion_after_the_signed_one(root: etree._Element) -> None:
    """Whoever reads the last assertion, or merges all attributes, reads the evil one."""
    true = assertion_of(root)
    true.addnext(evil_copy(true))


@bad_edit(f"{SOMOROVSKY}, XSW4", "response-malformed", ONE_ASSERTION)
def xsw_4_evil_assertion_around_the_signed_one(root: etree._Element) -> None:
    """The evil assertion is at its place, and the signed one is inside it."""
    true = assertion_of(root)
    evil = evil_copy(true)
    replace(true, evil)
    evil.append(true)


@bad_edit(f"{SOMOROVSKY}, XSW5", "response-malformed", ONE_ASSERTION)
def xsw_5_signature_in_the_evil_one_and_true_one_at_the_end(root: etree._Element) -> None:
    """The signature sits in the evil assertion and refers to the true one behind it."""
    true = assertion_of(root)
    evil = evil_copy(true)
    evil.insert(1, cut(signature_of(true)))
    replace(true, evil)
    root.append(true)


@bad_edit(f"{SOMOROVSKY}, XSW6", "response-malformed", ONE_ASSERTION)
def xsw_6_true_assertion_inside_the_signature_of_the_evil_one(root: etree._Element) -> None:
    """The same, with the true assertion as a child of the signature."""
    true = assertion_of(root)
    evil = evil_copy(true)
    signature = cut(signature_of(true))
    evil.insert(1, signature)
    replace(true, evil)
    signature.append(true)


@bad_edit(f"{SOMOROVSKY}, XSW7", "response-malformed", ONE_ASSERTION)
def xsw_7_evil_assertion_in_extensions(root: etree._Element) -> None:
    """Extensions takes anything by its schema, and may come before the signed assertion."""
    extensions = holding("samlp:Extensions", evil_copy(assertion_of(root)))
    root.insert(1, extensions)


@bad_edit(f"{SOMOROVSKY}, XSW8", "response-malformed", ONE_ASSERTION)
def xsw_8_true_assertion_in_an_object_of_the_signature(root: etree._Element) -> None:
    """An Object of the signature takes anything by its schema."""
    true = assertion_of(root)
    evil = evil_copy(true)
    signature = cut(signature_of(true))
    evil.insert(1, signature)
    replace(true, evil)
    signature.append(holding("ds:Object", true))


@bad("CVE-2016-5697 (ruby-saml)", "response-malformed", "an id that occurs twice")
def evil_assertion_with_the_id_of_the_signed_one(bench: Bench) -> bytes:
    """Two elements answer to the reference: one is digested, the other is read."""
    root = bench.tree()
    true = assertion_of(root)
    true.addprevious(evil_copy(true, str(true.get("ID"))))
    return bench.written(root)


@bad("CVE-2022-41912 (crewjam/saml)", "response-malformed", ONE_ASSERTION)
def three_assertions_of_which_the_second_is_signed(bench: Bench) -> bytes:
    """A loop over assertions verifies one and returns another."""
    root = bench.tree()
    true = assertion_of(root)
    true.addprevious(evil_copy(true, "_before"))
    true.addnext(evil_copy(true, "_behind"))
    return bench.written(root)


@bad("CVE-2024-8698 (Keycloak)", "response-malformed", ONE_ASSERTION)
def signed_assertion_in_front_of_an_evil_one_with_a_copy_of_its_signature(bench: Bench) -> bytes:
    """Where the signature stands decided what counted as signed: here it stands in both."""
    root = bench.tree()
    true = assertion_of(root)
    evil = evil_copy(true)
    evil.insert(1, deepcopy(signature_of(true)))
    true.addnext(evil)
    return bench.written(root)


@bad("CVE-2024-8698 (Keycloak)", "response-malformed", "a reference to another element")
def signature_of_the_assertion_as_a_child_of_the_response(bench: Bench) -> bytes:
    """At the Response's place it counts as one over all, and the assertion may be changed."""
    root = bench.tree()
    true = assertion_of(root)
    root.insert(1, deepcopy(signature_of(true)))
    return bench.written(root)


@bad_edit("CVE-2016-1000252 (python-saml)", "response-untrusted", "the assertion is not signed")
def signature_moved_to_the_response(root: etree._Element) -> None:
    """A signature somewhere in the message is none on the assertion that is read."""
    root.insert(1, cut(signature_of(assertion_of(root))))


@bad_edit("CVE-2017-18122 (SimpleSAMLphp)", "response-malformed", ONE_ASSERTION)
def two_signed_assertions(root: etree._Element) -> None:
    """Each is genuine; which of them speaks is for the attacker to choose."""
    true = assertion_of(root)
    second = without_signature(deepcopy(true))
    second.set("ID", "_second")
    second.insert(1, deepcopy(signature_of(true)))
    true.addnext(second)
