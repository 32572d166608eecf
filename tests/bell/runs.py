"""Mornings by the dozen, on all processors of this machine."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from multiprocessing import get_context
from random import Random
from typing import TYPE_CHECKING

from bell.chance import Chance
from bell.morning import Morning

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeVar

    from bell.outcome import Outcome
    from bell.shapes import Shape
    from bell.world import Times, World

    Key = TypeVar("Key")

SEED = 830


@dataclass(frozen=True)
class Case:
    """One morning to run."""

    world: World
    shape: Shape
    pupils: int


def run(case: Case, times: Times, seed: int = SEED) -> Outcome:
    """One morning. The same seed lets the same pupils click at the same moments."""
    chance = Chance(case.world, times, Random(seed))
    return Morning(case.world, chance, _clicks(case.shape, case.pupils, seed)).run()


def run_all(
    cases: Mapping[Key, Case], times: Times, said: Callable[[int], None] = lambda _: None
) -> dict[Key, Outcome]:
    """All of them, the largest first, each by the key that it has.

    Args:
        said: told after each, how many pupils it had.
    """
    largest_first = sorted(cases, key=lambda key: -cases[key].pupils)
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        begun = {key: pool.submit(_summary, cases[key], times) for key in largest_first}
        for key, future in begun.items():
            future.add_done_callback(partial(_said, said, cases[key].pupils))
        return {key: begun[key].result() for key in cases}


def _said(said: Callable[[int], None], pupils: int, _done: object) -> None:
    said(pupils)


def _summary(case: Case, times: Times) -> Outcome:
    return run(case, times).summary


@lru_cache(maxsize=2)
def _clicks(shape: Shape, pupils: int, seed: int) -> list[float]:
    return shape.clicks(pupils, Random(seed + 1))
