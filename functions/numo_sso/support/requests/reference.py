"""References as people type them, or hear them on the phone."""

from __future__ import annotations

import re
from itertools import product
from math import prod

from numo_sso.references import ALPHABET
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.speech import say

_LENGTH = 12
_BETWEEN = re.compile(r"[\s.\u2010-\u2015-]")
_LOOK_ALIKES = {"0": "QD", "O": "QD", "1": "J7", "I": "J7", "L": "J7"}
"""Signs that no reference has, and those of the alphabet that are taken for them."""
_MOST_READINGS = 16


def read_reference(text: str) -> tuple[str, ...]:
    """The references that this may be; the likeliest first.

    Case, spaces and dashes do not matter. A sign that no reference has can only be one that looks
    like it, so each of those gives a reading; what is there under two of them is chance itself.

    Raises:
        SupportRefusal: ``reference-malformed``.
    """
    bare = _BETWEEN.sub("", text).upper()
    choices = [_LOOK_ALIKES.get(sign, sign) for sign in bare]
    known = all(sign in ALPHABET for each in choices for sign in each)
    if len(bare) != _LENGTH or not known or prod(map(len, choices)) > _MOST_READINGS:
        raise SupportRefusal(
            "reference-malformed",
            say("{typed!r} is no reference: that has twelve letters and digits.", typed=bare[:20]),
            say(
                "Such as K7MQ-3XWD-9TRA; dashes and capitals do not matter. It has no 0, "
                "O, 1, I or L."
            ),
        )
    return tuple(_dashed("".join(signs)) for signs in product(*choices))


def _dashed(signs: str) -> str:
    return "-".join(signs[at : at + 4] for at in range(0, _LENGTH, 4))
