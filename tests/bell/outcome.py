"""What a morning came to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass
class Outcome:
    """Counts of a morning, and how long each pupil who got in waited for us.

    The wait is from the first click to the answer of the first ``GET /v1/session``, without the
    time at the hub; with the pauses of somebody who was refused and clicked again.
    """

    pupils: int
    waits: list[float]
    """Seconds of those who got in, in order."""
    lost: int
    """Pupils who gave up."""
    met_cold: int
    """Pupils who waited for an instance to start, once or oftener."""
    cold: int
    """Requests that did."""
    requests: dict[str, int]
    """That an instance answered: by what they asked."""
    refused: dict[str, int] = field(default_factory=dict)
    """By who refused them."""
    in_flight: int = 0
    """Executions at once, at most."""
    busy: dict[str, float] = field(default_factory=dict)
    """Seconds of execution that are paid for, by function; with those of starting."""
    throttled: int = 0
    """Transactions that had to be tried again."""
    second: dict[str, int] = field(default_factory=dict)
    """In the busiest second: requests by the throttle that they meet (``logins``, ``looks``),
    ``responses`` that want to write, and ``cold`` starts of the login."""

    def wait(self, percent: float) -> float:
        """A percentile of the waits, in seconds."""
        if not self.waits:
            return float("inf")
        return self.waits[min(len(self.waits) - 1, int(len(self.waits) * percent / 100))]

    @property
    def summary(self) -> Outcome:
        """The same with a thousand of its waits at most, in order: enough to draw."""
        step = max(1, len(self.waits) // 1000)
        return replace(self, waits=self.waits[step // 2 :: step])

    @property
    def cold_share(self) -> float:
        """Of the pupils: who met a cold start."""
        return self.met_cold / self.pupils

    @property
    def refusals(self) -> int:
        return sum(self.refused.values())
