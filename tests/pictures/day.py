"""A day at five invented schools, through the real functions, with a clock and times that are set.

What AWS itself counts (invocations, capacity, bytes) is reckoned from the same requests.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING, Any

from kit.emitting import Printer
from kit.memory import MemoryRoster, MemorySchools
from kit.session_world import SessionWorld
from kit.world import ATTRIBUTES, AUTHORITY, PETTEFLAT, Browser, World
from numo_sso.outcomes import Refused
from numo_sso.schools import AcceptedPair, SchoolUser
from pictures.jobs import Jobs

if TYPE_CHECKING:
    from collections.abc import Callable

    from edge.telemetry import Telemetry
    from numo_sso.schools import Candidate

BEGAN = datetime(2026, 11, 23, 23, tzinfo=UTC).timestamp()
"""Midnight on Dutch clocks."""
HOUR = 3600
BY_HOUR = {
    7: 25,
    8: 240,
    9: 150,
    10: 140,
    11: 130,
    12: 60,
    13: 140,
    14: 110,
    15: 60,
    16: 30,
    20: 25,
}
"""Clicks on Numo by the hour of the day."""
SCHOOLS = {"petteflat": "11ZZ", "regenboog": "22YY", "roversnest": "33XX", "waterkant": "44WW"}
SILENT = "stilstad"
DEPLOYED = 12 * HOUR
"""When version 42 begins: a tenth for ten minutes, then all."""


@dataclass
class Ticks:
    """A timer by which each look takes some milliseconds more, the first of a process many."""

    random: Random
    now: float = 0.0
    slow: float = 1.0

    def __call__(self) -> float:
        self.now += self.random.lognormvariate(0.6, 0.7) / 1000 * self.slow
        return self.now


class Failing:
    """A roster in the five minutes in which DynamoDB does not answer."""

    def find(self, *_: object) -> Any:
        raise Refused("storage-failed", "ThrottlingException")


@dataclass
class Day:
    """All lines of the day, with their log group and time."""

    random: Random = field(default_factory=lambda: Random(24))  # noqa: S311  # the same each time
    lines: list[tuple[str, float, dict[str, Any]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.printer, self.now = Printer(), BEGAN
        self.ticks = Ticks(self.random)
        self.telemetry = {
            (service, version): [self._telemetry(service, version) for _ in range(4)]
            for service in ("sso", "session", "authorizer")
            for version in ("41", "42")
        }
        accepted = {name: AcceptedPair(AUTHORITY, name) for name in SCHOOLS}
        schools: dict[str, tuple[Candidate, ...]] = {
            brin: (
                PETTEFLAT._replace(
                    entrance=name,
                    name=name.capitalize(),
                    accepted=frozenset({accepted[name]}),
                ),
            )
            for name, brin in SCHOOLS.items()
        }
        self.world = World(schools=MemorySchools(schools))
        users = {
            (name, "persoonscode", str(code)): SchoolUser(
                name, str(code), "pupil", "Pietje", "", "Puk", active=code % 50 != 0
            )
            for name in SCHOOLS
            for code in range(100, 300)
        }
        self.roster = MemoryRoster(self.world.sessions, users)
        self.sessions = SessionWorld()

    def run(self) -> Day:
        for at, step in sorted(self._steps(), key=lambda each: each[0]):
            self.now = self.world.now = BEGAN + at
            step()
            self._keep()
        return self

    def _steps(self) -> list[tuple[float, Callable[[], None]]]:
        steps: list[tuple[float, Callable[[], None]]] = []
        for hour, clicks in BY_HOUR.items():
            steps += [(HOUR * (hour + self.random.random()), self._click) for _ in range(clicks)]
        active = [*SCHOOLS, SILENT]
        jobs = Jobs(
            self.printer,
            lambda: self.now,
            lambda: active,
            self._lines_of_sso,
            self._version,
            self.random,
        )
        return steps + jobs.steps()

    def _click(self) -> None:
        school = self.random.choices(list(SCHOOLS), [40, 25, 25, 10])[0]
        browser, hour = Browser(), (self.now - BEGAN) / HOUR
        self._serve("sso")
        started = self.world.start(browser, "", {"referer": f"https://elo.{school}.example/"})
        self._keep()
        if school == "waterkant" or self.random.random() < 0.03:  # stopped at the hub
            return
        self.now = self.world.now = self.now + self.random.uniform(4, 50)
        changes: dict[str, Any] = {"attributes": self._attributes(school, hour)}
        if self.random.random() < 0.01:
            changes["issue_instant"] = self.world.now - 600
        if school == "roversnest" and 13.5 < hour < 14.5 and self.random.random() < 0.4:
            changes["authenticating_authority"] = ["https://nieuw.example"]  # it is moving
        self._serve("sso", failing=13.1 < hour < 13.2)
        self.world.post(browser, self.world.answer(started, **changes))
        self._keep()
        for _ in range(self.random.randint(2, 5)):
            self.now += self.random.uniform(1, 400)
            self._ask()

    def _attributes(self, school: str, hour: float) -> dict[str, list[str]]:
        code = self.random.randint(100, 299)
        if school == "regenboog" and 10 < hour < 11.5:  # its codes have changed
            code += 5000
        brin = SCHOOLS[school] if self.random.random() > 0.01 else "99XX"
        return {
            **ATTRIBUTES,
            "nlEduPersonRealId": [f"{code}@{school}"],
            "nlEduPersonHomeOrganizationId": [brin],
        }

    def _ask(self) -> None:
        """The app asks who this is, and sometimes another API of Numo does."""
        service = "session" if self.random.random() < 0.8 else "authorizer"
        self._serve(service)
        if service == "authorizer":
            self.sessions.authorizer.handle((), "r")
        elif self.random.random() < 0.1:
            self.sessions.ask("GET", "")
        else:
            self.sessions.ask()
        self._keep()

    def _serve(self, service: str, *, failing: bool = False) -> None:
        """Choose the process that answers next."""
        telemetry = self.random.choice(self.telemetry[service, self._version()])
        self.ticks.slow = 6.0 if self.random.random() < 0.01 else 1.0
        common: dict[str, Any] = {"telemetry": telemetry, "timer": self.ticks}
        if service == "session":
            self.sessions.app = replace(self.sessions.app, **common)
        elif service == "authorizer":
            self.sessions.authorizer = replace(self.sessions.authorizer, **common)
        else:
            roster: Any = Failing() if failing else self.roster
            services = replace(self.world.app.services, roster=roster)
            self.world.app = self.world.app._replace(services=services, **common)

    def _version(self) -> str:
        since = self.now - BEGAN - DEPLOYED
        if since < 0 or (since < 600 and self.random.random() > 0.1):
            return "41"
        return "42"

    def _telemetry(self, service: str, version: str) -> Telemetry:
        return self.printer.telemetry(service, lambda: self.now, version)

    def _keep(self) -> None:
        for line in self.printer.take():
            self.lines.append((line["service"], self.now, line))

    def _lines_of_sso(self) -> list[dict[str, Any]]:
        return [
            {**line, "@timestamp": int(at * 1000)}
            for service, at, line in self.lines
            if service == "sso"
        ]
