"""One text that names somebody or something: how it is written, and what is none.

The hub's values are read so at a login, and what support types is held to the same, or a pair that
support adds would never be met.
"""

from __future__ import annotations

import unicodedata

from numo_sso.outcomes import Refused

MAX_VALUE = 256
"""Signs in one value."""
XML_SPACE = " \t\r\n"
"""White space that a hub may print around a value; any other is a part of it."""
# Controls, formats (among them the bidirectional ones), surrogates, private and unassigned ones,
# line separators: none belongs in a code or a name, and some make two values look alike.
_UNREADABLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


def clean(value: str) -> str:
    """In NFC, and without the white space around it.

    Raises:
        Refused: ``identity-refused``; it is too long, or holds signs that nobody can see or that
            NFC makes another's.
    """
    trimmed = value.strip(XML_SPACE)
    if len(trimmed) > MAX_VALUE:  # before NFC, whose work grows with the square
        raise Refused("identity-refused", "a value that is too long")
    if trimmed.isascii() and trimmed.isprintable():  # of which all below is true
        return trimmed
    if any(_turns_into_ascii(sign) for sign in trimmed):
        raise Refused("identity-refused", "a sign that turns into another")
    cleaned = unicodedata.normalize("NFC", trimmed)
    if any(unicodedata.category(sign) in _UNREADABLE for sign in cleaned):
        raise Refused("identity-refused", "a value with control signs")
    return cleaned


def is_a_side(value: str) -> bool:
    """Whether this may stand before or behind the last @ of a RealId.

    Not where it is empty, or has white space at its ends or of a strange kind: once somebody trims
    that, it would be another's.
    """
    return bool(value) and value == value.strip() and not any(map(_is_strange_space, value))


def _turns_into_ascii(sign: str) -> bool:
    """The Kelvin sign is no letter k, though NFC makes it one, and a code with it no other code."""
    return not sign.isascii() and unicodedata.normalize("NFC", sign).isascii()


def _is_strange_space(sign: str) -> bool:
    return sign != " " and unicodedata.category(sign) == "Zs"
