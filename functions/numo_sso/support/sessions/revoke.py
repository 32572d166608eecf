"""``session.revoke``: end the sessions of one user, or of one school, on the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.support.answers import Answer
from numo_sso.support.schools.items import get_school
from numo_sso.support.sessions.pages import read_keys
from numo_sso.support.speech import say
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
    count = f"{len(keys)} session{'' if len(keys) == 1 else 's'}"
    more = bool(following)
    return Answer(
        message=f"{count} {'would end' if request.dry_run else 'ended'}{'; more are left' * more}.",
        changes=[say("{entrance}: {count} ended", entrance=request.entrance, count=count)]
        if keys
        else [],
        next_steps=_steps(task, more=more),
        data={"ended": len(keys), "more": more},
    )


def _steps(task: Task, *, more: bool) -> list[str]:
    if more:
        return [say("Ask again, until none is left.")]
    if task.request.persoonscode is None:
        return [say("Whoever logs in again comes in. To let nobody in: school.suspend.")]
    return [say("The user can log in again. Not to be let in again: users.disable.")]
