"""A day at five invented schools, on the local stack: its front, hub, functions and emulator.

What AWS itself counts (invocations, capacity, bytes) is reckoned from the same requests. The clock
of the whole process is the day's, so it runs in one of its own: ``python -m pictures.midnight``.
"""

from __future__ import annotations

import heapq
import json
import os
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from functools import partial
from io import StringIO
from itertools import count
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from kit.world import ATTRIBUTES
from numo_local.options import StackOptions
from numo_local.stack import Stack
from pictures.clock import BEGAN, HOUR, Clock
from pictures.fleet import Fleet
from pictures.jobs import Jobs
from pictures.visitor import Door, Visitor

if TYPE_CHECKING:
    from collections.abc import Callable

    from numo_local.hub.request import AuthnRequest

Lines = list[tuple[str, float, dict[str, Any]]]
"""Of each line the function, the second in which it was told, and what it says."""
BY_HOUR = {
    7: 12,
    8: 120,
    9: 75,
    10: 70,
    11: 65,
    12: 30,
    13: 70,
    14: 55,
    15: 30,
    16: 15,
    20: 12,
}
"""Clicks on Numo by the hour of the day."""
CLASSES = ((10.05, "heuvelrug", 16), (13.11, "petteflat", 4), (13.6, "roversnest", 6))
"""And classes that begin together: hour, school, and how many click within five minutes."""
SCHOOLS = {"petteflat": "01AB", "heuvelrug": "22YY", "roversnest": "33XX", "waterkant": "03EF"}
"""And ``regenboog``, one of the stack's own too, from which nobody comes."""
PUPILS = range(600_100, 600_300)
DEPLOYED = 12.0
"""The hour when version 42 begins: a tenth for ten minutes, then all."""
TROUBLE = (13.1, 13.2)
"""The hours between which DynamoDB is throttled."""
_TICKET = "PICTURES-1"


@dataclass
class Day:
    """The day's lines; ``share`` of its clicks are made."""

    clock: Clock
    share: float = 1.0
    random: Random = field(default_factory=lambda: Random(24))  # noqa: S311  # the same each time
    lines: Lines = field(default_factory=list)

    def __post_init__(self) -> None:
        self._out, self._number = StringIO(), count()
        self._clicks = count(1)
        self._waiting: list[tuple[float, int, Callable[[], object]]] = []
        self.fleet = Fleet(self.random, self._version)
        self.stack = Stack(StackOptions(port=0, quiet=True), Path(os.devnull), self.fleet.load)

    def run(self) -> Day:
        """Live through it, with standard output for the functions' log."""
        with redirect_stdout(self._out):
            try:
                self.stack.start()
                self.door = Door.of(self.stack.hub)
                self._open_schools()
                self._out.truncate(self._out.seek(0))  # what was before midnight
                self._plan()
                while self._waiting:
                    self.clock.now, _, step = heapq.heappop(self._waiting)
                    step()
                    self._keep()
            finally:
                self.stack.stop()
        return self

    def _open_schools(self) -> None:
        for entrance, brin in SCHOOLS.items():
            common = {"entrance": entrance, "ticket": _TICKET}
            name = entrance.capitalize()
            self._support("school.activate", **common, brin=brin, create=True, name=name)
            rows = [
                {"persoonscode": str(code), "given_name": "Pietje", "surname": "Puk"}
                for code in PUPILS
            ]
            self._support("users.import", **common, rows=rows)

    def _plan(self) -> None:
        for hour, clicks in BY_HOUR.items():
            for _ in range(max(1, round(clicks * self.share))):
                self._at(hour + self.random.random(), self._click)
        for began, school, pupils in CLASSES:
            for _ in range(pupils):
                click = partial(self._click, school)
                self._at(began + self.random.random() / 12, click)
        for moment, state in zip(TROUBLE, ("throttled", "up"), strict=True):
            self._at(moment, partial(setattr, self.stack.outage, "state", state))
        jobs = Jobs(self.stack, self.fleet.ask, self.clock, lambda: self.lines)
        for moment, step in jobs.steps():
            self._at(moment, step)

    def _at(self, hour: float, step: Callable[[], object]) -> None:
        heapq.heappush(self._waiting, (BEGAN + hour * HOUR, next(self._number), step))

    def _after(self, seconds: float, step: Callable[[], object]) -> None:
        self._at(self.clock.hour + seconds / HOUR, step)

    def _click(self, school: str = "") -> None:
        school = school or self.random.choices(list(SCHOOLS), [40, 25, 25, 10])[0]
        number, visitor = next(self._clicks), Visitor(self.stack.addresses)
        _, location = visitor.get("/v1/sso", Referer=f"https://elo.{school}.example/")
        if school == "waterkant" or number % 33 == 0:  # stopped at the hub
            return
        asked = self.door.receive(location)
        back = partial(self._return, visitor, asked, school, number)
        self._after(self.random.uniform(4, 50), back)

    def _return(self, visitor: Visitor, asked: AuthnRequest, school: str, number: int) -> None:
        moving = school == "roversnest" and 13.5 < self.clock.hour < 14.5 and number % 2 == 0
        authority = f"https://{'nieuw' if moving else 'elo'}.{school}.example/idp"
        mishap = "expired" if number % 97 == 0 else ""
        attributes = self._attributes(school, number)
        visitor.post("/v1/sso/acs", self.door.answer(asked, attributes, authority, mishap))
        waited = 0.0
        for _ in range(self.random.randint(2, 5)):
            waited += self.random.uniform(1, 400)
            self._after(waited, partial(self._ask, visitor))

    def _attributes(self, school: str, number: int) -> dict[str, list[str]]:
        code = self.random.choice(PUPILS)
        if school == "heuvelrug" and 10 < self.clock.hour < 11.5:  # its codes have changed
            code += 5000
        return {
            **ATTRIBUTES,
            "nlEduPersonRealId": [f"{code}@{school}"],
            "nlEduPersonHomeOrganizationId": ["99XX" if number % 101 == 0 else SCHOOLS[school]],
        }

    def _ask(self, visitor: Visitor) -> None:
        """The app asks who this is, and sometimes another API of Numo does."""
        if self.random.random() < 0.2:
            self.fleet.ask("authorizer", {"version": "2.0", "cookies": visitor.cookies})
        elif self.random.random() < 0.1:  # a browser that blocks cookies
            Visitor(self.stack.addresses).get("/v1/session")
        else:
            visitor.get("/v1/session")

    def _support(self, action: str, **fields: Any) -> None:
        answer = self.fleet.ask("support", {"action": action, **fields})
        assert answer["ok"], answer

    def _version(self) -> str:
        since = self.clock.hour - DEPLOYED
        if since < 0 or (since < 1 / 6 and self.random.random() > 0.1):
            return "41"
        return "42"

    def _keep(self) -> None:
        for text in self._out.getvalue().splitlines():
            line = json.loads(text)
            self.lines.append((line["service"], self.clock.now, line))
        self._out.truncate(self._out.seek(0))
