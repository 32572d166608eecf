"""When pupils click: a bell of lessons that begin, or what a log says of a morning."""

from __future__ import annotations

import csv
from bisect import bisect_left
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Protocol

from bell.crowds import IN_ROOM, LESSONS

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from bell.crowds import Crowd

WINDOW = 600.0
"""Seconds: 08:25 to 08:35."""
CLASS = 30
"""Pupils who click because one teacher said so."""


class Shape(Hashable, Protocol):
    """A shape of arrivals within the window."""

    @property
    def name(self) -> str: ...

    def clicks(self, pupils: int, random: Random) -> list[float]:
        """Seconds from the window's beginning, in order: one for each pupil."""


@dataclass(frozen=True)
class Bell:
    """Lessons begin around the middle, and a class clicks around its lesson's beginning.

    Args:
        lessons: standard deviation of the lessons' beginnings, in seconds; None: spread evenly.
        crowds: kinds of classes, whose shares are one together.
    """

    lessons: float | None = LESSONS
    crowds: tuple[Crowd, ...] = IN_ROOM

    @property
    def name(self) -> str:
        return "even" if self.lessons is None else f"bell of {self.lessons:g} s"

    def clicks(self, pupils: int, random: Random) -> list[float]:
        found: list[float] = []
        shares = [each.share for each in self.crowds]
        while len(found) < pupils:
            begins = self._lesson(random)
            (crowd,) = random.choices(self.crowds, shares)
            size = min(CLASS, pupils - len(found))
            found += (abs(begins + crowd.click(random)) for _ in range(size))
        return sorted(found)

    def _lesson(self, random: Random) -> float:
        if self.lessons is None:
            return random.uniform(0, WINDOW)
        while not 0 <= (at := random.gauss(WINDOW / 2, self.lessons)) <= WINDOW:
            pass
        return at


@dataclass(frozen=True)
class Measured:
    """Clicks as they were counted: so many in each of these seconds, which need not all be there.

    They are drawn one by one, so that any number of pupils has this shape.
    """

    name: str
    seconds: tuple[float, ...]
    counts: tuple[float, ...]
    width: float = 1.0
    """Seconds that a count stands for."""

    def clicks(self, pupils: int, random: Random) -> list[float]:
        sums = list(accumulate(self.counts))
        drawn = (bisect_left(sums, random.uniform(0, sums[-1])) for _ in range(pupils))
        return sorted(self.seconds[at] + random.uniform(0, self.width) for at in drawn)


def read_shape(path: Path) -> Measured:
    """The shape in a CSV of two columns, as Logs Insights exports the query ``arrivals``.

    The first column is a time as Insights writes it, or seconds from any start; the second a count.
    A first line without numbers is a heading.

    Raises:
        ValueError: a line is neither, or nobody clicked at all.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.reader(file) if row]
    if rows and not _is_count(rows[0][-1]):
        rows = rows[1:]
    try:
        counted = sorted((_seconds(when), float(count)) for when, count, *_ in rows)
    except ValueError as error:
        raise ValueError(f"{path}: not lines of a time and a count ({error})") from error
    if sum(count for _, count in counted) <= 0:
        raise ValueError(f"{path}: nobody clicked")
    first = counted[0][0]
    gaps = [after - before for (before, _), (after, _) in pairwise(counted)]
    return Measured(
        path.name,
        tuple(when - first for when, _ in counted),
        tuple(count for _, count in counted),
        min((gap for gap in gaps if gap > 0), default=1.0),
    )


def _is_count(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _seconds(text: str) -> float:
    if _is_count(text):
        return float(text)
    return datetime.fromisoformat(f"{text.strip().removesuffix('Z')}+00:00").timestamp()
