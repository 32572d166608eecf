"""``school.suspend`` and ``school.resume``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.support.answers import Answer
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.school_items import get_school, put_school, snapshot
from numo_sso.support.transaction import Change, commit, until_settled

if TYPE_CHECKING:
    from numo_sso.support.world import Task


def suspend(task: Task) -> Answer:
    """Let nobody of this school in, and end the sessions that there are."""
    changed, name = until_settled(lambda: _set_state(task, "suspended"))
    ended = _end_sessions(task)
    entrance = task.request.entrance
    changes = [f"{entrance}: suspended"] if changed else []
    if ended:
        changes.append(f"{entrance}: {ended} session{'' if ended == 1 else 's'} ended")
    verb = "would be" if task.request.dry_run else "is"
    return Answer(
        message=f"{name} ({entrance}) {verb} suspended.",
        changes=changes,
        next_steps=[
            "Logins can still pass for a minute; suspend once more after it to end those sessions.",
            f"To let it in again: school.resume for {entrance}.",
        ],
        data={"sessions_ended": ended},
    )


def resume(task: Task) -> Answer:
    """Let a suspended school in again."""
    changed, name = until_settled(lambda: _set_state(task, "active"))
    entrance = task.request.entrance
    verb = "would be" if task.request.dry_run else "is"
    return Answer(
        message=f"{name} ({entrance}) {verb} active.",
        changes=[f"{entrance}: active"] if changed else [],
    )


def _set_state(task: Task, state: str) -> tuple[bool, str]:
    school = get_school(task, task.request.entrance)
    if school.state == "requested":
        raise SupportRefusal(
            "school-not-active",
            f"{school.entrance} was never activated.",
            "Use school.activate, with its BRIN.",
        )
    if school.state == state:
        return False, school.name
    before = snapshot(school)
    school.state = state
    if not task.request.dry_run:
        change = Change(f"school#{school.entrance}", before, snapshot(school))
        commit(task, change, [put_school(task, school)])
    return True, school.name


def _end_sessions(task: Task) -> int:
    """How many were ended. They are many, so not in the transaction; a second run ends the rest."""
    model = task.world.tables.session
    ended = 0
    for session in model.by_school.query(task.request.entrance):
        ended += 1
        if not task.request.dry_run:
            model(session.pk).delete()
    return ended
