"""``school.show`` and ``school.list``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.storage.periods import in_force
from numo_sso.support.answers import Answer
from numo_sso.support.realms.state import State, read_realms
from numo_sso.support.schools.items import get_school, snapshot
from numo_sso.support.speech import counted, later, say
from numo_sso.support.words import state_word

if TYPE_CHECKING:
    from numo_sso.storage.tables import School
    from numo_sso.support.requests.common import ListSchools
    from numo_sso.support.world import Task


def show(task: Task) -> Answer:
    """One school, with how many users it has, and how many providers wait for a decision."""
    school = get_school(task, task.request.entrance)
    counts = {kind: _count(task, kind) for kind in ("persoonscode", "idgebr")}
    realms = read_realms(task, school)
    waiting = len(realms.of(State.WAITING))
    data = snapshot(school) | {
        "users": counts["persoonscode"],
        "users_idgebr": counts["idgebr"],
        "pairs_learned": len(realms.of(State.LEARNED)),
        "pairs_waiting": waiting,
    }
    return Answer(
        message=say(
            "{name} ({entrance}) is {state}.",
            name=school.name,
            entrance=school.entrance,
            state=state_word(school.state),
        ),
        next_steps=_next_steps(school, counts["persoonscode"], waiting),
        data={"school": data},
    )


def list_schools(task: Task) -> Answer:
    """All schools, by entrance. They are few enough to scan."""
    request: ListSchools = task.request
    model = task.world.tables.school
    condition = model.sk == "school"
    if request.state is not None:
        condition &= model.state == request.state
    shown = (
        snapshot(item) | {"brins_in_force": in_force(item.brins, task.today)}
        for item in model.scan(condition)
    )
    found = sorted(shown, key=lambda each: str(each["entrance"]))
    return Answer(
        message=counted("{number} school.", "{number} schools.", len(found)),
        data={"schools": found},
    )


def _count(task: Task, kind: str) -> int:
    model = task.world.tables.user
    return model.count(task.request.entrance, model.sk.startswith(f"{kind}#"))


def _next_steps(school: School, users: int, waiting: int) -> list[str]:
    entrance, steps = school.entrance, []
    if school.state != "active":
        template = (
            later("Let it in: school.resume for {entrance}.")
            if school.state == "suspended"
            else later("Let it in: school.activate for {entrance}.")
        )
        steps.append(say(template, entrance=entrance))
    if not users:
        steps.append(say("No users yet: users.import for {entrance}.", entrance=entrance))
    if waiting:
        steps.append(
            say(
                "Logins by another provider are refused: school.realm_list for {entrance}.",
                entrance=entrance,
            )
        )
    return steps
