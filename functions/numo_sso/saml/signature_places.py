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
    signatures = list(document.iter(names.SIGNATURE))
    if max(kinds["Signature"], len(signatures)) > _MAX_SIGNATURES:
        raise OddSignature("too many signatures")
    if kinds["Signature"] != len(signatures):
        raise OddSignature("a signature of another namespace")
    holders = [signature.getparent() for signature in signatures]
    if any(holder is not document and holder is not assertion for holder in holders):
        raise OddSignature("a signature away from Response and Assertion")
    if len(set(map(id, holders))) != len(holders):
        raise OddSignature("two signatures on one element")
    if assertion is not None and assertion not in holders:
        raise Refused("response-untrusted", "the assertion is not signed")
    for signature, holder in zip(signatures, holders, strict=True):
        check_signature(signature, _whole(holder))


def _whole(holder: etree._Element | None) -> set[str]:
    """How a reference names its holder; one without an id it cannot name."""
    holder_id = holder.get("ID") if holder is not None else None
    return {f"#{holder_id}"} if holder_id else set()
