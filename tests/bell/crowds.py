"""How a class clicks, as it was measured elsewhere: in a room, and each from home.

In a room: fifteen sessions of eight to fifteen people, 158 in all, at the machines of a laboratory,
each with a page open whose one button led to a form; when the form was loaded was logged by the
second. The replication package of Hafalir, Kesten, Sherstyuk and Tao's auctions in Honolulu and
Sydney, 2022 (github.com/Misaka-19090/Honolulu-Sydney-Fish-Auction, "PART 1 BEHAVIORAL SURVEY.csv",
StartDate). In eleven sessions most clicked in the same ten seconds, in four each went on alone.
Nine of them, in Sydney, were booked for a full hour: their medians come 334 to 690 s after it, with
a standard deviation of 115 s.

From home: three lectures by Teams and Zoom, 2020 to 2022, whose link was known and which began at
a full hour: 82 of 114 people joined within five minutes of it.

What stands here are twentieths of those distributions, in seconds, and nothing of any person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from random import Random

LESSONS = 115.0
"""Seconds: the standard deviation of the lessons' beginnings about the hour."""


class Crowd(NamedTuple):
    """Classes of one kind."""

    share: float
    """Of all classes."""
    offsets: tuple[float, ...]
    """Quantiles, at equal steps, of a click's seconds after the lesson's beginning."""

    def click(self, random: Random) -> float:
        """When one of them clicks. What was logged was cut to whole seconds."""
        at = random.random() * (len(self.offsets) - 1)
        below = int(at)
        least, most = self.offsets[below : below + 2]
        return least + (most - least) * (at - below) + random.random()


SHARP = Crowd(11 / 15, (-120, -58, -3, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 4, 6, 42))
LOOSE = Crowd(
    4 / 15,
    (-91, -71, -62, -58, -50, -14, -8, -4, -2, 0, 0, 1, 2, 3, 6, 13, 18, 20, 27, 34, 51),
)  # fmt: skip
IN_ROOM = (SHARP, LOOSE)
HOME = Crowd(
    1.0,
    (-276, -151, -119, -96, -82, -57, -36, -25, -12, 16, 34, 43, 58, 69, 94, 102, 127, 164, 198,
     258, 296),
)  # fmt: skip
