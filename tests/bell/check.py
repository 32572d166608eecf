"""The simulation held against real logins: the local stack under load, and the same predicted.

The stack is one interpreter: whatever it does, it does one thing at a time. So it is a queue before
one server, whose service times are those of single logins, measured on the very same stack just
before and just after the load. They count as the CPU that they took: others on this machine make a
login longer by the clock, and do not keep the interpreter busy.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

from bell.chance import Chance
from bell.draws import like
from bell.load import ROUTES, Pupils
from bell.machine import Meter
from bell.morning import Morning
from bell.pools import Beside, Queue
from bell.settings import boundless
from bell.world import VCPU, Spread, Times
from numo_local.hub.key import HubKey
from numo_local.process import running_stack

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from bell.load import Visit
    from bell.outcome import Outcome
    from bell.world import World

_DRAWS = 15
"""Predictions that are averaged: one alone is as much of a chance as what was seen."""
HUB = 0.5
"""Seconds that the hub keeps everybody; signing the response fits into them."""
SECONDS = 10.0
RATES = (3, 10, 20, 30, 40)
"""Logins a second: 30 pupils in ten seconds, and on towards what one interpreter can do."""
REPEATS = 2
_WARM = 40
"""Logins that come first and do not count: they import and make what all later ones have."""
_TURNS, _LOGINS, _BROWSERS = 4, 9, 3
"""Of a calibration: so often so many logins alone, and as many by several browsers at once."""
_PAUSE = 0.08
"""Seconds at the hub between: who comes now and then finds a processor that was idle."""


@dataclass(frozen=True)
class Alone:
    """Logins with nobody else there, and what they cost the stack."""

    visits: list[Visit]
    cpu: float
    """Seconds of the stack's CPU that one takes: unlike the clock's, hardly touched by others."""
    crowded: float
    """How many times as much one takes of several at once."""

    @property
    def wait(self) -> float:
        return fmean(visit.wait for visit in self.visits)

    @property
    def alone(self) -> float:
        """The part of a wait that is the stack's own CPU."""
        return min(1.0, self.cpu / self.wait)


@dataclass(frozen=True)
class Compared:
    """One load: what was seen, and what was predicted of it. Seconds."""

    pupils: int
    single: float
    """A login with nobody else there, just before."""
    crowd: float
    """Processors that others kept busy meanwhile."""
    observed: tuple[float, float]
    """Median and 95th percentile of the waits."""
    predicted: tuple[float, float]

    @property
    def errors(self) -> tuple[float, float]:
        """How far the prediction is off: 0.1 is ten per cent too long."""
        (m, p), (m_seen, p_seen) = self.predicted, self.observed
        return m / m_seen - 1, p / p_seen - 1


def compare(
    world: World,
    random: Random,
    rates: Sequence[int] = RATES,
    repeats: int = REPEATS,
    said: Callable[[], None] = lambda: None,
) -> list[Compared]:
    """Each load several times, in turn; of each the run that others disturbed the least."""
    runs: dict[int, list[Compared]] = {rate: [] for rate in rates}
    for _ in range(repeats):
        for rate in rates:
            runs[rate].append(_one(world, rate, random))
            said()
    return [min(each, key=lambda run: run.crowd) for each in runs.values()]


def _one(world: World, rate: int, random: Random) -> Compared:
    clicks = sorted(random.uniform(0, SECONDS) for _ in range(int(rate * SECONDS)))
    pupils = Pupils(HubKey.generate())
    with tempfile.TemporaryDirectory() as folder:
        metadata = pupils.metadata(Path(folder) / "hub.xml")
        with running_stack("--idp-metadata", str(metadata)) as stack:
            pupils.port = stack.port
            for each in range(_WARM):
                pupils.click(each, 0.0)
            before = _alone(pupils, stack.process.pid)
            meter = Meter(stack.process.pid)
            seen = pupils.at(clicks, HUB)
            crowd = meter.used().crowd
            after = _alone(pupils, stack.process.pid)
    outcomes = [predict(world, before, after, clicks, random) for _ in range(_DRAWS)]
    waits = sorted(visit.wait for visit in seen)
    return Compared(
        len(clicks),
        before.wait,
        crowd,
        (_percentile(waits, 50), _percentile(waits, 95)),
        (fmean(each.wait(50) for each in outcomes), fmean(each.wait(95) for each in outcomes)),
    )


def _alone(pupils: Pupils, pid: int) -> Alone:
    """Single logins and several at once, in turn."""
    visits: list[Visit] = []
    alone = several = 0.0

    def one_by_one() -> None:
        visits.extend(pupils.click(each, _PAUSE) for each in range(_LOGINS))

    def at_once() -> None:
        pupils.together(_BROWSERS, _LOGINS)

    for turn in range(_TURNS):
        if turn % 2:
            several += _cpu(pid, at_once)
        alone += _cpu(pid, one_by_one)
        if not turn % 2:
            several += _cpu(pid, at_once)
    return Alone(visits, alone / _TURNS / _LOGINS, several / alone)


def _cpu(pid: int, work: Callable[[], None]) -> float:
    meter = Meter(pid)
    work()
    return meter.used().process


def predict(
    world: World, before: Alone, after: Alone, clicks: Sequence[float], random: Random
) -> Outcome:
    """What the simulation says of these clicks, where every answer takes as single ones took."""
    still, around = Spread(0.0, 0.0), min(each.wait - each.cpu for each in (before, after))
    local = replace(
        boundless(world),
        memory=VCPU,
        read_ms=still,
        transaction_ms=still,
        gateway_ms=1000 * max(0.0, around) / len(ROUTES),
        hub=Spread(HUB, HUB),
        looks=1,
    )
    chance = Chance(local, Times(*(0.0,) * 6), random)
    for route in ROUTES:
        seen = [
            getattr(visit, route) * each.alone for each in (before, after) for visit in each.visits
        ]
        setattr(chance, route, like(seen, random))
    login = Queue(1, (before.crowded + after.crowded) / 2)
    return Morning(local, chance, clicks, (login, Beside(login))).run()


def _percentile(waits: Sequence[float], percent: float) -> float:
    return waits[min(len(waits) - 1, int(len(waits) * percent / 100))]
