"""Chance that is the same for the same pupil in every run of a seed.

Two runs that differ in one setting then differ by that setting alone: the hub that was slow for a
pupil is slow for that pupil in both.
"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

_SIZE = 1 << 14
_Z99 = NormalDist().inv_cdf(0.99)
_ODD = 0x9E3779B1
"""Spreads neighbouring numbers over a table (the golden ratio, as Knuth's hash has it)."""


class Draw:
    """Values of a distribution, shuffled, and looked up by a pupil's number."""

    __slots__ = ("_values",)

    def __init__(self, values: list[float], random: Random) -> None:
        random.shuffle(values)
        self._values = values

    def __call__(self, pupil: int, turn: int = 0) -> float:
        """The value of a pupil's ``turn``-th time."""
        at = (pupil * _ODD >> 7) + (pupil >> 14) * 40_503 + turn * 7_919
        return self._values[at & (_SIZE - 1)]


def lognormal(median: float, most: float, random: Random) -> Draw:
    """A distribution by its median and its 99th percentile; ``most`` as the median: no spread."""
    if median <= 0:
        return Draw([0.0] * _SIZE, random)
    sigma = math.log(most / median) / _Z99
    normal = NormalDist()
    return Draw(
        [median * math.exp(sigma * normal.inv_cdf((k + 0.5) / _SIZE)) for k in range(_SIZE)], random
    )


def uniform(least: float, most: float, random: Random) -> Draw:
    return Draw([least + (most - least) * (k + 0.5) / _SIZE for k in range(_SIZE)], random)


def exponential(mean: float, random: Random) -> Draw:
    return Draw([-mean * math.log1p(-(k + 0.5) / _SIZE) for k in range(_SIZE)], random)


def like(seen: Sequence[float], random: Random) -> Draw:
    """What was seen, each as often."""
    return Draw([seen[k * len(seen) // _SIZE] for k in range(_SIZE)], random)
