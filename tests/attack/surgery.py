"""Instruments to spoil a response: find a part, copy the assertion with another pupil, cut, sew."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from attack.case import bad_edits
from attack.scene import PUPIL
from numo_sso.saml import names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from attack.case import Edit

EVIL_PUPIL = "140137"
"""Whom the attacker wants to be."""
EVIL_ID = "_evil"
PREFIXES = {
    "saml": names.SAML,
    "samlp": names.SAMLP,
    "ds": names.DS,
    "xenc": names.XENC,
    "xenc11": names.XENC11,
    "ec": names.EXCLUSIVE_C14N,
}


def bad_edit(source: str, outcome: str, reason: str) -> Callable[[Edit], Edit]:
    """Keep a case that is one change to a response after the hub signed its assertion."""

    def keep(edit: Edit) -> Edit:
        bad_edits(source, outcome, {edit.__name__.strip("_").replace("_", "-"): (edit, reason)})
        return edit

    return keep


def bad_table(
    family: str, source: str, outcome: str, edits: Mapping[str, tuple[Edit, str]]
) -> None:
    """Keep a run of cases that differ in one thing.

    Args:
        family: the module that they belong to.
        source: where these are known from.
        outcome: what all of them get.
        edits: by the case's name, the change and the reason of the refusal.
    """
    for edit, _ in edits.values():
        edit.__module__ = family
    bad_edits(source, outcome, edits)


def part(root: etree._Element, path: str) -> etree._Element:
    """The first element at ``path`` (with the usual prefixes), which must be there."""
    found = root.find(path, PREFIXES)
    assert found is not None, path
    return found


def assertion_of(root: etree._Element) -> etree._Element:
    return part(root, "saml:Assertion")


def signature_of(element: etree._Element) -> etree._Element:
    """The signature that is a child of ``element``."""
    return part(element, "ds:Signature")


def value_of(root: etree._Element, attribute: str) -> etree._Element:
    """The first value of one of Entree's attributes."""
    return part(root, f".//saml:Attribute[@Name='{attribute}']/saml:AttributeValue")


def without_signature(element: etree._Element) -> etree._Element:
    """The element itself, its own signature cut out."""
    for signature in element.findall(names.SIGNATURE):
        element.remove(signature)
    return element


def evil_copy(element: etree._Element, new_id: str = EVIL_ID) -> etree._Element:
    """A copy that speaks of another pupil, without a signature and with an id of its own."""
    copy = without_signature(deepcopy(element))
    copy.set("ID", new_id)
    for value in copy.iter(names.ATTRIBUTE_VALUE):
        value.text = (value.text or "").replace(PUPIL, EVIL_PUPIL)
    return copy


def replace(old: etree._Element, new: etree._Element) -> etree._Element:
    """Put one element in another's place, and give the old one."""
    parent = old.getparent()
    assert parent is not None
    tail, old.tail = old.tail, None
    parent.replace(old, new)
    new.tail = tail
    return old


def cut(element: etree._Element) -> etree._Element:
    """Take an element out of its tree."""
    parent = element.getparent()
    assert parent is not None
    element.tail = None
    parent.remove(element)
    return element


def element(path: str, text: str | None = None, **attributes: str) -> etree._Element:
    """An element by its usual prefix, such as ``ds:Object``."""
    prefix, _, name = path.partition(":")
    namespace = PREFIXES[prefix]
    made = etree.Element(f"{{{namespace}}}{name}", attributes, nsmap={prefix: namespace})
    made.text = text
    return made


def holding(path: str, *children: etree._Element, **attributes: str) -> etree._Element:
    """The same, with children."""
    made = element(path, **attributes)
    made.extend(children)
    return made


def rewritten(document: bytes, old: bytes, new: bytes) -> bytes:
    """The bytes with one text replaced wherever it is; it must be there."""
    assert old in document, old
    return document.replace(old, new)
