"""What the clock does on that day: the hub's metadata, the trail, the watch and the heartbeat.

The stack has the function ``federation`` and the hub that it asks. Those of nested templates it
has not: the watch and the heartbeat are made here, from their own apps, with the stack's log and
its public start; the trail's report, to which a stream of DynamoDB leads, is only told.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from audit.reports import Reports as AuditReports
from edge.telemetry import Telemetry
from heartbeat.app import HeartbeatApp
from kit.emitting import ENVIRONMENT
from numo_local.front import STAND_INS_HOST
from numo_local.hub.key import HubKey
from numo_local.schedules import scheduled_event
from numo_sso.watch.probe import Unreachable
from pictures.insights import answer
from pictures.visitor import Visitor
from watch.app import WatchApp

if TYPE_CHECKING:
    from collections.abc import Callable

    from numo_local.stack import Stack
    from pictures.clock import Clock
    from pictures.day import Lines

_ROUNDS, _A_DAY = 1 / 12, 24
_CHANGED, _REFUSED, _HUB_DOWN = 9, (15, 17), (10.4, 10.5)
"""The hour of a rollover, those of a hub that answers nonsense, and a round that the hub missed."""
_SECOND = "<md:KeyDescriptor"

Step = tuple[float, "Callable[[], object]"]


@dataclass(frozen=True)
class Jobs:
    """``ask`` invokes a function of the stack, ``lines`` are all that were told so far."""

    stack: Stack
    ask: Callable[[str, Any], Any]
    clock: Clock
    lines: Callable[[], Lines]
    next_key: HubKey = field(default_factory=HubKey.generate)

    def steps(self) -> list[Step]:
        """What is done when, in hours since midnight."""
        audit = AuditReports(ENVIRONMENT)
        watch = WatchApp(self._logs, self._active, Telemetry("watch", ENVIRONMENT), self.clock)
        heartbeat = HeartbeatApp(
            self.stack.addresses.start + "/test",
            STAND_INS_HOST,
            self._fetch,
            Telemetry("heartbeat", ENVIRONMENT),
            time.perf_counter,
        )
        rounds = [each * _ROUNDS + 0.005 for each in range(round(_A_DAY / _ROUNDS))]
        return [
            (_CHANGED, self._roll_over),
            (_REFUSED[0], self._publish_garbage),
            (_REFUSED[1], self._roll_over),
            *((hour + 0.07, self._check_metadata) for hour in range(_A_DAY)),
            *((hour + 0.071, lambda: audit.copied(1)) for hour in range(_A_DAY)),
            *((at, watch.watch) for at in rounds),
            *((at + 0.003, heartbeat.beat) for at in rounds),
            (18.0, watch.look_for_silent),
            *((hour, self._list_schools) for hour in (9.0, 11.0, 14.0, 16.0)),
        ]

    def _check_metadata(self) -> None:
        self.ask("federation", scheduled_event("FederationFunction"))

    def _roll_over(self) -> None:
        """A second certificate beside the first."""
        self.stack.hub.published = None
        before, key, after = self.stack.hub.metadata().decode().partition(_SECOND)
        end = after.index("</md:KeyDescriptor>") + len("</md:KeyDescriptor>")
        second = after[:end].replace(self.stack.hub.key.certificate, self.next_key.certificate)
        self.stack.hub.published = (before + key + second + key + after).encode()

    def _publish_garbage(self) -> None:
        self.stack.hub.published = b"<html>onderhoud</html>"

    def _active(self) -> list[str]:
        found = self.ask("support", {"action": "school.list", "state": "active"})
        return [each["entrance"] for each in found["data"]["schools"]]

    def _list_schools(self) -> None:
        self.ask("support", {"action": "school.list"})

    def _logs(self, query: str, since: float, until: float) -> list[dict[str, str]]:
        """The log as Insights answers: all of it is text, and what is missing is left out."""
        lines = [
            {**line, "@timestamp": int(at * 1000)}
            for service, at, line in self.lines()
            if service == "sso" and since <= at <= until
        ]
        rows = answer(query, lines)
        return [{name: str(value) for name, value in row.items() if value} for row in rows]

    def _fetch(self, url: str) -> tuple[int, str]:
        """What a browser is answered; but once the hub does not answer at all."""
        at_hub = url.startswith(self.stack.addresses.stand_ins)
        if at_hub and _HUB_DOWN[0] < self.clock.hour < _HUB_DOWN[1]:
            raise Unreachable("TimeoutError")
        parts = urlsplit(url)
        visitor = Visitor(self.stack.addresses, parts.hostname or "")
        return visitor.get(f"{parts.path}?{parts.query}")
