"""Days as people type them: from and until when something holds."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.speech import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numo_sso.support.world import Task

_DUTCH = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", re.ASCII)
_BEHIND = timedelta(days=3653)
_AHEAD = timedelta(days=731)


def parse_day(text: str) -> str:
    """An ISO date.

    Raises:
        SupportRefusal: ``day-malformed``, with what was probably meant.
    """
    day = _iso(text.strip())
    if day and day == text.strip():
        return day
    meant = day or _iso("-".join(reversed(_parts(text))))
    raise SupportRefusal(
        "day-malformed",
        say("{typed!r} is no day.", typed=text.strip()[:20]),
        say("Did you mean {meant}?", meant=meant)
        if meant
        else say("Write year, month and day: 2026-08-01."),
    )


def check_near(task: Task, days: Iterable[str | None]) -> None:
    """Hold days to what a school may mean: a merger of ten years ago, a plan for two years on.

    Raises:
        SupportRefusal: ``day-too-far``.
    """
    today = date.fromisoformat(task.today)
    first, last = (today - _BEHIND).isoformat(), (today + _AHEAD).isoformat()
    for day in days:
        if day and not first <= day <= last:
            raise SupportRefusal(
                "day-too-far",
                say("{day} is not near.", day=day),
                say(
                    "Is the year right? It is {year}; days from {first} to {last} are taken.",
                    year=today.year,
                    first=first,
                    last=last,
                ),
            )


def _iso(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _parts(text: str) -> list[str]:
    """``1-8-2026`` as ``01``, ``08``, ``2026``."""
    found = _DUTCH.fullmatch(text.strip())
    return [part.zfill(2) for part in found.groups()] if found else []
