"""Signatures that are not there, or not whole: absence must never count as consent."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from attack.case import bad
from attack.surgery import (
    EVIL_PUPIL,
    assertion_of,
    bad_edit,
    cut,
    element,
    evil_copy,
    part,
    replace,
    rewritten,
    signature_of,
    value_of,
)

if TYPE_CHECKING:
    from attack.bench import Bench

SOMOROVSKY = "Somorovsky et al., USENIX Security 2012, 6: signature exclusion"
UNSIGNED = "the assertion is not signed"
NO_KEY = "a signature by none of the keys in force"
FORM = "a signature of another form"


@bad(SOMOROVSKY, "response-untrusted", UNSIGNED)
def nothing_is_signed(bench: Bench) -> bytes:
    """Anybody can write this."""
    return bench.made(sign_assertion=False)


@bad_edit(SOMOROVSKY, "response-untrusted", UNSIGNED)
def signature_is_cut_out(root: etree._Element) -> None:
    """A genuine response without the one thing that hinders changing it."""
    cut(signature_of(assertion_of(root)))


@bad("SAML 2.0 Profiles 4.1.4.5; we ask for a signed assertion", "response-untrusted", UNSIGNED)
def only_the_response_is_signed(bench: Bench) -> bytes:
    """Legal, and not what the hub sends: one form less to get wrong."""
    return bench.made(sign_assertion=False, sign_response=True)


@bad("CVE-2025-54419 (node-saml)", "response-malformed", "exactly one assertion")
def unsigned_assertion_beside_the_signed_one(bench: Bench) -> bytes:
    """What is read is taken from the whole document, and not from what was verified."""
    root = bench.tree()
    assertion_of(root).addprevious(evil_copy(assertion_of(root)))
    return bench.written(root)


@bad("CVE-2025-54419 (node-saml)", "response-untrusted", NO_KEY)
def pupil_is_another_than_was_signed(bench: Bench) -> bytes:
    """The plainest forgery: one code for another."""
    root = bench.tree()
    value = value_of(root, "nlEduPersonRealId")
    value.text = f"{EVIL_PUPIL}@petteflatcollege"
    return bench.written(root)


@bad("CVE-2016-1000252 (python-saml)", "response-untrusted", NO_KEY)
def assertion_changed_under_a_genuine_signature_of_the_response(bench: Bench) -> bytes:
    """The signature of the Response is made anew by nobody: both must hold."""
    root = bench.tree(sign_response=True)
    value_of(root, "nlEduPersonRealId").text = f"{EVIL_PUPIL}@petteflatcollege"
    return bench.written(root)


@bad("CVE-2017-16897 (passport-wsfed-saml2)", "response-untrusted", NO_KEY)
def response_changed_where_both_are_signed(bench: Bench) -> bytes:
    """The assertion's signature holds; that of the Response does not, and may not be ignored."""
    root = bench.tree(sign_response=True)
    root.set("Consent", "urn:oasis:names:tc:SAML:2.0:consent:obtained")
    return bench.written(root)


@bad(
    "XML Signature 1.1, 2: its namespace", "response-malformed", "a signature of another namespace"
)
def signature_in_another_namespace(bench: Bench) -> bytes:
    """Whoever looks at local names sees a signature, whoever verifies sees none."""
    return rewritten(bench.good(), b'http://www.w3.org/2000/09/xmldsig#"', b'urn:other"')


@bad_edit(
    "XML Signature 1.1, 2: its namespace", "response-malformed", "a signature of another namespace"
)
def look_alike_of_the_signature_beside_it(root: etree._Element) -> None:
    """The look-alike says what is signed, and the true one holds."""
    true = assertion_of(root)
    signature_of(true).addprevious(etree.Element("{urn:other}Signature"))


@bad_edit(SOMOROVSKY, "response-malformed", FORM)
def signature_without_its_parts(root: etree._Element) -> None:
    """An empty Signature is there, and says nothing."""
    signature = signature_of(assertion_of(root))
    replace(signature, element("ds:Signature"))


@bad_edit(SOMOROVSKY, "response-malformed", FORM)
def signature_without_its_value(root: etree._Element) -> None:
    """The same, with all but the value."""
    cut(part(root, ".//ds:SignatureValue"))


@bad_edit("XML Signature 1.1, 4.2: the order of its parts", "response-malformed", FORM)
def signature_with_its_value_first(root: etree._Element) -> None:
    """Another order than the schema's is another reader's chance."""
    signature = signature_of(assertion_of(root))
    signature.insert(0, part(signature, "ds:SignatureValue"))


@bad_edit("XML Signature 1.1, 4.2", "response-malformed", FORM)
def signature_with_two_values(root: etree._Element) -> None:
    """One is verified and the other is compared."""
    value = part(root, ".//ds:SignatureValue")
    value.addnext(deepcopy(value))


@bad_edit("SAML 2.0 Core 2.3.3: Signature follows Issuer", "response-malformed", "schema of SAML")
def signature_at_the_end_of_the_assertion(root: etree._Element) -> None:
    """Its place is no part of what is signed, and still is a part of the form."""
    true = assertion_of(root)
    true.append(cut(signature_of(true)))
