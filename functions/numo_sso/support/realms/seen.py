"""What logins have shown: pairs that were learned, and pairs that wait."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from numo_sso.schools import AcceptedPair

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numo_sso.storage.tables import LearnedPair
    from numo_sso.support.world import Task

MAX_PAIRS = 40
"""A provider can send as many realms as it likes, so a list of them has an end."""
MAX_LOGINS = 500
"""Of one pair. A school that moves is refused at every click of every pupil."""
_BEHIND = "$"
"""The sign after the ``#`` that ends a pair's part of the key."""


@dataclass(frozen=True)
class Sighting:
    """One pair, and the logins that showed it while it was not known."""

    pair: AcceptedPair
    logins: int
    more: bool
    """There are more logins than :data:`MAX_LOGINS`; the times are of those that were counted."""
    first_seen: int
    last_seen: int
    forgotten: int
    """When the last item of it is deleted."""


@dataclass(frozen=True)
class Seen:
    """The pairs under one key."""

    sightings: tuple[Sighting, ...]
    more: bool
    """There are more pairs than :data:`MAX_PAIRS`."""

    @property
    def pairs(self) -> frozenset[AcceptedPair]:
        return frozenset(each.pair for each in self.sightings)


def learned(task: Task, entrance: str) -> Seen:
    """The pairs that good logins taught."""
    return _read(task, task.world.tables.learned.key(entrance))


def waiting(task: Task, entrance: str) -> Seen:
    """The pairs for which logins were refused in the last two weeks; some may be known by now."""
    return _read(task, task.world.tables.learned.waiting_key(entrance))


def _read(task: Task, key: str) -> Seen:
    """Pair by pair, so that no number of logins of one hides another."""
    model = task.world.tables.learned
    found: list[Sighting] = []
    after = _BEHIND
    while len(found) <= MAX_PAIRS:
        item = next(iter(model.query(key, model.sk > after, consistent_read=True, limit=1)), None)
        if item is None:
            return Seen(tuple(found), more=False)
        digest = item.sk.partition("#")[0]
        of_pair = model.sk.startswith(f"{digest}#")
        items = model.query(key, of_pair, consistent_read=True, limit=MAX_LOGINS + 1)
        found.append(_sighting([item, *items]))
        after = digest + _BEHIND
    return Seen(tuple(found[:MAX_PAIRS]), more=True)


def _sighting(items: Sequence[LearnedPair]) -> Sighting:
    """The first of ``items`` is there twice, in case all of them are deleted in between."""
    counted = {each.sk: each for each in items}
    times = [int(each.seen_at) for each in counted.values()]
    return Sighting(
        pair=AcceptedPair(items[0].authority, items[0].realm),
        logins=min(len(counted), MAX_LOGINS),
        more=len(counted) > MAX_LOGINS,
        first_seen=min(times),
        last_seen=max(times),
        forgotten=max(int(each.ttl) for each in counted.values()),
    )
