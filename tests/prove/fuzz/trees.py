"""Edits of a document's tree: a fuzzer of bytes alone hardly ever makes another good document."""

from __future__ import annotations

from random import Random

from lxml import etree

_TEXTS = ("", " ", "x", "_r", "2.0", "#x", "é", "\u202e", "2026-11-24T06:00:00Z", "0" * 300,
          "urn:oasis:names:tc:SAML:2.0:status:Success", "xs:string", "n:x")  # fmt: skip
_MOST = 200_000
_MANY = 500
_SMALL = 2_000


def edit(document: bytes, seed: int, largest: int) -> bytes | None:
    """One to three edits, or None where the bytes are no document."""
    random = Random(seed)  # noqa: S311  # a fuzzer's, which repeats itself by its seed
    try:
        root = etree.fromstring(document, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return None
    for _ in range(random.randint(1, 3)):
        _edit_one(root, random)
    edited = etree.tostring(root)
    return edited if len(edited) <= min(largest, _MOST) else None


def _edit_one(root: etree._Element, random: Random) -> None:
    elements = list(root.iter("*"))
    one, other = random.choice(elements), random.choice(elements)
    parent = one.getparent()
    match random.randrange(9):
        case 0:
            one.text = random.choice(_TEXTS)
        case 1 if one.attrib:
            one.set(random.choice(sorted(map(str, one.attrib))), random.choice(_TEXTS))
        case 2 if one.attrib:
            del one.attrib[random.choice(sorted(map(str, one.attrib)))]
        case 3 if other.attrib:
            one.set(random.choice(sorted(map(str, other.attrib))), random.choice(_TEXTS))
        case 4 if parent is not None:
            parent.remove(one)
        case 5 if len(elements) < _MANY:
            copied = etree.tostring(one, with_tail=False)
            small = len(copied) < _SMALL
            for _ in range(random.choice((1, 30)) if small else 1):
                other.append(etree.fromstring(copied))
        case 6 if one is not other and one not in list(other.iterancestors()):
            other.insert(random.randint(0, len(other)), one)
        case 7:
            one.insert(0, random.choice((etree.Comment("x"), etree.ProcessingInstruction("x"))))
        case _:
            other.tag = one.tag
