"""The shape of a code in words: what support says of codes, and of nobody's code."""

from __future__ import annotations

from numo_sso.code_shapes import ADDRESS, DIGITS, NAME, PREFIXED, ZEROS
from numo_sso.support.speech import counted, say


def in_words(shape: str) -> str:
    """``numbers of 6 digits``."""
    kind, _, length = shape.partition("-")
    if kind == NAME:
        return say("login names")
    if kind == ADDRESS:
        return say("addresses with an @")
    return _numbers(kind, int(length)) if length.isdecimal() else shape


def _numbers(kind: str, length: int) -> str:
    if kind == DIGITS:
        return counted("numbers of {number} digit", "numbers of {number} digits", length)
    if kind == ZEROS:
        return counted(
            "numbers of {number} digit that begin with a zero",
            "numbers of {number} digits that begin with a zero",
            length,
        )
    if kind == PREFIXED:
        return counted(
            "numbers of {number} digit behind a letter",
            "numbers of {number} digits behind a letter",
            length,
        )
    return f"{kind}-{length}"
