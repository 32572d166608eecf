"""``school.suspend`` and ``school.resume``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.support.answers import Answer
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.schools.change import change_school
from numo_sso.support.schools.items import set_state
from numo_sso.support.sessions.of_school import end_sessions, told
from numo_sso.support.speech import later, say

if TYPE_CHECKING:
    from numo_sso.storage.tables import School
    from numo_sso.support.world import Task


def suspend(task: Task) -> Answer:
    """Let nobody of this school in, and end the sessions that there are."""
    school, changed = change_school(task, lambda school: _set_state(task, school, "suspended"))
    ended = end_sessions(task)
    entrance = school.entrance
    template = (
        later("{name} ({entrance}) would be suspended.")
        if task.request.dry_run
        else later("{name} ({entrance}) is suspended.")
    )
    return Answer(
        message=say(template, name=school.name, entrance=entrance),
        changes=[
            *([say("{entrance}: suspended", entrance=entrance)] if changed else []),
            *told(task, ended),
        ],
        next_steps=[
            say(
                "Logins can still pass for a minute; suspend once more after it to end "
                "those sessions."
            ),
            say("To let it in again: school.resume for {entrance}.", entrance=entrance),
        ],
        data={"sessions_ended": ended},
    )


def resume(task: Task) -> Answer:
    """Let a suspended school in again."""
    school, changed = change_school(task, lambda school: _set_state(task, school, "active"))
    template = (
        later("{name} ({entrance}) would be active.")
        if task.request.dry_run
        else later("{name} ({entrance}) is active.")
    )
    return Answer(
        message=say(template, name=school.name, entrance=school.entrance),
        changes=[say("{entrance}: active", entrance=school.entrance)] if changed else [],
    )


def _set_state(task: Task, school: School, state: str) -> None:
    if school.state == "requested":
        raise SupportRefusal(
            "school-not-active",
            say("{entrance} was never activated.", entrance=school.entrance),
            say("Use school.activate, with its BRIN."),
        )
    set_state(task, school, state)
