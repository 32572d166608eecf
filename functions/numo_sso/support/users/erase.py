"""``users.erase``: one person out of the roster, their sessions, and what was near to their code.

A trace knows a person by a keyed hash only, and is gone in two weeks; the trail knows nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.support.answers import Answer
from numo_sso.support.imports.roster import person_of
from numo_sso.support.near.items import forget_near
from numo_sso.support.schools.items import get_school
from numo_sso.support.sessions.of_user import end_user_sessions, ended_lines
from numo_sso.support.speech import counted, later, say
from numo_sso.support.transaction import commit, until_settled
from numo_sso.support.users.items import delete_user, find_user, roster_change, user_unknown

if TYPE_CHECKING:
    from numo_sso.support.imports.plan import Person
    from numo_sso.support.world import Task


def erase_user(task: Task) -> Answer:
    """Delete both items and every session; once more, and it says that nothing is left.

    Raises:
        SupportRefusal: ``user-unknown``, of an IDGebr: it alone does not say whose sessions.
    """
    get_school(task, task.request.entrance)
    person = until_settled(lambda: _erase(task))
    persoonscode = person.persoonscode if person else task.request.persoonscode
    if persoonscode is None:
        raise user_unknown(task)
    ended = end_user_sessions(task, persoonscode)
    forgotten = forget_near(task, task.request.entrance, persoonscode)
    nothing = person is None and not ended and not forgotten
    return Answer(
        message=_message(task, nothing=nothing),
        changes=[
            *([say("roster: 1 user erased")] if person else []),
            *ended_lines(ended),
            *([_forgotten(forgotten)] if forgotten else []),
        ],
        next_steps=_steps(task.request.entrance, nothing=nothing),
        data={
            "erased": int(person is not None),
            "sessions_ended": ended,
            "near_misses_forgotten": forgotten,
        },
    )


def _message(task: Task, *, nothing: bool) -> str:
    if nothing:
        template = (
            later("Nothing would be erased.")
            if task.request.dry_run
            else later("Nothing is erased.")
        )
    else:
        template = (
            later("This user would be erased.")
            if task.request.dry_run
            else later("This user is erased.")
        )
    return say(template)


def _forgotten(number: int) -> str:
    return counted("{number} near miss forgotten", "{number} near misses forgotten", number)


def _erase(task: Task) -> Person | None:
    user = find_user(task)
    if user is None:
        return None
    person = person_of(user)
    if not task.request.dry_run:
        commit(task, roster_change(task, {"users_erased": 1}), delete_user(task, person))
    return person


def _steps(entrance: str, *, nothing: bool) -> list[str]:
    if nothing:
        return [
            say(
                "{entrance} has nobody with this persoonscode. Is it the right one?",
                entrance=entrance,
            )
        ]
    return [
        say("The school must erase them too, or the next import brings them back."),
        say("Traces hold a pseudonym and no name or code, and are gone within two weeks."),
        say("Backups of the tables (point-in-time recovery) forget them within 35 days."),
    ]
