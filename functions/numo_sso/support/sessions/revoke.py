"""``session.revoke``: end the sessions of one user, or of one school, on the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.support.answers import Answer
from numo_sso.support.schools.items import get_school
from numo_sso.support.sessions.of_school import told
from numo_sso.support.sessions.pages import read_keys
from numo_sso.support.speech import counted, say
from numo_sso.support.transaction import note
from numo_sso.support.users.items import roster_change

if TYPE_CHECKING:
    from numo_sso.support.requests.sessions import RevokeSessions
    from numo_sso.support.world import Task


def revoke_sessions(task: Task) -> Answer:
    """End as many as one request may; asked again, the rest. Nobody's code is in the record.

    Raises:
        SupportRefusal: ``entrance-unknown``.
    """
    request: RevokeSessions = task.request
    get_school(task, request.entrance)
    keys, following = read_keys(task, request.limit)
    if keys and not request.dry_run:
        whose = "school" if request.persoonscode is None else "user"
        note(task, roster_change(task, {"sessions_ended": len(keys), "of": whose}))
        for each in keys:
            task.world.tables.session(each.pk).delete()
    more = bool(following)
    return Answer(
        message=_message(len(keys), more=more, dry_run=request.dry_run),
        changes=told(task, len(keys)),
        next_steps=_steps(task, more=more),
        data={"ended": len(keys), "more": more},
    )


def _message(ended: int, *, more: bool, dry_run: bool) -> str:
    if dry_run and more:
        return counted(
            "{number} session would end; more are left.",
            "{number} sessions would end; more are left.",
            ended,
        )
    if dry_run:
        return counted("{number} session would end.", "{number} sessions would end.", ended)
    if more:
        return counted(
            "{number} session ended; more are left.",
            "{number} sessions ended; more are left.",
            ended,
        )
    return counted("{number} session ended.", "{number} sessions ended.", ended)


def _steps(task: Task, *, more: bool) -> list[str]:
    if more:
        return [say("Ask again, until none is left.")]
    if task.request.persoonscode is None:
        return [say("Whoever logs in again comes in. To let nobody in: school.suspend.")]
    return [say("The user can log in again. Not to be let in again: users.disable.")]
