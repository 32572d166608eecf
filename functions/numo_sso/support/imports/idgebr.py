"""``users.idgebr``: IDGebrs to the users who are there; and ``users.unlinked``: who has none."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from numo_sso.support.answers import Answer
from numo_sso.support.imports.apply import import_reading
from numo_sso.support.imports.roster import read_people
from numo_sso.support.imports.rows import UserRow, read_links
from numo_sso.support.schools.items import get_school
from numo_sso.support.speech import later, say
from numo_sso.support.transaction import note
from numo_sso.support.users.items import roster_change
from numo_sso.support.users.masking import user_data

if TYPE_CHECKING:
    from numo_sso.support.imports.apply import Reading
    from numo_sso.support.imports.plan import Person
    from numo_sso.support.imports.rows import LinkRow
    from numo_sso.support.requests.imports import ImportUsers, UnlinkedUsers
    from numo_sso.support.world import Task

_SHOWN = 500


def link_users(task: Task) -> Answer:
    """Give each user the IDGebr of their row, and say which rows are nobody's.

    It is an import of rows whose other columns are as the roster has them; so everything that
    holds of an import (lease, moves, what may change) holds of it too.
    """
    request: ImportUsers = task.request
    links, _ = read_links(request.rows)
    get_school(task, request.entrance)
    known = read_people(task, (link.persoonscode for link in links))
    nobody = [link.line for link in links if link.persoonscode not in known]
    answer = import_reading(task, lambda: _reading(task))
    empty = sum(1 for link in links if link.persoonscode in known and not link.idgebr)
    counts = answer.data["counts"] | {"nobody": len(nobody), "empty": empty}
    return replace(answer, data=answer.data | {"counts": counts, "nobody": nobody})


def list_unlinked(task: Task) -> Answer:
    """Users without an IDGebr, as many as can be looked at."""
    request: UnlinkedUsers = task.request
    get_school(task, request.entrance)
    model = task.world.tables.user
    kind, none = model.sk.startswith("persoonscode#"), model.idgebr.does_not_exist()
    found = list(islice(model.query(request.entrance, kind, none), _SHOWN + 1))
    shown = found[:_SHOWN]
    if request.personal_data:
        note(task, roster_change(task, {"read": "unlinked", "users": len(shown)}))
    more = len(found) > _SHOWN
    template = (
        later("Users without an IDGebr: more than {number}.")
        if more
        else later("Users without an IDGebr: {number}.")
    )
    return Answer(
        message=say(template, number=len(shown)),
        data={
            "users": [user_data(each, personal=request.personal_data) for each in shown],
            "more": more,
        },
    )


def _reading(task: Task) -> Reading:
    """The rows of users whom there are, with the rest of them as it is at this moment."""
    links, invalid = read_links(task.request.rows)
    known = read_people(task, (link.persoonscode for link in links))
    rows = [_row(known[link.persoonscode], link) for link in links if link.persoonscode in known]
    return rows, invalid


def _row(person: Person, link: LinkRow) -> UserRow:
    return UserRow.model_construct(
        line=link.line,
        persoonscode=link.persoonscode,
        idgebr=link.idgebr,
        given_name=person.given_name,
        surname=person.surname,
    )
