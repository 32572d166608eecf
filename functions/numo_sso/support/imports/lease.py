"""One import at a time for each entrance: a lease with a number that only ever grows.

Every transaction of an import also updates the lease, on the condition that its number is still
the import's own. So an import that lost its lease can write nothing more, however long it slept;
and the lease counts what was changed, so that no import changes more than was agreed to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pynamodb.exceptions import DoesNotExist, UpdateError

from numo_sso.storage.reading import error_code
from numo_sso.storage.tables import ImportLease
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.speech import say
from numo_sso.support.transaction import Put, Update, commit, until_settled
from numo_sso.support.users.items import roster_change
from numo_sso.times import iso_time

if TYPE_CHECKING:
    from numo_sso.support.world import Task

LEASE_SECONDS = 120
"""Each request and transaction renews it. Whoever is slower may be overtaken."""
_SMALL = 20
"""So many users may change without a word, in a school however small."""
_SHARE = 5
_CONDITION_FAILED = "ConditionalCheckFailedException"


@dataclass(frozen=True)
class Agreed:
    """What an import is about, and how much of a roster it may change."""

    file: str
    """SHA-256 of the file: who sends the same one again goes on where it stopped."""
    changes: int = 0
    removals: int = 0


def take_lease(task: Task, agreed: Agreed, users: int) -> ImportLease:
    """Begin an import; or go on with the same file, whose earlier import then writes no more.

    Args:
        users: how many the entrance has: a part of them may change unasked.

    Raises:
        SupportRefusal: ``import-underway``, of another file.
    """
    return until_settled(lambda: _take(task, agreed, users))


def held_lease(task: Task, token: int) -> ImportLease:
    """The lease with this number, renewed: a stretch of rows that change nothing lasts too.

    Raises:
        SupportRefusal: ``import-superseded``.
    """
    model = task.world.tables.lease
    lease = model(ImportLease.key(task.request.entrance), "import")
    until = int(task.world.clock()) + LEASE_SECONDS
    try:
        lease.update([model.until.set(until)], (model.token == token) & (model.until > 0))
    except UpdateError as error:
        if error_code(error) != _CONDITION_FAILED:
            raise
        raise SupportRefusal(
            "import-superseded",
            say("Another import of this school has begun since, or this one was ended."),
            say("Nothing more was written. Look who it is, then give the whole import again."),
        ) from error
    return lease


def release_lease(task: Task, lease: ImportLease) -> None:
    """Let the next one begin. Its number stays, so that the next is higher."""
    model = task.world.tables.lease
    change = roster_change(
        task, {"import": "end", "lease": int(lease.token), "file_sha256": lease.file}
        | {"users_changed": int(lease.changed), "users_removed": int(lease.removed)},
    )  # fmt: skip
    commit(task, change, [Update(lease, [model.until.set(0)], model.token == lease.token)])


def spending(task: Task, lease: ImportLease, *, changed: int = 0, removed: int = 0) -> Update:
    """The part of a transaction that renews the lease and counts what the others change.

    Raises:
        SupportRefusal: ``change-large`` or ``removal-unconfirmed``.
    """
    model = task.world.tables.lease
    check_room(lease, changed=changed, removed=removed)
    room = (model.changed <= lease.may_change - changed) & (
        model.removed <= lease.may_remove - removed
    )
    until = int(task.world.clock()) + LEASE_SECONDS
    actions = [model.changed.add(changed), model.removed.add(removed), model.until.set(until)]
    return Update(lease, actions, (model.token == lease.token) & (model.until > 0) & room)


def check_free(task: Task, file: str) -> ImportLease | None:
    """The last lease, which is over or of the same file.

    Raises:
        SupportRefusal: ``import-underway``.
    """
    lease = find_lease(task)
    if lease is not None and lease.until > task.world.clock() and lease.file != file:
        raise SupportRefusal(
            "import-underway",
            say(
                "An import of another file into {entrance} is at work: request {request_id}, "
                "since {since}.",
                entrance=task.request.entrance,
                request_id=lease.holder,
                since=iso_time(lease.since),
            ),
            say(
                "Wait for its end. If it was broken off, it is over at {until}; give "
                "the same import again to complete it, or yours.",
                until=iso_time(lease.until),
            ),
        )
    return lease


def find_lease(task: Task) -> ImportLease | None:
    try:
        key = ImportLease.key(task.request.entrance)
        return task.world.tables.lease.get(key, "import", consistent_read=True)
    except DoesNotExist:
        return None


def count_users(task: Task) -> int:
    model = task.world.tables.user
    return model.count(task.request.entrance, model.sk.startswith("persoonscode#"))


def _take(task: Task, agreed: Agreed, users: int) -> ImportLease:
    model, last, now = task.world.tables.lease, check_free(task, agreed.file), task.world.clock()
    lease = model(
        ImportLease.key(task.request.entrance),
        "import",
        token=last.token + 1 if last else 1,
        file=agreed.file,
        holder=task.request_id,
        since=int(now),
        until=int(now) + LEASE_SECONDS,
        may_change=max(agreed.changes, users // _SHARE, _SMALL),
        may_remove=agreed.removals,
    )
    change = roster_change(
        task, {"import": "begin", "lease": int(lease.token), "file_sha256": agreed.file}
        | {"may_change": lease.may_change, "may_remove": lease.may_remove},
    )  # fmt: skip
    as_read = model.token == last.token if last else model.pk.does_not_exist()
    commit(task, change, [Put(lease, as_read)])
    return lease


def check_room(lease: ImportLease, *, changed: int = 0, removed: int = 0) -> None:
    """Let no import change or remove more than was agreed to.

    Raises:
        SupportRefusal: ``change-large`` or ``removal-unconfirmed``.
    """
    if lease.changed + changed > lease.may_change:
        raise SupportRefusal(
            "change-large",
            say(
                "This changes more than the {most} users that may change unasked.",
                most=int(lease.may_change),
            ),
            say("Is it the right file, of the right school? Then say how many: with changes."),
            {"changes": int(lease.changed + changed), "may_change": int(lease.may_change)},
        )
    if lease.removed + removed > lease.may_remove:
        raise SupportRefusal(
            "removal-unconfirmed",
            say(
                "This removes more than the {most} users that were agreed to.",
                most=int(lease.may_remove),
            ),
            say("Look at the plan once more; then begin with as many removals."),
            {"removals": int(lease.removed + removed), "may_remove": int(lease.may_remove)},
        )
