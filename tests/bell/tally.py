"""What is counted while a morning happens."""

from __future__ import annotations

from array import array
from collections import Counter

from bell.outcome import Outcome


class Tally:
    """Counts of requests, and of each pupil how long the wait was."""

    def __init__(self, pupils: int) -> None:
        self.waited = array("d", bytes(8 * pupils))
        self.looked = bytearray(pupils)
        """Looks that each pupil has had; who had one is in."""
        self.met_cold = bytearray(pupils)
        self.requests, self.refused = Counter[str](), Counter[str]()
        self.busy = {"login": 0.0, "session": 0.0}
        self.lost = self.throttled = self.cold = 0
        self._seconds = {"responses": Counter[int](), "cold": Counter[int]()}

    def served(self, route: str, pupil: int, seconds: float, waited: float) -> None:
        """A request had so many seconds of an instance, and its pupil waited so long for it."""
        self.busy["session" if route == "look" else "login"] += seconds
        if not self.looked[pupil]:
            self.waited[pupil] += waited

    def second(self, what: str, now: float) -> None:
        self._seconds[what][int(now)] += 1

    def outcome(self, in_flight: int, asked: dict[str, int]) -> Outcome:
        """All of it. ``asked`` is what the gateway saw in its busiest seconds."""
        entered = zip(self.waited, self.looked, strict=True)
        busiest = {what: max(each.values(), default=0) for what, each in self._seconds.items()}
        return Outcome(
            pupils=len(self.waited),
            waits=sorted(waited for waited, looked in entered if looked),
            lost=self.lost,
            met_cold=sum(self.met_cold),
            cold=self.cold,
            requests=dict(self.requests),
            refused=dict(self.refused),
            in_flight=in_flight,
            busy=self.busy,
            throttled=self.throttled,
            second=asked | busiest,
        )
