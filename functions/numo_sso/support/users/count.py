"""How many users a school has: counted when asked, and kept a while beside the school.

The kept number is a copy that can be made again any time: keeping it is no change and leaves no
record. Whatever changes a roster through support forgets it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from numo_sso.storage.lifetimes import DAY
from numo_sso.storage.tables import RosterCount

if TYPE_CHECKING:
    from numo_sso.support.world import Task

MAX_COUNTED = 20_000
"""Of one school in a report: some 6 MB of roster."""
_LARGE_KEEPS = 7 * DAY
"""So long the number of a larger school serves, which only a check counts to its end."""


@dataclass(frozen=True)
class UserCount:
    users: int
    more: bool
    """There are more: counting ended at a bound."""
    counted_at: int


def count_users(
    task: Task, entrance: str, kept: RosterCount | None, *, limit: int = MAX_COUNTED
) -> UserCount:
    """The number that is kept, where it is of the last day; else counted anew, up to a bound."""
    if kept is not None and _serves(kept, task.now):
        return UserCount(int(kept.users), bool(kept.more), int(kept.counted_at))
    model = task.world.tables.user
    # pynamodb's own count takes a limit for the size of a page, and goes on to the end
    found = model.query(
        entrance, model.sk.startswith("persoonscode#"), limit=limit, attributes_to_get=["role"]
    )
    users = sum(1 for _ in found)
    counted = UserCount(users, users >= limit, int(task.now))
    keep_count(task, entrance, users, more=counted.more)
    return counted


def kept_counts(task: Task) -> dict[str, RosterCount]:
    """The numbers that are kept, by entrance."""
    model = task.world.tables.roster_count
    return {
        each.pk.removeprefix(RosterCount.key("")): each for each in model.scan(model.sk == "users")
    }


def has_users(task: Task, entrance: str) -> bool:
    """Whether there is one at all: one item is read."""
    model = task.world.tables.user
    found = model.query(entrance, model.sk.startswith("persoonscode#"), limit=1)
    return next(iter(found), None) is not None


def keep_count(task: Task, entrance: str, users: int, *, more: bool) -> None:
    if task.request.dry_run:
        return
    model = task.world.tables.roster_count
    model(
        RosterCount.key(entrance), "users", users=users, more=more, counted_at=int(task.now)
    ).save()


def forget_count(task: Task, entrance: str) -> None:
    task.world.tables.roster_count(RosterCount.key(entrance), "users").delete()


def _serves(kept: RosterCount, now: float) -> bool:
    large = kept.users >= MAX_COUNTED and not kept.more
    return bool(now - kept.counted_at < (_LARGE_KEEPS if large else DAY))
