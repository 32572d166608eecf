"""The gateway's throttles: by route, and by the account."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bell.buckets import Bucket

if TYPE_CHECKING:
    from bell.world import Throttle, World


class Gateway:
    """Lets requests through, or answers 429 itself; and counts them by second."""

    def __init__(self, world: World) -> None:
        self._account = _bucket(world.account)
        starts, looks = _bucket(world.logins), _bucket(world.requests)
        responses = starts if world.one_bucket else _bucket(world.logins)
        self._by_route = {"start": starts, "acs": responses, "look": looks}
        same = "start" if world.one_bucket else "acs"
        self._counted = {"start": "start", "acs": same, "look": "look"}
        self._seconds = {"start": Counter[int](), "acs": Counter[int](), "look": Counter[int]()}

    def admits(self, route: str, now: float) -> bool:
        self._seconds[self._counted[route]][int(now)] += 1
        return self._by_route[route].take(now) and self._account.take(now)

    def busiest(self) -> dict[str, int]:
        """Requests in the busiest second of each throttle, those that were refused too."""
        most = {route: max(each.values(), default=0) for route, each in self._seconds.items()}
        return {"logins": max(most["start"], most["acs"]), "looks": most["look"]}


def _bucket(throttle: Throttle) -> Bucket:
    return Bucket(throttle.rate, throttle.burst)
