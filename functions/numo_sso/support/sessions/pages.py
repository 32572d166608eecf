"""Sessions of a school or a user by index: keys, page by page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.speech import say

if TYPE_CHECKING:
    from pynamodb.indexes import GlobalSecondaryIndex

    from numo_sso.storage.tables import Session
    from numo_sso.support.world import Task

_CURSOR = re.compile(r"(\d{1,12}):([0-9a-zA-Z]{1,64})", re.ASCII)


def read_keys(task: Task, limit: int, after: str = "") -> tuple[list[Session], str]:
    """The oldest sessions beyond ``after``, by key only; and where to go on, empty at the end.

    Raises:
        SupportRefusal: ``cursor-malformed``.
    """
    request, model = task.request, task.world.tables.session
    index: GlobalSecondaryIndex[Session] = model.by_school
    name, value = "entrance", request.entrance
    if request.persoonscode is not None:
        index, name, value = model.by_user, "user", f"{request.entrance}#{request.persoonscode}"
    start = _start(task, after) | {name: {"S": value}} if after else None
    found = index.query(value, limit=limit + 1, last_evaluated_key=start)
    keys = list(found)
    more = len(keys) > limit
    return keys[:limit], _cursor(task, keys[limit - 1]) if more else ""


def _cursor(task: Task, last: Session) -> str:
    return f"{int(last.created_at)}:{last.pk.removeprefix(task.world.tables.session.key(''))}"


def _start(task: Task, after: str) -> dict[str, Any]:
    found = _CURSOR.fullmatch(after)
    if found is None:
        raise SupportRefusal(
            "cursor-malformed",
            say("That is no place in a list."),
            say("Take it from data.next, as it is."),
        )
    key = task.world.tables.session.key(found[2])
    return {"pk": {"S": key}, "created_at": {"N": found[1]}}
