"""When schools are open: without it an alarm on "no logins" would ring all through the holidays.

The holidays are the ministry's, as published on rijksoverheid.nl for 2026-2027 (those of Noord and
Midden compared with what schools publish; the one school of Zuid that was found has its spring and
its summer a week before this table, which can only make us expect logins too early). A region's
holiday counts here only where all three have it: on a day on which any region is at school, logins
are to be expected, and an alarm's floor does the rest. How many days the table still reaches is a
metric with an alarm of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

OPENS, CLOSES = time(8, 0), time(16, 30)
_SATURDAY = 5


@dataclass(frozen=True)
class Holiday:
    """First and last day of a holiday in each region, in the order of :data:`REGIONS`."""

    name: str
    spans: tuple[tuple[date, date], ...]


REGIONS = ("noord", "midden", "zuid")


def _everywhere(name: str, first: date, last: date) -> Holiday:
    return Holiday(name, ((first, last),) * len(REGIONS))


HOLIDAYS = (
    _everywhere("kerst", date(2026, 12, 19), date(2027, 1, 3)),
    Holiday(
        "voorjaar",
        (
            (date(2027, 2, 20), date(2027, 2, 28)),
            (date(2027, 2, 20), date(2027, 2, 28)),
            (date(2027, 2, 13), date(2027, 2, 21)),
        ),
    ),
    _everywhere("mei", date(2027, 4, 24), date(2027, 5, 2)),
    Holiday(
        "zomer",
        (
            (date(2027, 7, 10), date(2027, 8, 22)),
            (date(2027, 7, 17), date(2027, 8, 29)),
            (date(2027, 7, 24), date(2027, 9, 5)),
        ),
    ),
)
REACHES = max(last for each in HOLIDAYS for _, last in each.spans)
"""The last day that this table knows of."""


def school_hours(now: float) -> bool:
    """Whether schools are open somewhere in the country.

    Args:
        now: seconds since 1970.
    """
    here = local_time(now)
    return OPENS <= here.time() < CLOSES and school_day(here.date())


def local_time(now: float) -> datetime:
    """The time on Dutch clocks, by the Union's rule: Lambda's image may hold no time zones."""
    utc = datetime.fromtimestamp(now, UTC)
    summer = _last_sunday(utc.year, 3) <= utc < _last_sunday(utc.year, 10)
    return (utc + timedelta(hours=2 if summer else 1)).replace(tzinfo=None)


def _last_sunday(year: int, month: int) -> datetime:
    """One o'clock UTC on it, when clocks change. The month has 31 days."""
    last = date(year, month, 31)
    day = last - timedelta(days=(last.weekday() + 1) % 7)
    return datetime(year, month, day.day, 1, tzinfo=UTC)


def school_day(day: date) -> bool:
    if day.weekday() >= _SATURDAY or day in public_holidays(day.year):
        return False
    return not any(_all_of(each, day) for each in HOLIDAYS)


def days_left(now: float) -> int:
    """Whole days until the table ends; below zero where it has ended."""
    return (REACHES - local_time(now).date()).days


def public_holidays(year: int) -> frozenset[date]:
    """Days on which no school in the country is open."""
    easter = easter_day(year)
    moving = (easter + timedelta(days=offset) for offset in (-2, 1, 39, 40, 50))
    fixed = (date(year, 1, 1), king_s_day(year), date(year, 5, 5), date(year, 12, 25))
    return frozenset({*moving, *fixed, date(year, 12, 26)})


def king_s_day(year: int) -> date:
    """27 April, and the day before where that is a Sunday."""
    day = date(year, 4, 27)
    return day - timedelta(days=1) if day.weekday() == _SATURDAY + 1 else day


def easter_day(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian reckoning."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leaps, left = divmod(century, 4)
    corrected = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - corrected + 15) % 30
    weekday = (32 + 2 * left + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _all_of(holiday: Holiday, day: date) -> bool:
    return all(first <= day <= last for first, last in holiday.spans)
