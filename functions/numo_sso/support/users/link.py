"""``users.link`` and ``users.unlink``: which IDGebr is whose."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from numo_sso.support.answers import Answer
from numo_sso.support.imports.roster import as_read, person_of, put_person
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.schools.items import get_school
from numo_sso.support.sessions.of_user import end_sessions_of, ended_lines
from numo_sso.support.speech import later, say
from numo_sso.support.transaction import Delete, commit, until_settled
from numo_sso.support.users.items import find_item, get_user, roster_change
from numo_sso.support.words import role_word

if TYPE_CHECKING:
    from numo_sso.support.imports.plan import Person
    from numo_sso.support.requests.users import LinkUser
    from numo_sso.support.transaction import Put
    from numo_sso.support.world import Task

Losing = list[str]
"""Persoonscodes of users who lost an IDGebr."""


def link_user(task: Task) -> Answer:
    """Give a user an IDGebr, in the place of the one they have; or take it from another."""
    school = get_school(task, task.request.entrance)
    losing = until_settled(lambda: _link(task))
    if losing is None:
        return Answer(message=say("This user has that IDGebr already."))
    ended = _end_sessions(task, losing, school.match_rule)
    template = (
        later("The IDGebr would be linked.")
        if task.request.dry_run
        else later("The IDGebr is linked.")
    )
    moved = any(code != task.request.persoonscode for code in losing)
    return Answer(
        message=say(template),
        changes=[
            say("linked"),
            *([say("taken from another user")] if moved else []),
            *ended_lines(ended),
        ],
        next_steps=_steps(task, school.match_rule),
        data={"sessions_ended": ended},
    )


def unlink_user(task: Task) -> Answer:
    """Take a user's IDGebr: nobody logs in by it any more."""
    school = get_school(task, task.request.entrance)
    person, changed = until_settled(lambda: _unlink(task))
    ended = _end_sessions(task, [person.persoonscode], school.match_rule)
    template = (
        later("This {role} would have no IDGebr.")
        if task.request.dry_run
        else later("This {role} has no IDGebr.")
    )
    return Answer(
        message=say(template, role=role_word(person.role)),
        changes=[*([say("unlinked")] if changed else []), *ended_lines(ended)],
        data={"sessions_ended": ended},
    )


def _steps(task: Task, match_rule: str) -> list[str]:
    if match_rule == "idgebr":
        return []
    return [
        say(
            "{entrance} matches by persoonscode, so no login uses it yet.",
            entrance=task.request.entrance,
        )
    ]


def _link(task: Task) -> Losing | None:
    """Who loses an IDGebr by it; None where nothing is to be done."""
    request: LinkUser = task.request
    before = person_of(get_user(task))
    holder = _holder(task)
    if holder is not None and not request.move:
        raise SupportRefusal(
            "idgebr-taken",
            say("Another user has this IDGebr."),
            say(
                "One of the two is mistaken: ask the school. It is taken from the other with move."
            ),
        )
    if before.idgebr == request.idgebr and holder is None:
        return None
    if not request.dry_run:
        change = roster_change(task, {"linked": 1, "moved": int(holder is not None)})
        commit(task, change, _link_writes(task, before, holder))
    return [*([before.persoonscode] if before.idgebr else []), *([holder] if holder else [])]


def _holder(task: Task) -> str | None:
    """The persoonscode of another user who has the IDGebr."""
    linked = find_item(task, "idgebr", task.request.idgebr)
    if linked is None or linked.persoonscode == task.request.persoonscode:
        return None
    return str(linked.persoonscode)


def _link_writes(task: Task, before: Person, holder: str | None) -> list[Put | Delete]:
    """The user's items with the IDGebr; the one by the old and the other user's without."""
    model, after = task.world.tables.user, replace(before, idgebr=task.request.idgebr)
    own = model.persoonscode == before.persoonscode
    expected = model.persoonscode == holder if holder else model.pk.does_not_exist() | own
    writes: list[Put | Delete] = [
        put_person(task, "persoonscode", after, as_read(task, before)),
        put_person(task, "idgebr", after, expected),
    ]
    if before.idgebr and before.idgebr != after.idgebr:
        item = model(task.request.entrance, model.sort_key("idgebr", before.idgebr))
        writes.append(Delete(item, model.pk.does_not_exist() | own))
    other = find_item(task, "persoonscode", holder) if holder else None
    if other is not None and other.idgebr == after.idgebr:
        loser = person_of(other)
        without = replace(loser, idgebr=None)
        writes.append(put_person(task, "persoonscode", without, as_read(task, loser)))
    return writes


def _unlink(task: Task) -> tuple[Person, bool]:
    before = person_of(get_user(task))
    if before.idgebr and not task.request.dry_run:
        model, after = task.world.tables.user, replace(before, idgebr=None)
        item = model(task.request.entrance, model.sort_key("idgebr", before.idgebr))
        own = model.pk.does_not_exist() | (model.persoonscode == before.persoonscode)
        writes: list[Put | Delete] = [
            put_person(task, "persoonscode", after, as_read(task, before)),
            Delete(item, own),
        ]
        commit(task, roster_change(task, {"unlinked": 1}), writes)
    return before, bool(before.idgebr)


def _end_sessions(task: Task, losing: Losing, match_rule: str) -> int:
    """Whoever came in by an IDGebr that is not theirs any more is out."""
    if match_rule != "idgebr":
        return 0
    return end_sessions_of(task, losing)
