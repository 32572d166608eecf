"""References that a pupil can read aloud and support can type."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numo_sso.ports import RandomBytes

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31 signs: no 0 or O, no 1, I or L."""

_LENGTH = 12
_FAIR = 256 - 256 % len(ALPHABET)


def new_reference(random: RandomBytes) -> str:
    """A reference such as ``K7MQ-3XWD-9TRA``: 59 random bits that carry nothing."""
    signs: list[str] = []
    while len(signs) < _LENGTH:
        signs += [ALPHABET[byte % len(ALPHABET)] for byte in random(_LENGTH) if byte < _FAIR]
    return "-".join("".join(signs[at : at + 4]) for at in range(0, _LENGTH, 4))
