"""The function ``watch``: the hours and the calendar at each run; the schools, as the log has them.

Its metrics, all with the dimensions ``environment`` and ``service``:

====================  ==========================================================================
metric                what it tells
====================  ==========================================================================
``SchoolHours``       1 while schools are open somewhere, else 0
``CalendarDaysLeft``  days that the holidays' table still reaches
``SchoolsInTrouble``  schools of whose decided logins, ten at least in half an hour, most fail
``SchoolsSilent``     active schools of which nobody came in for a week; told once a day
``WatchFailed``       runs in which the log or the table could not be read
====================  ==========================================================================
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from edge.messages import Message
from edge.metrics import BY_SERVICE, COUNT, NONE, Measured
from numo_sso.watch.calendar import days_left, school_hours
from numo_sso.watch.trouble import BY_SCHOOL_QUERY, SEEN_QUERY, in_trouble, silent

if TYPE_CHECKING:
    from collections.abc import Callable

    from edge.telemetry import Telemetry
    from numo_sso.ports import Clock

    Ask = Callable[[str, float, float], list[dict[str, str]]]

METRICS = frozenset(
    {"SchoolHours", "CalendarDaysLeft", "SchoolsInTrouble", "SchoolsSilent", "WatchFailed"}
)
_TROUBLE_SECONDS = 30 * 60
_SILENT_SECONDS = 7 * 24 * 60 * 60


@dataclass(frozen=True)
class WatchApp:
    """What is asked, and where it is told."""

    ask: Ask
    active: Callable[[], list[str]]
    """The active entrances."""
    telemetry: Telemetry
    clock: Clock

    def watch(self) -> None:
        """Tell the hour, and which schools are in trouble."""
        now = self.clock()
        hours, left = float(school_hours(now)), float(days_left(now))
        values = {"SchoolHours": (COUNT, hours), "CalendarDaysLeft": (NONE, left)}
        self._tell(Message.WATCHED, {}, values)
        self._guarded(lambda: self._look_for_trouble(now))

    def look_for_silent(self) -> None:
        """Tell which active schools nobody came from for a week."""
        self._guarded(lambda: self._look_for_silent(self.clock()))

    def _look_for_trouble(self, now: float) -> None:
        found = in_trouble(self.ask(BY_SCHOOL_QUERY, now - _TROUBLE_SECONDS, now))
        for each in found:
            fields = {
                "school": each.school,
                "logins": each.logins,
                "good_logins": each.good,
                "why": each.why,
            }
            self.telemetry.line(logging.WARNING, Message.SCHOOL_IN_TROUBLE, fields)
        self._tell(Message.SCHOOLS_LOOKED_AT, {}, {"SchoolsInTrouble": (COUNT, float(len(found)))})

    def _look_for_silent(self, now: float) -> None:
        found = silent(self.active(), self.ask(SEEN_QUERY, now - _SILENT_SECONDS, now))
        for school in found:
            self.telemetry.line(logging.WARNING, Message.SCHOOL_SILENT, {"school": school})
        self._tell(Message.SCHOOLS_LISTED, {}, {"SchoolsSilent": (COUNT, float(len(found)))})

    def _guarded(self, look: Callable[[], None]) -> None:
        try:
            look()
        except Exception as error:  # noqa: BLE001  # the hours were told; the next run looks again
            self.telemetry.fault(error)
            self._tell(Message.WATCH_FAILED, {}, {"WatchFailed": (COUNT, 1.0)}, logging.ERROR)

    def _tell(
        self,
        message: Message,
        fields: dict[str, Any],
        values: dict[str, tuple[str, float]],
        level: int = logging.INFO,
    ) -> None:
        self.telemetry.line(level, message, fields, [Measured((BY_SERVICE,), values)])
