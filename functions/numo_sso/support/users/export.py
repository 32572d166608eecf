"""``users.export``: the users of an entrance, a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.support.answers import Answer
from numo_sso.support.schools.items import get_school
from numo_sso.support.speech import counted
from numo_sso.support.transaction import note
from numo_sso.support.users.items import roster_change
from numo_sso.support.users.masking import user_data

if TYPE_CHECKING:
    from numo_sso.support.requests.users import ExportUsers
    from numo_sso.support.world import Task

_LAST = "persoonscode#\U0010ffff"


def export_users(task: Task) -> Answer:
    """The users after ``after`` in the order of their codes; every page leaves its record.

    A masked page is recorded too, since ``next`` is a code: the command keeps it to itself.
    """
    request: ExportUsers = task.request
    get_school(task, request.entrance)
    model = task.world.tables.user
    first = model.sort_key("persoonscode", request.after or "")
    # Inclusive, so one more is read where the page before ended.
    found = list(
        model.query(request.entrance, model.sk.between(first, _LAST), limit=request.limit + 2)
    )
    users = [each for each in found if each.persoonscode != request.after]
    page = users[: request.limit]
    read = {"read": "export", "users": len(page), "personal_data": request.personal_data}
    note(task, roster_change(task, read))
    return Answer(
        message=counted("{number} user.", "{number} users.", len(page)),
        data={
            "users": [user_data(each, personal=request.personal_data) for each in page],
            "next": page[-1].persoonscode if len(users) > request.limit else None,
        },
    )
