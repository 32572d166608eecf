"""BRIN numbers and entrances as people type them."""

from __future__ import annotations

import re

from numo_sso.support.refusal import SupportRefusal

_BRIN = re.compile(r"\d{2}[A-Z]{2}(\d{2})?", re.ASCII)
_ENTRANCE = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_TO_DIGIT = str.maketrans("OQILZSB", "0011258")
_TO_LETTER = str.maketrans("01258", "OIZSB")
PARENT_LENGTH = 4
_BRANCH_LENGTH = 6


def parse_brin(text: str) -> str:
    """The BRIN in capitals: two digits, two letters and, for one location, two more digits.

    Raises:
        SupportRefusal: ``brin-malformed``, with what was probably meant.
    """
    brin = text.strip().upper()
    if _BRIN.fullmatch(brin):
        return brin
    meant = _probably_meant(brin)
    raise SupportRefusal(
        "brin-malformed",
        f"{brin[:20]!r} is not a BRIN number: two digits, two letters, perhaps two digits.",
        f"Did you mean {meant}? (O and 0 look alike.)" if meant else "Such as 01AB, or 01AB02.",
    )


def parse_entrance(text: str) -> str:
    """The entrance in lower case: the name before ``.numo.nl``.

    Raises:
        SupportRefusal: ``entrance-malformed``.
    """
    entrance = text.strip().lower()
    if _ENTRANCE.fullmatch(entrance):
        return entrance
    raise SupportRefusal(
        "entrance-malformed",
        f"{entrance[:70]!r} is not an entrance.",
        "It is the part before .numo.nl: letters, digits and hyphens only, at most 63.",
    )


def _probably_meant(brin: str) -> str | None:
    """``O1AB`` was 01AB, ``01 A8`` was 01AB; None where nothing near is a BRIN."""
    bare = re.sub(r"[^A-Z0-9]", "", brin)
    if len(bare) not in {PARENT_LENGTH, _BRANCH_LENGTH}:
        return None
    digits = bare[:2].translate(_TO_DIGIT)
    letters = bare[2:PARENT_LENGTH].translate(_TO_LETTER)
    guess = digits + letters + bare[PARENT_LENGTH:].translate(_TO_DIGIT)
    return guess if _BRIN.fullmatch(guess) else None
