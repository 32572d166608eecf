"""The days on which a BRIN leads to an entrance: put together, cut off, compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from numo_sso.storage.tables import Period
from numo_sso.support.speech import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ALWAYS, NEVER = "", "9999"
"""Before and behind every ISO date."""


@dataclass(frozen=True, order=True)
class Span:
    """From the day ``since`` up to and not including ``until``."""

    since: str = ALWAYS
    until: str = NEVER

    def meets(self, other: Span) -> bool:
        """Whether a day is in both."""
        return self.since < other.until and other.since < self.until

    def __str__(self) -> str:
        """``from 2026-08-01 until 2027-08-01``; ``always``."""
        if self.until == NEVER:
            if self.since == ALWAYS:
                return say("always")
            return say("from {since}", since=self.since)
        if self.since == ALWAYS:
            return say("until {until}", until=self.until)
        return say("from {since} until {until}", since=self.since, until=self.until)


def spans_of(periods: Iterable[Period], value: str) -> list[Span]:
    """When ``value`` holds, in order of time."""
    return joined(
        Span(each.since or ALWAYS, each.until or NEVER) for each in periods if each.value == value
    )


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same days in as few spans as there can be."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.since <= found[-1].until:
            found[-1] = Span(found[-1].since, max(found[-1].until, span.until))
        else:
            found.append(span)
    return found


def split(spans: Iterable[Span], day: str) -> tuple[list[Span], list[Span]]:
    """What lies before ``day``, and what lies from it on."""
    listed = list(spans)
    before = [Span(each.since, min(each.until, day)) for each in listed if each.since < day]
    after = [Span(max(each.since, day), each.until) for each in listed if each.until > day]
    return before, after


def set_spans(periods: list[Period], value: str, spans: Sequence[Span]) -> bool:
    """Let ``value`` hold on exactly these days; whether that is new."""
    if spans_of(periods, value) == list(spans):
        return False
    others = [each for each in periods if each.value != value]
    periods[:] = others + [_period(value, each) for each in spans]
    return True


def _period(value: str, span: Span) -> Period:
    return Period(  # type: ignore[no-untyped-call]  # pynamodb's
        value=value, since=span.since or None, until=None if span.until == NEVER else span.until
    )
