"""``users.disable`` and ``users.enable``: whether one user may log in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from numo_sso.support.answers import Answer
from numo_sso.support.imports.roster import person_of
from numo_sso.support.schools.items import get_school
from numo_sso.support.sessions.of_user import end_user_sessions, ended_lines
from numo_sso.support.speech import later, say
from numo_sso.support.transaction import commit, until_settled
from numo_sso.support.users.items import get_user, put_user, roster_change
from numo_sso.support.words import role_word

if TYPE_CHECKING:
    from numo_sso.support.imports.plan import Person
    from numo_sso.support.world import Task


def disable_user(task: Task) -> Answer:
    """Refuse this user's logins, and end their sessions. Imports leave it so."""
    person, changed = until_settled(lambda: _set(task, active=False))
    ended = end_user_sessions(task, person.persoonscode)
    template = (
        later("This {role} would be disabled.")
        if task.request.dry_run
        else later("This {role} is disabled.")
    )
    return Answer(
        message=say(template, role=role_word(person.role)),
        changes=[*([say("disabled")] if changed else []), *ended_lines(ended)],
        next_steps=[
            say(
                "A login of this very moment can still pass: disable once more to end that session."
            ),
            say(
                "To let them in again: users.enable for {entrance}.", entrance=task.request.entrance
            ),
        ],
        data={"sessions_ended": ended},
    )


def enable_user(task: Task) -> Answer:
    """Let a disabled user in again."""
    person, changed = until_settled(lambda: _set(task, active=True))
    template = (
        later("This {role} would be enabled.")
        if task.request.dry_run
        else later("This {role} is enabled.")
    )
    return Answer(
        message=say(template, role=role_word(person.role)),
        changes=[say("enabled")] if changed else [],
    )


def _set(task: Task, *, active: bool) -> tuple[Person, bool]:
    get_school(task, task.request.entrance)
    before = person_of(get_user(task))
    changed = before.active is not active
    if changed and not task.request.dry_run:
        change = roster_change(task, {"active": active, "users_written": 1})
        commit(task, change, put_user(task, before, replace(before, active=active)))
    return before, changed
