"""Refused codes that somebody nearly has: read for support, and opened where each is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pynamodb.exceptions import DoesNotExist

from numo_sso.near_codes import sealing_context

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numo_sso.storage.tables import NearMissItem
    from numo_sso.support.world import Task

MAX_READ = 20_000
"""Refused logins of one school in two weeks that are looked at."""


class Sealed(Protocol):
    """What login has sealed, with which it cannot do more."""

    def open(self, sealed: bytes, context: dict[str, str]) -> str:
        """The code.

        Raises:
            ClientError: it is sealed for another login, or by another key.
        """
        ...


@dataclass(frozen=True)
class Refusals:
    """All refused logins that carried one code, which somebody nearly has."""

    refused: str
    """Pseudonym of the code."""
    rule: str
    persoonscode: str
    names: str
    logins: int
    last: NearMissItem

    @property
    def reference(self) -> str:
        """Of the newest of them."""
        return str(self.last.sk)


def read_refusals(task: Task, entrance: str, kind: str) -> list[Refusals]:
    """By code, those of the newest login first; only those by the rule that the school has now."""
    model = task.world.tables.near
    found = model.query(model.key(entrance), limit=MAX_READ)
    by_code: dict[str, list[NearMissItem]] = {}
    for item in found:
        if item.kind == kind and item.ttl > task.now:
            by_code.setdefault(item.refused, []).append(item)
    return sorted(map(_together, by_code.values()), key=lambda each: -int(each.last.seen_at))


def find_near(task: Task, entrance: str, reference: str) -> NearMissItem | None:
    """What was kept of one refused login."""
    model = task.world.tables.near
    try:
        return model.get(model.key(entrance), reference)
    except DoesNotExist:
        return None


def near_of(task: Task, entrance: str, persoonscode: str) -> list[NearMissItem]:
    """Refused logins to whose code this user's is near."""
    model = task.world.tables.near
    return list(model.query(model.key(entrance), None, model.persoonscode == persoonscode))


def forget_near(task: Task, entrance: str, persoonscode: str) -> int:
    """Delete them; how many they were, or under ``dry_run`` would be."""
    found = near_of(task, entrance, persoonscode)
    if not task.request.dry_run:
        for item in found:
            item.delete()
    return len(found)


def open_code(task: Task, entrance: str, item: NearMissItem) -> str | None:
    """The refused code; None where it was not sealed. Record it first: see :func:`note`."""
    if item.sealed is None:
        return None
    return task.world.sealed.open(item.sealed, sealing_context(entrance, item.sk))


def _together(items: Iterable[NearMissItem]) -> Refusals:
    """What the newest login met counts: the roster may have changed since the others."""
    ordered = sorted(items, key=lambda each: int(each.seen_at))
    last = ordered[-1]
    return Refusals(
        refused=last.refused,
        rule=last.rule or "",
        persoonscode=last.persoonscode or "",
        names=last.names,
        logins=len(ordered),
        last=last,
    )
