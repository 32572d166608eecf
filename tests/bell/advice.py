"""What to set and to ask for, so that a morning of this size refuses nobody.

Each limit is what the hardest of several mornings asks of it, half as much again, rounded up to a
figure that somebody would choose.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bell.crowds import HOME, SHARP
from bell.price import dollars
from bell.settings import boundless
from bell.shapes import Bell
from bell.storage import ITEMS, PARTITION, UNITS
from bell.world import Throttle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bell.outcome import Outcome
    from bell.shapes import Shape
    from bell.world import World

ROOM = 1.5
COLD_SHARE = 0.01
"""Above it the 99th percentile is a cold start, and instances are worth keeping ready."""
FRAME = 1 / 60
"""Seconds between two pictures of a screen. Memory that buys less of the 95th percentile is not
bought: nobody can see it."""
SPARE = 0.01
"""Of the bill: more memory for less than that is taken."""
_FIGURES = (1, 1.5, 2, 3, 4, 5, 6, 8, 10)
DEFAULTS = {"concurrency": 1000, "write_units": 4000, "account": 10_000, "ssm": 40}
"""What an account and a new table have without asking."""


@dataclass(frozen=True)
class Row:
    """One way in which a morning may differ from what we take it to be."""

    name: str
    world: World
    shape: Shape


def rows(world: World, shape: Shape) -> list[Row]:
    """The morning as we take it to be, and what may well be otherwise."""
    slow = 10.0
    return [
        Row("as assumed", world, shape),
        Row("sharper: within a minute, as one", world, Bell(30.0, (SHARP,))),
        Row("at home: each joins by himself", world, Bell(0.0, (HOME,))),
        Row("flatter: spread evenly", world, Bell(None)),
        Row(
            "DynamoDB ten times as slow",
            replace(
                world,
                read_ms=world.read_ms.times(slow),
                transaction_ms=world.transaction_ms.times(slow),
            ),
            shape,
        ),
        Row("Lambda's core half as fast", replace(world, core=2 * world.core), shape),
        Row("no whole core at a cold start", replace(world, init_bursts=False), shape),
        Row("a place for an instance takes a second", replace(
            world, making_ms=world.making_ms.times(1000 / world.making_ms.median)), shape),
        Row("the hub answers at once", replace(world, hub=world.hub.times(0.1)), shape),
    ]  # fmt: skip


def memory(world: World, outcomes: Mapping[int, Sequence[Outcome]]) -> int:
    """The memory that is near the best in every row, and among such the most that costs no more.

    Near is a 95th percentile within a frame of the best one's. No more is a hundredth of the
    morning's bill: how fast Lambda's cores are is a guess, and what it costs is not.

    Args:
        outcomes: by megabytes, those of the same rows in the same order; the first is paid.
    """
    columns = {size: [each.wait(95) for each in found] for size, found in outcomes.items()}
    best = [min(row) for row in zip(*columns.values(), strict=True)]
    bills = {
        size: dollars(outcomes[size][0], replace(world, memory=size))
        for size, waits in columns.items()
        if all(wait <= least + FRAME for wait, least in zip(waits, best, strict=True))
    }
    least = min(bills.values())
    return max(size for size, bill in bills.items() if bill <= least * (1 + SPARE))


def limits(world: World, found: Iterable[Outcome], by: float = 1.0) -> World:
    """The same world with limits that let all of these through, were they ``by`` times as large.

    Args:
        found: mornings without bounds.
    """
    found = list(found)

    def asked(figures: Iterable[float], default: float = 0) -> int:
        return max(int(default), round_up(max(figures) * by * ROOM))

    logins = asked(each.second["logins"] for each in found)
    looks = asked(each.second["looks"] for each in found)
    responses = max(each.second["responses"] for each in found)
    writes = asked([responses * ITEMS * UNITS], DEFAULTS["write_units"])
    rate = max(world.logins.rate, logins)
    requests = max(world.requests.rate, looks)
    account = asked([(rate + requests) / ROOM / by], DEFAULTS["account"])
    return replace(
        boundless(world),
        logins=Throttle(rate, max(world.logins.burst, 2 * rate)),
        requests=Throttle(requests, max(world.requests.burst, 2 * requests)),
        account=Throttle(account, account / 2),
        concurrency=asked((each.in_flight for each in found), DEFAULTS["concurrency"]),
        scaling=world.scaling,
        write_units=math.ceil(writes / PARTITION) * int(PARTITION),
        ssm=asked((each.second["cold"] for each in found), DEFAULTS["ssm"]),
        provisioned=kept_ready(found, by),
    )


def kept_ready(found: Iterable[Outcome], by: float = 1.0) -> int:
    """Instances of the login that are worth keeping: as many as are ever busy, or none."""
    first = next(iter(found))
    return round_up(first.in_flight * by) if first.cold_share > COLD_SHARE else 0


def round_up(figure: float) -> int:
    """The next figure that somebody would choose: 1, 1.5, 2, 3, 4, 5, 6 or 8, with zeros."""
    if figure <= 10:
        return math.ceil(figure)
    power = 10 ** math.floor(math.log10(figure))
    return next(int(each * power) for each in _FIGURES if each * power >= figure * (1 - 1e-9))
