"""Codes that are near to one that nobody has: for support to look at, never to log in by."""

from __future__ import annotations

import re
from enum import StrEnum

from numo_sso.codes import normalise_code
from numo_sso.schools import MatchRule

_LONGEST_PADDED = 12
_MOST_ZEROS = 3
_BETWEEN = re.compile(r"[\s._-]+")


SEVERAL = "several"
"""In the place of a rule, where more than one user has a near code: then none is proposed."""


class Rule(StrEnum):
    """What a login's code differs by from the roster's."""

    ZEROS_STRIPPED = "zeros-stripped"
    """The login carries leading zeros that the roster lacks."""
    ZEROS_PADDED = "zeros-padded"
    """The roster has leading zeros that the login lacks."""
    CASE = "case"
    """The two differ by what capitals are to letters beyond ``a`` to ``z``."""
    SIGNS = "signs"
    """The login carries spaces, dots, dashes or underscores that the roster lacks."""
    OTHER_KIND = "other-kind"
    """It is the same code of the other kind: an IDGebr for a persoonscode, or the reverse."""


RosterCode = tuple[MatchRule, str]
"""The kind of a code, and the code, normalised."""


def near_codes(code: str, kind: MatchRule) -> dict[RosterCode, Rule]:
    """What to look for beside ``code``, at most nine, the likeliest first."""
    code = normalise_code(code)
    other = next(each for each in MatchRule if each is not kind)
    found: dict[RosterCode, Rule] = {(other, code): Rule.OTHER_KIND}
    for rule, variants in (
        (Rule.ZEROS_STRIPPED, [code.lstrip("0")]),
        (Rule.ZEROS_PADDED, _padded(code)),
        (Rule.CASE, [normalise_code(code.casefold())]),
        (Rule.SIGNS, [_BETWEEN.sub("", code)]),
    ):
        for variant in variants:
            if variant and variant != code:
                found.setdefault((kind, variant), rule)
    return found


def _padded(code: str) -> list[str]:
    if not (code.isascii() and code.isdigit()):
        return []
    longest = min(_MOST_ZEROS, _LONGEST_PADDED - len(code))
    return ["0" * zeros + code for zeros in range(1, longest + 1)]


def sealing_context(entrance: str, reference: str) -> dict[str, str]:
    """What a sealed code is bound to: a sealed code that is moved cannot be opened."""
    return {"entrance": entrance, "reference": reference}
