"""BRIN numbers and entrances as people type them."""

from __future__ import annotations

import re

from numo_sso.schools import PARENT_LENGTH
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.speech import say
from numo_sso.targets import SLUG

_BRIN = re.compile(r"\d{2}[A-Z]{2}(\d{2})?", re.ASCII)
_TO_DIGIT = str.maketrans("OQDILZSBG", "000112586")
_TO_LETTER = str.maketrans("012568", "OIZSGB")
BRANCH_LENGTH = 6


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
        say(
            "{typed!r} is not a BRIN number: two digits, two letters, perhaps two digits.",
            typed=brin[:20],
        ),
        say(
            "Did you mean {meant}? (O and 0 look alike, I and 1 too; a location has two digits.)",
            meant=meant,
        )
        if meant
        else say("Such as 01AB, or 01AB02."),
    )


def parse_entrance(text: str) -> str:
    """The entrance in lower case: the name before ``.numo.nl``.

    Raises:
        SupportRefusal: ``entrance-malformed``.
    """
    entrance = text.strip().lower()
    if SLUG.fullmatch(entrance):
        return entrance
    raise SupportRefusal(
        "entrance-malformed",
        say("{typed!r} is not an entrance.", typed=entrance[:70]),
        say("It is the part before .numo.nl: letters, digits and hyphens only, at most 63."),
    )


def _probably_meant(brin: str) -> str | None:
    """``O1AB`` was 01AB, ``01 A8`` too; None where nothing near is a BRIN.

    Also where the word BRIN is in front, the halves are the other way round, or a location has
    lost the zero before its one digit.
    """
    bare = re.sub(r"[^A-Z0-9]", "", brin)
    if len(bare) >= len("BRIN") + PARENT_LENGTH:
        bare = bare.removeprefix("BRINNUMMER").removeprefix("BRIN")
    school, location = bare[:PARENT_LENGTH], bare[PARENT_LENGTH:].translate(_TO_DIGIT)
    if len(location) == 1:
        location = location.zfill(BRANCH_LENGTH - PARENT_LENGTH)
    readings = [school, *([school[2:] + school[:2]] if school[:2].isalpha() else [])]
    guesses = (
        each[:2].translate(_TO_DIGIT) + each[2:].translate(_TO_LETTER) + location
        for each in readings
    )
    return next((each for each in guesses if _BRIN.fullmatch(each)), None)
