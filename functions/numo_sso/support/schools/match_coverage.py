"""How many users of a school could log in under each match rule, and whose sessions do not fit."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from numo_sso.schools import MatchRule
from numo_sso.storage.tables import RosterUser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numo_sso.storage.tables import Session
    from numo_sso.support.world import Task

_BATCH = 100


def read_coverage(task: Task) -> dict[str, int]:
    """Active users with a code of each kind, by the name of its rule: counted, not fetched."""
    model, entrance = task.world.tables.user, task.request.entrance
    return {
        rule.value: model.count(
            entrance,
            model.sk.startswith(f"{rule.value}#"),
            model.active == True,  # noqa: E712
        )
        for rule in MatchRule
    }


def unmatched_sessions(task: Task) -> Iterator[Session]:
    """Sessions of users without an IDGebr: by that rule they could not have come in."""
    model = task.world.tables.session
    found = iter(model.by_school.query(task.request.entrance))
    while keys := [each.pk for each in islice(found, _BATCH)]:
        sessions = list(model.batch_get(keys, consistent_read=True))
        linked = _linked(task, {each.persoonscode for each in sessions})
        yield from (each for each in sessions if each.persoonscode not in linked)


def _linked(task: Task, persoonscodes: set[str]) -> set[str]:
    model, entrance = task.world.tables.user, task.request.entrance
    keys = [(entrance, RosterUser.sort_key("persoonscode", each)) for each in persoonscodes]
    users = model.batch_get(keys, consistent_read=True)
    return {user.persoonscode for user in users if user.idgebr}
