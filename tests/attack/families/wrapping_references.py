"""Wrapping by references: what a signature says that it is over."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from attack.case import bad
from attack.pen import Pen
from attack.surgery import (
    assertion_of,
    bad_edit,
    element,
    evil_copy,
    holding,
    part,
    signature_of,
    without_signature,
)
from numo_sso.saml import names

if TYPE_CHECKING:
    from lxml import etree

    from attack.bench import Bench

DSIG = "XML Signature 1.1"
ELSEWHERE = "a reference to another element"


def _signed_over(bench: Bench, uri: str) -> bytes:
    """The assertion, its signature genuine, over what ``uri`` points at."""
    root = bench.tree()
    Pen(bench.hub, uri=uri).sign(without_signature(assertion_of(root)))
    return bench.written(root)


@bad(f"{DSIG}, 4.4.3.3: an empty URI is the whole document", "response-malformed", ELSEWHERE)
def reference_with_an_empty_uri(bench: Bench) -> bytes:
    """It signs whatever the document is by now, and not this assertion."""
    return _signed_over(bench, "")


@bad(f"{DSIG}, 4.4.3.3: xpointer(/)", "response-malformed", ELSEWHERE)
def reference_to_the_root_by_xpointer(bench: Bench) -> bytes:
    """The whole document with its comments, by another name."""
    return _signed_over(bench, "#xpointer(/)")


@bad_edit(f"{DSIG}, 4.4.3.3: xpointer(id())", "response-malformed", ELSEWHERE)
def reference_to_the_assertion_by_xpointer(root: etree._Element) -> None:
    """It keeps comments where the plain form drops them, so two readers digest two texts."""
    true = assertion_of(root)
    part(true, ".//ds:Reference").set("URI", f"#xpointer(id('{true.get('ID')}'))")


@bad_edit("CVE-2013-2154 (Santuario C++)", "response-malformed", ELSEWHERE)
def reference_by_an_xpointer_without_end(root: etree._Element) -> None:
    """The evaluation of a pointer has overflown a stack before any key was looked at."""
    part(root, ".//ds:Reference").set("URI", "#xpointer(id('" + "a" * 700)


@bad(
    "SAML 2.0 Core 5.4.2: the reference is to the root of what is signed",
    "response-malformed",
    ELSEWHERE,
)
def signature_of_the_assertion_over_the_response(bench: Bench) -> bytes:
    """It is genuine, and over another element than the one it stands in."""
    root = bench.tree()
    Pen(bench.hub, uri=f"#{root.get('ID')}").sign(without_signature(assertion_of(root)))
    return bench.written(root)


@bad("SAML 2.0 Core 5.4.2", "response-malformed", ELSEWHERE)
def signature_of_the_assertion_over_its_subject(bench: Bench) -> bytes:
    """A part is signed, and all the rest may be changed."""
    root = bench.tree()
    true = without_signature(assertion_of(root))
    part(true, "saml:Issuer").set("Id", "_part")
    signature = Pen(bench.hub).sign(true)
    part(signature, ".//ds:Reference").set("URI", "#_part")
    return bench.written(root)


@bad_edit(
    f"{DSIG}, 4.4.3: without a URI the application knows what is meant",
    "response-malformed",
    ELSEWHERE,
)
def reference_without_a_uri(root: etree._Element) -> None:
    """What is meant is then a matter of opinion."""
    del part(root, ".//ds:Reference").attrib["URI"]


@bad_edit("CVE-2025-29774 (xml-crypto)", "response-malformed", "not one reference")
def two_references(root: etree._Element) -> None:
    """One holds and the other is looked at; or each is over a half."""
    reference = part(root, ".//ds:Reference")
    second = deepcopy(reference)
    second.set("URI", f"#{root.get('ID')}")
    reference.addnext(second)


@bad_edit(f"{DSIG}, 4.4: one reference at least", "response-malformed", "not one reference")
def no_reference(root: etree._Element) -> None:
    """A signature over nothing is valid where every reference of none must hold."""
    reference = part(root, ".//ds:Reference")
    part(root, ".//ds:SignedInfo").remove(reference)


@bad_edit("CVE-2025-29774 (xml-crypto)", "response-malformed", "a signature of another form")
def second_signed_info_before_the_true_one(root: etree._Element) -> None:
    """The first is read for its digest, the last is verified with the key."""
    signature = signature_of(assertion_of(root))
    second = deepcopy(part(signature, "ds:SignedInfo"))
    part(second, ".//ds:DigestValue").text = "AAAA"
    signature.insert(0, second)


@bad_edit("CVE-2025-29774 (xml-crypto)", "response-malformed", "a signature of another form")
def second_signed_info_behind_the_key_info(root: etree._Element) -> None:
    """The same, for whoever reads the last."""
    signature = signature_of(assertion_of(root))
    signature.append(deepcopy(part(signature, "ds:SignedInfo")))


@bad_edit("CVE-2025-29774 (xml-crypto)", "response-malformed", "not one reference")
def signed_info_inside_the_signed_info(root: etree._Element) -> None:
    """A search below the signature meets the inner one."""
    signed_info = part(root, ".//ds:SignedInfo")
    signed_info.append(deepcopy(signed_info))


@bad_edit(
    f"{DSIG}, 5.1: a Manifest's references need not hold",
    "response-malformed",
    "a signature of another form",
)
def manifest_in_an_object(root: etree._Element) -> None:
    """The signature is over the list, and nobody needs to check what is on it."""
    signature = signature_of(assertion_of(root))
    reference = deepcopy(part(signature, ".//ds:Reference"))
    signature.append(holding("ds:Object", holding("ds:Manifest", reference, Id="_list")))
    part(signature, ".//ds:Reference").set("URI", "#_list")


@bad_edit(f"{DSIG}, 4.4.3.1: Type is a hint", "response-malformed", "a reference of a kind")
def reference_that_says_it_is_a_manifest(root: etree._Element) -> None:
    """A library may follow the hint to references that need not hold."""
    part(root, ".//ds:Reference").set("Type", f"{names.DS}Manifest")


@bad_edit(
    f"{DSIG}, 4.6: an Object may hold anything", "response-malformed", "a signature of another form"
)
def harmless_object_in_the_signature(root: etree._Element) -> None:
    """Nothing of the hub stands there, and it is cut from what is digested."""
    signature_of(assertion_of(root)).append(element("ds:Object", "nothing"))


@bad_edit("CVE-2019-3465 (xmlseclibs)", "response-malformed", "two signatures on one element")
def two_signatures_in_the_assertion(root: etree._Element) -> None:
    """One is verified and the other says what is signed."""
    signature = signature_of(assertion_of(root))
    second = deepcopy(signature)
    part(second, ".//ds:DigestValue").text = "AAAA"
    signature.addprevious(second)


@bad_edit("CVE-2019-3465 (xmlseclibs)", "response-malformed", "too many signatures")
def three_signatures(root: etree._Element) -> None:
    """Each one costs, and each one may be the one that is looked at."""
    signature = signature_of(assertion_of(root))
    signature.addnext(deepcopy(signature))
    root.insert(1, deepcopy(signature))


@bad_edit("CVE-2019-3465 (xmlseclibs)", "response-malformed", "a signature away from")
def signature_inside_the_signature(root: etree._Element) -> None:
    """A search below the first meets the parts of the second."""
    signature = signature_of(assertion_of(root))
    signature.insert(0, deepcopy(signature))


@bad("CVE-2025-47949 (samlify)", "response-malformed", "exactly one assertion")
def signature_over_the_response_and_evil_assertion_in_front(bench: Bench) -> bytes:
    """Both signatures are genuine, and the evil assertion is added to what they were over."""
    root = bench.tree(sign_response=True)
    true = assertion_of(root)
    root.insert(0, evil_copy(true))
    return bench.written(root)


@bad("CVE-2025-46572 (passport-wsfed-saml2)", "response-untrusted", "the assertion is not signed")
def evil_assertion_beside_a_response_with_the_signature_of_another(bench: Bench) -> bytes:
    """The Response has a genuine signature, of the message that it was cut from."""
    root = bench.tree(sign_response=True)
    without_signature(assertion_of(root))
    return bench.written(root)
