"""Signature wrapping: the signature holds, and somebody else is read."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from attack.case import bad
from numo_sso.saml import names

if TYPE_CHECKING:
    from lxml import etree

    from attack.bench import Bench

SOMOROVSKY = "Somorovsky et al., On Breaking SAML, USENIX Security 2012"


def evil_copy(assertion: etree._Element) -> etree._Element:
    """The assertion with another pupil in it, without its signature and with an id of its own."""
    copy = deepcopy(assertion)
    copy.set("ID", "_evil")
    for signature in copy.findall(names.SIGNATURE):
        copy.remove(signature)
    for value in copy.iter(names.ATTRIBUTE_VALUE):
        value.text = (value.text or "").replace("140136", "140137")
    return copy


@bad(f"{SOMOROVSKY}, XSW3", "response-malformed", "exactly one assertion")
def xsw_3_evil_assertion_before_the_signed_one(bench: Bench) -> bytes:
    """The first assertion is read, the second is verified."""
    root = bench.tree()
    signed = root.find(names.ASSERTION)
    assert signed is not None
    root.insert(root.index(signed), evil_copy(signed))
    return bench.written(root)
