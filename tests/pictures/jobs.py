"""What the clock does on that day: the hub's metadata, the trail, the watch and the heartbeat."""

from __future__ import annotations

from contextlib import redirect_stdout
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from audit.reports import Reports as AuditReports
from federation.reports import Report
from federation.reports import Reports as FederationReports
from heartbeat.app import HeartbeatApp
from kit.emitting import ENVIRONMENT, ask_support
from numo_sso.federation.digest import Difference
from pictures.insights import answer
from watch.app import WatchApp

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from edge.telemetry import Telemetry
    from kit.emitting import Printer

HUB = "engine.entree.example"
_START = "https://api.numo.example/v1/sso/test"
_FIVE_MINUTES, _HOUR, _DAY = 300, 3600, 86_400
_CHANGED, _REFUSED, _HUB_DOWN = 9, (15, 16), 125
"""The hour of a rollover, those of a hub that answers nonsense, and a round that the hub missed."""

Step = tuple[float, "Callable[[], None]"]


@dataclass(frozen=True)
class Jobs:
    """``now`` is the day's clock, ``lines`` the login's lines so far, ``version`` what answers."""

    printer: Printer
    now: Callable[[], float]
    active: Callable[[], list[str]]
    lines: Callable[[], list[dict[str, Any]]]
    version: Callable[[], str]
    random: Random
    ticks: list[float] = field(default_factory=lambda: [0.0])

    def steps(self) -> list[Step]:
        """What is done when, in seconds since midnight."""
        with redirect_stdout(self.printer.out):
            name = self.printer.name
            federation = FederationReports(ENVIRONMENT, name("federation"), self.now)
            audit = AuditReports(ENVIRONMENT, name("audit"), self.now)
        watch = WatchApp(self._ask, self.active, self._telemetry("watch"), self.now)
        heartbeat = HeartbeatApp(
            _START, HUB, self._fetch, self._telemetry("heartbeat"), self._timer
        )
        rounds = [each * _FIVE_MINUTES + 20.0 for each in range(_DAY // _FIVE_MINUTES)]
        return [
            *((hour * _HOUR + 240.0, _checking(federation, hour)) for hour in range(24)),
            *((hour * _HOUR + 250.0, lambda: audit.copied(1)) for hour in range(24)),
            *((at, watch.watch) for at in rounds),
            *((at + 10, heartbeat.beat) for at in rounds),
            (18.0 * _HOUR, watch.look_for_silent),
            *((hour * _HOUR, self._support) for hour in (9.0, 11.0, 14.0, 16.0)),
        ]

    def _support(self) -> None:
        ask_support(self.printer, self.version())

    def _telemetry(self, service: str) -> Telemetry:
        return self.printer.telemetry(service, self.now)

    def _ask(self, query: str, since: float, until: float) -> list[dict[str, str]]:
        """The log as Insights answers: all of it is text, and what is missing is left out."""
        lines = [each for each in self.lines() if since <= each["@timestamp"] / 1000 <= until]
        rows = answer(query, lines)
        return [{name: str(value) for name, value in row.items() if value} for row in rows]

    def _fetch(self, url: str) -> tuple[int, str]:
        if url == _START:
            return 302, f"https://{HUB}/sso"
        missed = int(self.now() // _FIVE_MINUTES) % 288 == _HUB_DOWN
        return (503 if missed else 200), ""

    def _timer(self) -> float:
        self.ticks[0] += self.random.lognormvariate(3.6, 0.3) / 1000
        return self.ticks[0]


def _checking(reports: FederationReports, hour: int) -> Callable[[], None]:
    """The run of this hour, as the function would report it."""
    code, difference = "metadata-unchanged", None
    if hour == _CHANGED:
        code, difference = "metadata-published", Difference((), ("new",), ())
    elif hour in _REFUSED:
        code = "metadata-malformed"
    report = Report("schedule", "r", code, "", difference=difference)
    report.days_left = (420.0 - hour / 24, 1500.0 - hour / 24)
    report.age = 3600.0 * (hour - _REFUSED[0] + 1) if hour in _REFUSED else 0.0
    return lambda: reports.ended(report)
