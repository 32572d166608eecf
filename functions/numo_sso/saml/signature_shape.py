"""The form of a signature that can only mean one thing: this element, this way, and no more.

Responses and metadata are held to the same form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.saml import names

if TYPE_CHECKING:
    from lxml import etree

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


class OddSignature(Exception):  # noqa: N818  # what it is; whoever meets it says what follows
    """A signature of another form than ours; the words are for a log."""


def check_signature(signature: etree._Element, whole: set[str]) -> None:
    """One signature, over its parent.

    Args:
        signature: at its place.
        whole: the URIs that stand for its parent.

    Raises:
        OddSignature: it may mean something else.
    """
    children = list(signature.iterchildren("*"))
    kinds = [child.tag for child in children]
    expected = [names.SIGNED_INFO, names.SIGNATURE_VALUE]
    if kinds not in (expected, [*expected, names.KEY_INFO]):
        raise OddSignature("a signature of another form")
    _check_signed_info(children[0], whole)
    for key_info in signature.iterchildren(names.KEY_INFO):
        check_key_info(key_info)


def _check_signed_info(signed_info: etree._Element, whole: set[str]) -> None:
    children = list(signed_info.iterchildren("*"))
    kinds = [child.tag for child in children]
    if kinds != [names.CANONICALIZATION_METHOD, names.SIGNATURE_METHOD, names.REFERENCE]:
        raise OddSignature("not one reference in a signature")
    canonicalization, method, reference = children
    if canonicalization.get("Algorithm") != names.EXCLUSIVE_C14N:
        raise OddSignature("another canonicalization")
    _check_content(canonicalization, set())  # the schema knows no list of prefixes here
    if method.get("Algorithm") not in names.SIGNATURE_ALGORITHMS:
        raise OddSignature("a signature algorithm that is not allowed")
    _check_content(method, set())
    if reference.get("URI") not in whole:
        raise OddSignature("a reference to another element")
    if set(reference.attrib) - {"URI", "Id"}:
        raise OddSignature("a reference of a kind")
    _check_reference(reference)


def _check_reference(reference: etree._Element) -> None:
    children = list(reference.iterchildren("*"))
    kinds = [child.tag for child in children]
    if kinds != [names.TRANSFORMS, names.DIGEST_METHOD, names.DIGEST_VALUE]:
        raise OddSignature("a reference of another form")
    transforms, digest, _value = children
    steps = list(transforms.iterchildren("*"))
    algorithms = [step.get("Algorithm") for step in steps]
    if any(step.tag != names.TRANSFORM for step in steps) or algorithms not in (
        [names.ENVELOPED],
        [names.ENVELOPED, names.EXCLUSIVE_C14N],
    ):
        raise OddSignature("transforms that are not allowed")
    enveloped, *exclusive = steps
    _check_content(enveloped, set())
    for step in exclusive:
        _check_content(step, {names.INCLUSIVE_NAMESPACES})
    if digest.get("Algorithm") not in names.DIGEST_ALGORITHMS:
        raise OddSignature("a digest algorithm that is not allowed")
    _check_content(digest, set())


def _check_content(method: etree._Element, allowed: set[str]) -> None:
    """A method says its algorithm; the one parameter that is legal is a list of prefixes."""
    children = list(method.iterchildren("*"))
    if len(children) > 1 or any(each.tag not in allowed or len(each) for each in children):
        raise OddSignature("an algorithm with parameters")
    for each in children:
        # Canonical XML looks for each prefix at each element
        if each.keys() != ["PrefixList"] or len(each.attrib["PrefixList"].split()) > _MAX_PREFIXES:
            raise OddSignature("a list of prefixes beyond all measure")


def check_key_info(key_info: etree._Element) -> None:
    """A certificate may be shown, as the hub does. Nothing may be chosen or fetched by it."""
    for child in key_info.iterchildren("*"):
        if child.tag != names.X509_DATA:
            raise OddSignature("a KeyInfo that chooses a key")
        if any(node.tag not in _SHOWN for node in child.iterdescendants("*")):
            raise OddSignature("a KeyInfo that points elsewhere")
