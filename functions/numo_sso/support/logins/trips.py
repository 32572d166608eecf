"""Lines of the login's log counted as trips to the hub: what Logs Insights does by its query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from numo_sso.support.logins.log import Traffic

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass
class _Trip:
    began: float
    seen: float
    host: str
    hint: str
    starts: int = 0
    answers: int = 0


def count_trips(lines: Iterable[tuple[float, dict[str, Any]]], until: float) -> list[Traffic]:
    """The trips that began before ``until``, by site and hint; the most trips first.

    Args:
        lines: with their times, in order of time.
    """
    trips: dict[str, _Trip] = {}
    for at, line in lines:
        if mark := line.get("trip"):
            host, hint = line.get("elo_host", ""), line.get("school_hint", "")
            trip = trips.setdefault(mark, _Trip(at, at, host, hint))
            started = line.get("outcome") == "started"
            trip.starts, trip.answers = trip.starts + started, trip.answers + (not started)
            trip.seen = at
    begun = [trip for trip in trips.values() if trip.starts and trip.began < until]
    return sorted(_by_site(begun), key=lambda each: -each.trips)


def _by_site(trips: list[_Trip]) -> list[Traffic]:
    sites: dict[tuple[str, str], list[_Trip]] = {}
    for trip in trips:
        sites.setdefault((trip.host, trip.hint), []).append(trip)
    return [
        Traffic(
            host=host,
            hint=hint,
            trips=len(of_site),
            returned=sum(trip.answers > 0 for trip in of_site),
            last_seen=int(max(trip.seen for trip in of_site)),
        )
        for (host, hint), of_site in sites.items()
    ]
