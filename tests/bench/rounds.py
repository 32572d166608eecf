"""Measures taken in turn, and what comes of them: medians, spreads, and ratios pair by pair.

On a shared machine a second is worth nothing. Two things that are measured in turn meet the same
weather, so their ratio is.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

ROUNDS = 15


@dataclass(frozen=True)
class Spread:
    """The median of some figures, with the least and the most of them."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, figures: Sequence[float]) -> Spread:
        return cls(median(figures), min(figures), max(figures))


Figures = dict[str, list[float]]


def in_turn(measures: Mapping[str, Callable[[], float]], rounds: int = ROUNDS) -> Figures:
    """Each measure once a round, every round begun by another one; a first round is not kept."""
    names = list(measures)
    figures: Figures = {name: [] for name in names}
    for turn in range(-1, rounds):
        first = turn % len(names)
        for name in (*names[first:], *names[:first]):
            figure = measures[name]()
            if turn >= 0:
                figures[name].append(figure)
    return figures


def ratio(figures: Figures, ours: str, theirs: str) -> Spread:
    """How often ``theirs`` goes into ``ours``, round by round."""
    pairs = zip(figures[ours], figures[theirs], strict=True)
    return Spread.of([mine / other for mine, other in pairs])
