"""``school.suspend`` and ``school.resume``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.support.answers import Answer
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.schools.change import change_school
from numo_sso.support.schools.items import set_state
from numo_sso.support.sessions.of_school import end_sessions, told

if TYPE_CHECKING:
    from numo_sso.storage.tables import School
    from numo_sso.support.world import Task


def suspend(task: Task) -> Answer:
    """Let nobody of this school in, and end the sessions that there are."""
    school, changed = change_school(task, lambda school: _set_state(task, school, "suspended"))
    ended = end_sessions(task)
    entrance = school.entrance
    verb = "would be" if task.request.dry_run else "is"
    return Answer(
        message=f"{school.name} ({entrance}) {verb} suspended.",
        changes=[*([f"{entrance}: suspended"] if changed else []), *told(task, ended)],
        next_steps=[
            "Logins can still pass for a minute; suspend once more after it to end those sessions.",
            f"To let it in again: school.resume for {entrance}.",
        ],
        data={"sessions_ended": ended},
    )


def resume(task: Task) -> Answer:
    """Let a suspended school in again."""
    school, changed = change_school(task, lambda school: _set_state(task, school, "active"))
    verb = "would be" if task.request.dry_run else "is"
    return Answer(
        message=f"{school.name} ({school.entrance}) {verb} active.",
        changes=[f"{school.entrance}: active"] if changed else [],
    )


def _set_state(task: Task, school: School, state: str) -> None:
    if school.state == "requested":
        raise SupportRefusal(
            "school-not-active",
            f"{school.entrance} was never activated.",
            "Use school.activate, with its BRIN.",
        )
    set_state(task, school, state)
