"""``users.import_missing``: users of the roster whom a file lacks; counted, or removed.

Asked stretch by stretch of the codes' order, so that neither side ever holds a whole school.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from numo_sso.storage.tables import RosterUser
from numo_sso.support.answers import Answer
from numo_sso.support.imports.lease import check_room, held_lease, spending
from numo_sso.support.imports.roster import person_of
from numo_sso.support.schools.items import get_school
from numo_sso.support.sessions.of_user import end_sessions_of
from numo_sso.support.speech import counted
from numo_sso.support.transaction import commit, until_settled
from numo_sso.support.users.items import delete_user, roster_change
from numo_sso.support.users.masking import user_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numo_sso.support.requests.imports import MissingUsers
    from numo_sso.support.world import Task

_LAST = "\U0010ffff"
_AT_ONCE = 45
"""Users a transaction: two items each, the lease, and the record."""
_SHOWN = 50
_MOST = 1000
"""A request; where there are more, ``next`` is where to go on."""


def missing_users(task: Task) -> Answer:
    """Those between ``after`` and ``until`` who are not among ``codes``."""
    request: MissingUsers = task.request
    get_school(task, request.entrance)
    missing = list(islice(_missing(task), _MOST + 1))
    more, missing = len(missing) > _MOST, missing[:_MOST]
    data = {
        "missing": len(missing),
        "next": missing[-1].persoonscode if more else None,
        "users": [user_data(each, personal=False) for each in missing[:_SHOWN]],
        "removed": 0,
        "sessions_ended": 0,
    }
    if not request.remove or request.dry_run:
        return Answer(
            message=counted(
                "{number} user is not in the file.",
                "{number} users are not in the file.",
                len(missing),
            ),
            data=data,
        )
    check_room(held_lease(task, request.lease or 0), removed=len(missing))  # all or none
    ended = sum(_remove(task, missing[at : at + _AT_ONCE]) for at in _steps(len(missing)))
    data |= {"removed": len(missing), "sessions_ended": ended}
    change = counted(
        "{entrance}: {number} user removed",
        "{entrance}: {number} users removed",
        len(missing),
        entrance=request.entrance,
    )
    return Answer(
        message=counted("{number} user removed.", "{number} users removed.", len(missing)),
        changes=[change] if missing else [],
        data=data,
    )


def _steps(count: int) -> range:
    return range(0, count, _AT_ONCE)


def _missing(task: Task) -> Iterator[RosterUser]:
    request: MissingUsers = task.request
    model, codes = task.world.tables.user, set(request.codes)
    first = model.sort_key("persoonscode", request.after or "")
    last = model.sort_key("persoonscode", request.until or _LAST)
    for user in model.query(request.entrance, model.sk.between(first, last)):
        if user.persoonscode not in codes and user.persoonscode != request.after:
            yield user


def _remove(task: Task, users: list[RosterUser]) -> int:
    """Their sessions go before them, so that none is left of whom nobody knows any more."""
    codes = [user.persoonscode for user in users]
    ended = end_sessions_of(task, codes)
    until_settled(lambda: _delete(task, users))
    return ended + end_sessions_of(task, codes)


def _delete(task: Task, users: list[RosterUser]) -> None:
    lease = held_lease(task, task.request.lease)
    model, entrance = task.world.tables.user, task.request.entrance
    keys = [(entrance, RosterUser.sort_key("persoonscode", each.persoonscode)) for each in users]
    now = [person_of(item) for item in model.batch_get(keys, consistent_read=True)]
    writes = [write for person in now for write in delete_user(task, person)]
    if writes:
        counted = spending(task, lease, removed=len(now))
        commit(task, roster_change(task, {"users_removed": len(now)}), [counted, *writes])
