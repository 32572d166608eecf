"""Schools whose logins fail, and active schools of which nobody comes: read from the login's log.

A metric for each school would cost some thirty cents a month each, in use or not, and an alarm for
each more. One query of the log's last half hour tells the same of all of them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FLOOR = 10
"""Fewer decided logins of a school say nothing about it."""
SHARE = 0.5
"""Of its logins; a school below it is in trouble."""

BY_SCHOOL_QUERY = (
    'filter service = "sso" and ispresent(GoodLogins)\n'
    "| stats count(*) as logins, sum(GoodLogins) as good"
    " by coalesce(entrance, brin) as school, outcome\n"
    "| limit 10000"
)
"""Decided logins by school and outcome. Where no entrance is known, the BRIN stands for it."""

SEEN_QUERY = (
    'filter service = "sso" and GoodLogins = 1\n'
    "| stats count(*) as logins by entrance\n"
    "| limit 10000"
)
"""Entrances of which somebody came in."""


@dataclass(frozen=True)
class Trouble:
    """One school whose logins fail."""

    school: str
    logins: int
    good: int
    why: str
    """The outcome that most of the others have."""


def in_trouble(rows: Iterable[Mapping[str, str]]) -> list[Trouble]:
    """The schools in trouble among the rows of :data:`BY_SCHOOL_QUERY`, the largest first."""
    logins: Counter[str] = Counter()
    good: Counter[str] = Counter()
    why: dict[str, Counter[str]] = {}
    for row in rows:
        if school := row.get("school", ""):
            count, came_in = _number(row, "logins"), _number(row, "good")
            logins[school] += count
            good[school] += came_in
            why.setdefault(school, Counter())[row.get("outcome", "")] += count - came_in
    found = [
        Trouble(school, count, good[school], why[school].most_common(1)[0][0])
        for school, count in logins.items()
        if count >= FLOOR and good[school] < SHARE * count
    ]
    return sorted(found, key=lambda each: -each.logins)


def silent(active: Iterable[str], rows: Iterable[Mapping[str, str]]) -> list[str]:
    """Active entrances that are not among the rows of :data:`SEEN_QUERY`."""
    seen = {row.get("entrance", "") for row in rows}
    return sorted(set(active) - seen)


def _number(row: Mapping[str, str], name: str) -> int:
    """Insights writes some whole numbers with a decimal point."""
    return int(float(row.get(name) or 0))
