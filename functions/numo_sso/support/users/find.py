"""``users.find``: by code, by IDGebr, or by part of a name, within one entrance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.codes import normalise_code
from numo_sso.support.answers import Answer
from numo_sso.support.schools.items import get_school
from numo_sso.support.speech import counted, say
from numo_sso.support.transaction import note
from numo_sso.support.users.items import find_item, roster_change
from numo_sso.support.users.masking import user_data
from numo_sso.support.users.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numo_sso.storage.tables import RosterUser
    from numo_sso.support.requests.users import FindUsers
    from numo_sso.support.world import Task

MOST = 50
"""More are not read on the phone: more of the name is asked instead."""


def find_users(task: Task) -> Answer:
    """Who has this code, and whose name has all these words in it."""
    request: FindUsers = task.request
    get_school(task, request.entrance)
    found = {user.persoonscode: user for user in _by_code(task)}
    if not request.text.isdigit():
        for user in _by_name(task):
            found[user.persoonscode] = user
            if len(found) > MOST:
                break
    shown = list(found.values())[:MOST]
    if request.personal_data:
        note(task, roster_change(task, {"read": "find", "users": len(shown)}))
    return Answer(
        message=_message(len(found)),
        next_steps=[] if found else [say("Is it this school? Others are in school.list.")],
        data={
            "users": [user_data(each, personal=request.personal_data) for each in shown],
            "more": len(found) > MOST,
        },
    )


def _by_code(task: Task) -> Iterator[RosterUser]:
    code = normalise_code(task.request.text)
    for kind in ("persoonscode", "idgebr"):
        if user := find_item(task, kind, code):
            yield user


def _by_name(task: Task) -> Iterator[RosterUser]:
    """Reads this entrance's users and nobody else's, page by page, as far as whoever asks does."""
    words = fold(task.request.text).split()
    model = task.world.tables.user
    for user in model.query(task.request.entrance, model.sk.startswith("persoonscode#")):
        name = fold(f"{user.given_name} {user.infix or ''} {user.surname}")
        if all(word in name for word in words):
            yield user


def _message(count: int) -> str:
    if count > MOST:
        return say("More than {most} users; these are the first. Give more of the name.", most=MOST)
    return counted("{number} user.", "{number} users.", count)
