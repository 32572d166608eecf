"""The day's clock, which moves when the day's script says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

BEGAN = datetime(2026, 11, 23, 23, tzinfo=UTC).timestamp()
"""Midnight on Dutch clocks."""
HOUR = 3600


@dataclass(eq=False)  # it is a default of dataclasses, as time.time is, and so has to be hashable
class Clock:
    """Seconds since 1970, as :func:`time.time` gives them."""

    now: float = BEGAN

    def __call__(self) -> float:
        return self.now

    @property
    def hour(self) -> float:
        """Of the day, with its fraction."""
        return (self.now - BEGAN) / HOUR
