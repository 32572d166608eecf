"""Who answers a request: instances of a function as Lambda keeps them, or servers with a queue."""

from __future__ import annotations

from enum import IntEnum
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Protocol

from bell.buckets import Bucket

if TYPE_CHECKING:
    from collections.abc import Sequence


class Kind(IntEnum):
    """What a request met. Of those from REFUSED on it met no instance."""

    PROVISIONED = 0
    WARM = 1
    COLD = 2
    FULL = 3
    """The account's concurrency is used up, or its requests a second."""
    SCALING = 4
    """The function may start no more instances just now."""


REFUSED_BY = {Kind.FULL: "concurrency", Kind.SCALING: "scaling rate"}
"""Who refused a request that the gateway had let through."""


class Server(Protocol):
    """What answers requests, one after the other as they arrive."""

    begins: float
    """When the request that was let in last is begun with."""

    def enter(self, now: float) -> Kind:
        """A request arrives; where it is let in its end is told by :meth:`leave`."""

    def leave(self, at: float, kind: Kind) -> float:
        """Such a request, let in as ``kind``, ends at this time, or at that which is returned."""


class Account:
    """What all functions share: so many executions at once, and ten times as many a second."""

    def __init__(self, quota: int) -> None:
        self.quota = quota
        self.in_flight = self.peak = 0
        self.requests = Bucket(10.0 * quota, 10.0 * quota)
        self.pools: list[Pool] = []

    def settle(self, now: float) -> None:
        for pool in self.pools:
            pool.settle(now)


class Pool:
    """A function's instances. ``provisioned`` ones are warm, and taken from the account for good.

    An instance answers one request at a time and is idle afterwards; that Lambda ends idle ones
    after some minutes is left out, as a morning is no longer.
    """

    __slots__ = (
        "_busy", "_busy_provisioned", "_idle", "_idle_provisioned", "_scaling",
        "account", "begins", "cold",
    )  # fmt: skip

    def __init__(self, account: Account, scaling: Bucket, provisioned: int = 0) -> None:
        self.account = account
        account.quota -= provisioned
        account.pools.append(self)
        self._scaling = scaling
        self._busy: list[float] = []
        self._busy_provisioned: list[float] = []
        self._idle = self.cold = 0
        self._idle_provisioned = provisioned
        self.begins = 0.0

    def settle(self, now: float) -> None:
        """Let those whose request is over be idle."""
        while self._busy and self._busy[0] <= now:
            heappop(self._busy)
            self._idle += 1
            self.account.in_flight -= 1
        while self._busy_provisioned and self._busy_provisioned[0] <= now:
            heappop(self._busy_provisioned)
            self._idle_provisioned += 1

    def enter(self, now: float) -> Kind:
        account = self.account
        account.settle(now)
        self.begins = now
        if self._idle_provisioned:
            self._idle_provisioned -= 1
            return Kind.PROVISIONED
        if account.in_flight >= account.quota or not account.requests.take(now):
            return Kind.FULL
        if not self._idle:
            if not self._scaling.take(now):
                return Kind.SCALING
            self.cold += 1
            self._count()
            return Kind.COLD
        self._idle -= 1
        self._count()
        return Kind.WARM

    def leave(self, at: float, kind: Kind) -> float:
        heappush(self._busy_provisioned if kind is Kind.PROVISIONED else self._busy, at)
        return at

    def _count(self) -> None:
        account = self.account
        account.in_flight += 1
        account.peak = max(account.peak, account.in_flight)


class Queue:
    """So many servers before which requests wait in line.

    Args:
        crowded: how many times as long a request takes that was not alone.
    """

    def __init__(self, servers: int, crowded: float = 1.0) -> None:
        self._free = [0.0] * servers
        self._crowded, self._longer = crowded, 1.0
        self.begins = 0.0

    def enter(self, now: float) -> Kind:
        free = heappop(self._free)
        self.begins = max(now, free)
        self._longer = self._crowded if free > now else 1.0
        return Kind.WARM

    def leave(self, at: float, kind: Kind) -> float:
        del kind
        at = self.begins + (at - self.begins) * self._longer
        heappush(self._free, at)
        return at

    def interrupt(self, now: float, seconds: float) -> bool:
        """Take so long of a server that is busy, and say whether it was."""
        if self._free[0] <= now:
            return False
        heappush(self._free, heappop(self._free) + seconds)
        return True


class Beside:
    """What answers at once, in turns with a busy queue: two threads of one interpreter."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue
        self.begins = 0.0

    def enter(self, now: float) -> Kind:
        self.begins = now
        return Kind.WARM

    def leave(self, at: float, kind: Kind) -> float:
        del kind
        took = at - self.begins
        return at + took if self._queue.interrupt(self.begins, took) else at


def lambda_pools(quota: int, scaling: float, provisioned: Sequence[int]) -> list[Pool]:
    """A pool for each number of provisioned instances, in one account.

    Args:
        scaling: instances that a function may start in ten seconds.
    """
    account = Account(quota)
    return [Pool(account, Bucket(scaling / 10, scaling), each) for each in provisioned]
