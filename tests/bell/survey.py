"""Every morning that the page tells of, run in one go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import costs
from bell.advice import limits, memory, rows
from bell.runs import Case, run_all
from bell.settings import boundless
from bell.world import Throttle

if TYPE_CHECKING:
    from collections.abc import Callable

    from bell.outcome import Outcome
    from bell.shapes import Shape
    from bell.world import Times, World

SIZES = (1_000, 10_000, 100_000, 1_000_000)
MEGABYTES = (256, 512, 768, 1024, 1536, 1769)
HOUSE = costs.Shape(160_000).users // 5
"""Of eighty schools of two thousand the fifth that comes in these ten minutes, as in costs.py."""
THIN = 100_000
"""So many at most are run in every row; what more of them ask of the limits is in proportion."""
BEFORE = (Throttle(100, 300), Throttle(200, 500))
"""Throttles of logins and of all else, as they stood until this was first run."""


@dataclass(frozen=True)
class Survey:
    """Mornings by what they differ in."""

    grid: dict[tuple[int, int], Outcome]
    """By pupils and megabytes; nobody is refused."""
    rows: dict[tuple[str, int], Outcome]
    """Of the house's size, by row and megabytes; nobody is refused."""
    megabytes: int
    """What is recommended."""
    advised: dict[int, World]
    """By pupils: what is recommended for so many."""
    held: dict[int, Outcome]
    """By pupils: the morning with what is recommended."""
    as_is: dict[int, Outcome]
    """By pupils: the morning with what the template says, in an account that asked for nothing."""
    before: dict[int, Outcome]
    """By pupils: the morning with the throttles that were."""
    rows_held: dict[str, Outcome]
    """Of the house's size, by row: the morning with what is recommended."""
    kept: dict[int, Outcome]
    """Of the house's size, by instances that are kept ready."""


KEPT = (0, 10, 20, 40)


def survey(
    world: World,
    times: Times,
    shape: Shape,
    sizes: tuple[int, ...] = SIZES,
    said: Callable[[int], None] = lambda _: None,
) -> Survey:
    """Run them all: first what a morning asks for, then what it comes to with what is advised.

    Args:
        said: told after each, how many pupils it had.
    """
    wide = boundless(world)
    grid = run_all(
        {(n, mb): Case(_wide(world, mb), shape, n) for n in sizes for mb in MEGABYTES}, times, said
    )
    house = run_all(
        {
            (row.name, mb): Case(row.world, row.shape, HOUSE)
            for mb in MEGABYTES
            for row in rows(_wide(world, mb), shape)
        },
        times,
        said,
    )
    names = [row.name for row in rows(wide, shape)]
    chosen = memory(world, {mb: [house[name, mb] for name in names] for mb in MEGABYTES})
    every = (*sizes, HOUSE)
    asked = run_all(
        {
            (row.name, n): Case(row.world, row.shape, min(n, THIN))
            for n in every
            for row in rows(_wide(world, chosen), shape)
        },
        times,
        said,
    )
    advised = {
        n: limits(
            replace(world, memory=chosen), [asked[name, n] for name in names], n / min(n, THIN)
        )
        for n in sorted(every)
    }
    now = replace(world, logins=BEFORE[0], requests=BEFORE[1])
    last = run_all(
        {("held", n): Case(advised[n], shape, n) for n in advised}
        | {("as is", n): Case(world, shape, n) for n in advised}
        | {("before", n): Case(now, shape, n) for n in advised}
        | {
            ("kept", each): Case(replace(advised[HOUSE], provisioned=each), shape, HOUSE)
            for each in KEPT
        }
        | {
            (row.name, HOUSE): Case(row.world, row.shape, HOUSE)
            for row in rows(advised[HOUSE], shape)
        },
        times,
        said,
    )
    return Survey(
        grid=grid,
        rows=house,
        megabytes=chosen,
        advised=advised,
        held={n: last["held", n] for n in advised},
        as_is={n: last["as is", n] for n in advised},
        before={n: last["before", n] for n in advised},
        rows_held={name: last[name, HOUSE] for name in names},
        kept={each: last["kept", each] for each in KEPT},
    )


def _wide(world: World, megabytes: int) -> World:
    """Without what refuses anybody, but with the rate at which instances start."""
    return replace(boundless(world), memory=megabytes, scaling=world.scaling)


def load(world: World, shape: Shape, sizes: tuple[int, ...] = SIZES) -> int:
    """Pupils of all mornings together, for whoever shows how far it is."""
    row_count = len(rows(world, shape))
    every = (*sizes, HOUSE)
    return (
        sum(sizes) * len(MEGABYTES)
        + HOUSE * len(MEGABYTES) * row_count
        + sum(min(n, THIN) for n in every) * row_count
        + 3 * sum(every)
        + HOUSE * (row_count + len(KEPT))
    )
