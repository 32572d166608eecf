"""Times as they stand on the clock at school."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from datetime import tzinfo

    from numo_sso.pages.labels import Labels

_PLACE = "Europe/Amsterdam"


def dutch_zone(place: str = _PLACE) -> tzinfo:
    """The clock on the school's wall; UTC where the system has no time zones."""
    try:
        return ZoneInfo(place)
    except ZoneInfoNotFoundError:
        return UTC


def wall_time(at: float, zone: tzinfo, labels: Labels) -> str:
    """A moment as people write it, with `` UTC`` behind it where that is all we know."""
    moment = datetime.fromtimestamp(at, zone)
    text = labels.clock.format(
        day=labels.days[moment.weekday()],
        date=moment.day,
        month=labels.months[moment.month - 1],
        year=moment.year,
        hour=moment.hour,
        minute=moment.minute,
    )
    return f"{text} UTC" if zone is UTC else text
