"""Periods of any shape: put together or cut, they hold on the same days."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from numo_sso.storage.periods import in_force
from numo_sso.support.schools.spans import ALWAYS, NEVER, Span, joined, set_spans, spans_of, split

if TYPE_CHECKING:
    from numo_sso.storage.tables import Period

DAYS = [(date(2026, 8, 1) + timedelta(days=n)).isoformat() for n in range(12)]
LIMITS = st.sampled_from([ALWAYS, *DAYS, NEVER])
SPANS = st.lists(
    st.tuples(LIMITS, LIMITS)
    .filter(lambda limits: limits[0] < limits[1])
    .map(lambda limits: Span(*limits))
)


def held(spans: list[Span]) -> set[str]:
    return {day for day in DAYS if any(each.since <= day < each.until for each in spans)}


@given(SPANS)
def test_joined_spans_hold_on_the_same_days_and_never_touch(spans: list[Span]) -> None:
    together = joined(spans)
    assert held(together) == held(spans)
    assert all(a.until < b.since for a, b in itertools.pairwise(together))
    assert joined(reversed(together)) == together


@given(SPANS, st.sampled_from(DAYS))
def test_a_cut_loses_no_day_and_doubles_none(spans: list[Span], day: str) -> None:
    before, after = split(spans, day)
    assert held(before) == {each for each in held(spans) if each < day}
    assert held(after) == {each for each in held(spans) if each >= day}
    assert all(each.since < each.until for each in [*before, *after])


@given(SPANS, SPANS)
def test_login_reads_what_was_set(first: list[Span], second: list[Span]) -> None:
    """The days on which a stored period is in force are those of its spans, for it alone."""
    periods: list[Period] = []
    assert set_spans(periods, "01AB", joined(first)) is bool(first)
    set_spans(periods, "02CD", joined(second))
    assert not set_spans(periods, "01AB", joined(first))
    assert spans_of(periods, "02CD") == joined(second)
    for day in DAYS:
        expected = {"01AB"} if day in held(first) else set()
        expected |= {"02CD"} if day in held(second) else set()
        assert set(in_force(periods, day)) == expected
