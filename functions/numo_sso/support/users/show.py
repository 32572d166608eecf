"""``users.show``: one user, and whether they could log in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.support.answers import Answer
from numo_sso.support.schools.items import get_school
from numo_sso.support.sessions.of_user import sessions_of
from numo_sso.support.speech import later, say
from numo_sso.support.transaction import note
from numo_sso.support.users.items import get_user, roster_change
from numo_sso.support.users.masking import user_data
from numo_sso.support.words import role_word, state_word

if TYPE_CHECKING:
    from numo_sso.storage.tables import RosterUser, School
    from numo_sso.support.requests.users import ShowUser
    from numo_sso.support.world import Task


def show_user(task: Task) -> Answer:
    """The user as the roster has them, with what would stop a login."""
    request: ShowUser = task.request
    school = get_school(task, request.entrance)
    user = get_user(task)
    if request.personal_data:
        note(task, roster_change(task, {"read": "show", "users": 1}))
    obstacles = _obstacles(school, user)
    template = (
        later("This {role} of {name} cannot log in.")
        if obstacles
        else later("This {role} of {name} can log in.")
    )
    return Answer(
        message=say(template, role=role_word(user.role), name=school.name),
        next_steps=obstacles,
        data={
            "user": user_data(user, personal=request.personal_data),
            "match_rule": school.match_rule,
            "sessions": len(sessions_of(task, user.persoonscode)),
            "can_log_in": not obstacles,
        },
    )


def _obstacles(school: School, user: RosterUser) -> list[str]:
    entrance, steps = school.entrance, []
    if school.state != "active":
        steps.append(
            say(
                "The school is {state}: school.show for {entrance}.",
                state=state_word(school.state),
                entrance=entrance,
            )
        )
    if not user.active:
        steps.append(say("The user is disabled: users.enable for {entrance}.", entrance=entrance))
    if school.match_rule == "idgebr" and not user.idgebr:
        steps.append(
            say(
                "Logins here carry an IDGebr, which is not known: users.link for {entrance}.",
                entrance=entrance,
            )
        )
    return steps
