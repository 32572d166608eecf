"""When schools are open, by Dutch clocks and the ministry's holidays."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from numo_sso.watch.calendar import (
    HOLIDAYS,
    REACHES,
    REGIONS,
    days_left,
    easter_day,
    public_holidays,
    school_day,
    school_hours,
)


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("utc", "open_"),
    [
        ("2026-11-24T06:59", False),
        ("2026-11-24T07:00", True),
        ("2026-11-24T15:29", True),
        ("2026-11-24T15:30", False),
        ("2027-06-01T06:00", True),  # summer time
        ("2027-06-01T05:59", False),
        ("2027-03-26T09:00", False),  # Good Friday, two days before the clocks change
        ("2027-03-30T06:00", True),
        ("2026-11-28T10:00", False),  # Saturday
        ("2026-11-29T10:00", False),
    ],
)
def test_hours_are_those_of_dutch_clocks_on_school_days(utc: str, *, open_: bool) -> None:
    assert school_hours(at(utc)) is open_


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 12, 21), False),  # everybody's holiday
        (date(2027, 1, 4), True),
        (date(2027, 2, 24), True),  # the south is at school
        (date(2027, 4, 28), False),
        (date(2027, 7, 16), True),  # the north is free, the others are not yet
        (date(2027, 7, 26), False),
        (date(2027, 8, 23), True),
        (date(2027, 5, 6), False),  # Ascension Day
        (date(2027, 5, 17), False),  # Whit Monday
    ],
)
def test_a_day_is_free_where_all_regions_are(day: date, *, expected: bool) -> None:
    assert school_day(day) is expected


@pytest.mark.parametrize(
    ("year", "day"),
    [(2024, date(2024, 3, 31)), (2026, date(2026, 4, 5)), (2027, date(2027, 3, 28))],
)
def test_easter(year: int, day: date) -> None:
    assert easter_day(year) == day


def test_the_king_moves_his_day_where_it_is_a_sunday() -> None:
    assert date(2025, 4, 26) in public_holidays(2025)
    assert date(2025, 4, 27) not in public_holidays(2025)
    assert date(2027, 4, 27) in public_holidays(2027)


def test_each_holiday_has_a_span_of_whole_weeks_in_each_region() -> None:
    """From a Saturday to a Sunday: a slip of the pen shows."""
    for each in HOLIDAYS:
        assert len(each.spans) == len(REGIONS)
        assert {(first.weekday(), last.weekday()) for first, last in each.spans} == {(5, 6)}


def test_it_says_how_far_the_table_reaches() -> None:
    assert date(2027, 9, 5) == REACHES
    assert days_left(at("2027-09-04T10:00")) == 1
    assert days_left(at("2027-09-07T10:00")) == -2
