"""``users.export_person``: everything that is kept about one person, for that person."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from numo_sso.pseudonyms import pseudonym
from numo_sso.support.answers import Answer
from numo_sso.support.keys.store import PSEUDONYM, readable_key
from numo_sso.support.near.items import near_of
from numo_sso.support.schools.items import get_school
from numo_sso.support.sessions.of_user import sessions_of
from numo_sso.support.speech import say
from numo_sso.support.transaction import note
from numo_sso.support.users.items import get_user, roster_change
from numo_sso.support.users.masking import user_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pynamodb.models import Model

    from numo_sso.storage.tables import RosterUser, School
    from numo_sso.support.world import Task

_MOST_TRACES = 5000
"""Two weeks of one person; who has more is a program that tries, and the newest tell."""
_INNER = frozenset({"pk", "sk", "user", "ttl"})
"""How it is stored, which is no data about a person."""


def export_person(task: Task) -> Answer:
    """Roster, sessions and traces of one user, in full; the trail keeps that it was asked."""
    school = get_school(task, task.request.entrance)
    user = get_user(task)
    sessions, traces = _sessions(task, user), _traces(task, school, user)
    read = {"read": "export_person", "sessions": len(sessions), "traces": len(traces)}
    note(task, roster_change(task, read))
    return Answer(
        message=say(
            "1 user; sessions: {sessions}; traces of logins: {traces}.",
            sessions=len(sessions),
            traces=len(traces),
        ),
        next_steps=[
            say(
                "Give it to the person or, of a pupil under sixteen, to the parents, by the school."
            ),
            say("Traces go back two weeks, and not beyond a replacement of the pseudonym key."),
        ],
        data={
            "user": user_data(user, personal=True),
            "school": {"entrance": school.entrance, "name": school.name},
            "sessions": sessions,
            "traces": traces,
            "near_misses": _near(task, user),
        },
    )


def _near(task: Task, user: RosterUser) -> list[dict[str, Any]]:
    """Refused logins to whose code theirs is near; the code that came may be another's."""
    found = near_of(task, task.request.entrance, user.persoonscode)
    fields = ("kind", "rule", "names", "seen_at")
    told = (
        {"reference": each.sk} | {name: getattr(each, name) for name in fields} for each in found
    )
    return sorted(told, key=lambda each: (each["seen_at"], each["reference"]))


def _sessions(task: Task, user: RosterUser) -> list[dict[str, Any]]:
    keys = [each.pk for each in sessions_of(task, user.persoonscode)]
    found = task.world.tables.session.batch_get(keys, consistent_read=True)
    return sorted((_plain(each) for each in found), key=lambda each: each["created_at"])


def _traces(task: Task, school: School, user: RosterUser) -> list[dict[str, Any]]:
    model = task.world.tables.trace
    found = [
        (each.pk, each.sk)
        for name in _pseudonyms(task, school, user)
        for each in model.by_user.query(name, scan_index_forward=False, limit=_MOST_TRACES)
    ]
    return sorted((_plain(each) for each in model.batch_get(found)), key=_in_order)


def _pseudonyms(task: Task, school: School, user: RosterUser) -> Iterator[str]:
    """One for each code, at the entrance and at each BRIN where a login may have ended before."""
    parameters = task.world.parameters.read()
    if PSEUDONYM not in parameters:
        return  # nor can anybody have logged in
    key = base64.urlsafe_b64decode(readable_key(PSEUDONYM, parameters[PSEUDONYM])["key"])
    places = [school.entrance, *dict.fromkeys(each.value for each in school.brins)]
    for code in filter(None, (user.persoonscode, user.idgebr)):
        for place in places:
            yield pseudonym(place, code, key)


def _in_order(trace: dict[str, Any]) -> tuple[int, str]:
    return trace["at"], trace["reference"]


def _plain(item: Model) -> dict[str, Any]:
    """An item as JSON takes it."""
    fields = {name: value for name, value in item.attribute_values.items() if name not in _INNER}
    return {
        name: sorted(value) if isinstance(value, (set, frozenset)) else value
        for name, value in fields.items()
    }
