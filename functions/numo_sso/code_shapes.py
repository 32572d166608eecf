"""The shape of a code, which says of what kind it is and nothing of whose."""

from __future__ import annotations

import re

from numo_sso.codes import normalise_code

NAME = "name"
"""Letters, perhaps with digits or signs: ``p.puk``."""
ADDRESS = "address"
"""Something with an ``@``."""
DIGITS, ZEROS, PREFIXED = "digits", "zeros", "prefixed"
"""A number; one that begins with a zero; one behind one or two letters. Its length comes after."""

_NUMBER = re.compile(r"([a-z]{0,2})([0-9]+)")
_LONGEST = 30
_SHORTEST_PREFIXED = 4
"""``p1`` is a name, ``s140136`` a number with a letter in front."""


def shape_of(code: str) -> str:
    """``digits-6``, ``zeros-7``, ``prefixed-6``, ``name`` or ``address``."""
    code = normalise_code(code)
    if "@" in code:
        return ADDRESS
    found = _NUMBER.fullmatch(code)
    if found is None:
        return NAME
    letters, digits = found.groups()
    length = min(len(digits), _LONGEST)
    if letters:
        return f"{PREFIXED}-{length}" if length >= _SHORTEST_PREFIXED else NAME
    return f"{ZEROS if digits.startswith('0') else DIGITS}-{length}"


def kind_of(shape: str) -> str:
    """The shape without its length."""
    return shape.partition("-")[0]
