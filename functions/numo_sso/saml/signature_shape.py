"""The form of a signature that can only mean one thing: this element, this way, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.outcomes import Refused
from numo_sso.saml import names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

_MAX_SIGNATURES = 2
_MAX_PREFIXES = 4
_SHOWN = frozenset(
    f"{{{names.DS}}}{each}"
    for each in (
        "X509Certificate",
        "X509SubjectName",
        "X509IssuerSerial",
        "X509IssuerName",
        "X509SerialNumber",
        "X509SKI",
    )
)
"""What a KeyInfo may show of a certificate. It is never used: none of it chooses the key."""


def check_signatures(
    document: etree._Element, assertion: etree._Element | None, kinds: Mapping[str, int]
) -> None:
    """At most two signatures, each a direct child of the element that it signs.

    Args:
        document: the Response.
        assertion: None where it is encrypted; its own signature is then seen once it is opened.
        kinds: how often each local name occurs in the document.

    Raises:
        Refused: ``response-malformed``, or ``response-untrusted`` where the assertion has none.
    """
    signatures = list(document.iter(names.SIGNATURE))
    if max(kinds["Signature"], len(signatures)) > _MAX_SIGNATURES:
        raise _malformed("too many signatures")
    if kinds["Signature"] != len(signatures):
        raise _malformed("a signature of another namespace")
    holders = [signature.getparent() for signature in signatures]
    if any(holder is not document and holder is not assertion for holder in holders):
        raise _malformed("a signature away from Response and Assertion")
    if len(set(map(id, holders))) != len(holders):
        raise _malformed("two signatures on one element")
    if assertion is not None and assertion not in holders:
        raise Refused("response-untrusted", "the assertion is not signed")
    for signature in signatures:
        check_signature(signature)


def check_signature(signature: etree._Element) -> None:
    """One signature, over its parent."""
    children = list(signature.iterchildren("*"))
    kinds = [child.tag for child in children]
    expected = [names.SIGNED_INFO, names.SIGNATURE_VALUE]
    holder = signature.getparent()
    if kinds not in (expected, [*expected, names.KEY_INFO]) or holder is None:
        raise _malformed("a signature of another form")
    _check_signed_info(children[0], holder.get("ID", ""))
    for key_info in children[2:]:
        check_key_info(key_info)


def _check_signed_info(signed_info: etree._Element, holder_id: str) -> None:
    children = list(signed_info.iterchildren("*"))
    kinds = [child.tag for child in children]
    if kinds != [names.CANONICALIZATION_METHOD, names.SIGNATURE_METHOD, names.REFERENCE]:
        raise _malformed("not one reference in a signature")
    canonicalization, method, reference = children
    if canonicalization.get("Algorithm") != names.EXCLUSIVE_C14N:
        raise _malformed("another canonicalization")
    _check_content(canonicalization, set())  # the schema knows no list of prefixes here
    if method.get("Algorithm") not in names.SIGNATURE_ALGORITHMS:
        raise _malformed("a signature algorithm that is not allowed")
    _check_content(method, set())
    if not holder_id or reference.get("URI") != f"#{holder_id}":
        raise _malformed("a reference to another element")
    if set(reference.attrib) - {"URI", "Id"}:
        raise _malformed("a reference of a kind")
    _check_reference(reference)


def _check_reference(reference: etree._Element) -> None:
    children = list(reference.iterchildren("*"))
    kinds = [child.tag for child in children]
    if kinds != [names.TRANSFORMS, names.DIGEST_METHOD, names.DIGEST_VALUE]:
        raise _malformed("a reference of another form")
    transforms, digest, _value = children
    steps = list(transforms.iterchildren("*"))
    algorithms = [step.get("Algorithm") for step in steps]
    if any(step.tag != names.TRANSFORM for step in steps) or algorithms not in (
        [names.ENVELOPED],
        [names.ENVELOPED, names.EXCLUSIVE_C14N],
    ):
        raise _malformed("transforms that are not allowed")
    _check_content(steps[0], set())
    for step in steps[1:]:
        _check_content(step, {names.INCLUSIVE_NAMESPACES})
    if digest.get("Algorithm") not in names.DIGEST_ALGORITHMS:
        raise _malformed("a digest algorithm that is not allowed")
    _check_content(digest, set())


def _check_content(method: etree._Element, allowed: set[str]) -> None:
    """A method says its algorithm; the one parameter that is legal is a list of prefixes."""
    children = list(method.iterchildren("*"))
    if len(children) > 1 or any(each.tag not in allowed or len(each) for each in children):
        raise _malformed("an algorithm with parameters")
    for each in children:
        # Canonical XML looks for each prefix at each element
        prefixes = each.get("PrefixList", "").split()
        if each.keys() != ["PrefixList"] or len(prefixes) > _MAX_PREFIXES:
            raise _malformed("a list of prefixes beyond all measure")


def check_key_info(key_info: etree._Element) -> None:
    """A certificate may be shown, as the hub does. Nothing may be chosen or fetched by it."""
    for child in key_info.iterchildren("*"):
        if child.tag != names.X509_DATA:
            raise _malformed("a KeyInfo that chooses a key")
        if any(node.tag not in _SHOWN for node in child.iterdescendants("*")):
            raise _malformed("a KeyInfo that points elsewhere")


def _malformed(detail: str) -> Refused:
    return Refused("response-malformed", detail)
