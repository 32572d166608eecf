"""Where a response may be signed: it itself and its assertion, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.outcomes import Refused
from numo_sso.saml import names
from numo_sso.saml.signature_shape import OddSignature, check_signature

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

_MAX_SIGNATURES = 2


def check_signatures(
    document: etree._Element, assertion: etree._Element | None, kinds: Mapping[str, int]
) -> None:
    """At most two signatures, each a direct child of the element that it signs.

    Args:
        document: the Response.
        assertion: None where it is encrypted; its own signature is then seen once it is opened.
        kinds: how often each local name occurs in the document.

    Raises:
        OddSignature: they are elsewhere, too many, or of another form.
        Refused: ``response-untrusted`` where the assertion has none.
    """
    if kinds["Signature"] > _MAX_SIGNATURES:
        raise OddSignature("too many signatures")
    if kinds["Signature"] != sum(1 for _ in document.iter(names.SIGNATURE)):
        raise OddSignature("a signature of another namespace")
    holders = [document] if assertion is None else [document, assertion]
    placed = [(each, list(each.iterchildren(names.SIGNATURE))) for each in holders]
    if kinds["Signature"] != sum(len(signatures) for _, signatures in placed):
        raise OddSignature("a signature away from Response and Assertion")
    if any(len(signatures) > 1 for _, signatures in placed):
        raise OddSignature("two signatures on one element")
    for holder, signatures in placed:
        if holder is assertion and not signatures:
            raise Refused("response-untrusted", "the assertion is not signed")
    for holder, signatures in placed:
        for signature in signatures:
            check_signature(signature, _whole(holder))


def _whole(holder: etree._Element) -> set[str]:
    """How a reference names its holder; one without an id it cannot name."""
    holder_id = holder.get("ID")
    return set() if holder_id is None else {f"#{holder_id}"}
