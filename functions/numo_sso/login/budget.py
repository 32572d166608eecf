"""How often something may go wrong before it is answered without any work.

Kept in the memory of one instance: a count that junk could make us write to storage would be the
better attack. Instances do not know of each other, so a budget slows; it does not count exactly.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network

_MAX_KEYS = 20_000
_IPV6_HOUSEHOLD = 64


@dataclass
class Budget:
    """A bucket of failures for each key, which fills again with time.

    Args:
        failures: how many a key may spend at once.
        seconds: after how many seconds one more is allowed.
    """

    failures: int
    seconds: float
    _spent: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict, init=False)
    """By key: how much was spent, and when that was so."""

    def spent(self, key: str, now: float) -> bool:
        """Whether ``key`` has nothing left."""
        return self._level(key, now) > self.failures - 1

    def spend(self, key: str, now: float) -> None:
        """Count one failure of ``key``. The keys that were quiet longest are forgotten first."""
        self._spent[key] = (self._level(key, now) + 1, now)
        self._spent.move_to_end(key)
        if len(self._spent) > _MAX_KEYS:
            self._spent.popitem(last=False)

    def take(self, key: str, now: float) -> bool:
        """Spend one, and say whether there was one to spend."""
        if self.spent(key, now):
            return False
        self.spend(key, now)
        return True

    def _level(self, key: str, now: float) -> float:
        level, at = self._spent.get(key, (0.0, now))
        return max(0.0, level - max(0.0, now - at) / self.seconds)


@dataclass(frozen=True)
class Budgets:
    """What may go wrong at the ACS, by source and by flow."""

    sources: Budget = field(default_factory=lambda: Budget(failures=30, seconds=6))
    """Posts that fail before verification. A school is one source, so whoever holds a flow of
    ours is let through even when its source has spent all."""
    flows: Budget = field(default_factory=lambda: Budget(failures=10, seconds=60))
    """Posts of one flow that fail, or that come again after it was answered; and asking what came
    of it before anything did."""
    traces: Budget = field(default_factory=lambda: Budget(failures=3, seconds=600))
    """Traces that one flow's failures before verification may write."""


def source_of(address: str) -> str:
    """The part of a network that counts as one source: an IPv4 address, or an IPv6 household.

    Args:
        address: as the gateway saw it; never what a header claims.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 4:  # noqa: PLR2004  # the protocol's own number
        return str(parsed)
    mapped = parsed.ipv4_mapped
    return str(mapped or ip_network((parsed, _IPV6_HOUSEHOLD), strict=False))
