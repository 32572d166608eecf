"""``school.activate``: a BRIN leads to an entrance from today, and its users may log in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from numo_sso.storage.periods import in_force
from numo_sso.storage.tables import School
from numo_sso.support.answers import Answer
from numo_sso.support.brin import PARENT_LENGTH
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.school_items import (
    find_brin,
    find_school,
    get_school,
    period,
    put_brin,
    put_school,
    snapshot,
)
from numo_sso.support.transaction import Change, commit, until_settled

if TYPE_CHECKING:
    from typing import Any

    from numo_sso.storage.tables import Brin
    from numo_sso.support.requests import ActivateSchool
    from numo_sso.support.world import Task


def activate(task: Task) -> Answer:
    """Activate one entrance for one BRIN; doing it twice changes nothing."""
    return until_settled(lambda: _attempt(task))


@dataclass
class _Work:
    """The items underway, and what is told of it."""

    school: School
    brin: Brin
    parent: Brin | None
    """Where the BRIN is a location's: the school's, which then names the entrance too."""
    before: dict[str, Any] | None
    changes: list[str]


def _attempt(task: Task) -> Answer:
    request: ActivateSchool = task.request
    work = _read(task)
    _check_shared(task, work.brin)
    _link(task, work)
    if work.school.state != "active":
        work.school.state = "active"
        work.changes.append(f"{request.entrance}: active")
    if work.changes and not task.request.dry_run:
        change = Change(f"school#{request.entrance}", work.before, snapshot(work.school))
        brins = [work.brin, *([work.parent] if work.parent else [])]
        commit(task, change, [put_school(task, work.school), *(put_brin(task, b) for b in brins)])
    return Answer(
        message=_message(task, work),
        changes=work.changes,
        next_steps=_next_steps(task, work),
        data={"school": snapshot(work.school)},
    )


def _read(task: Task) -> _Work:
    request: ActivateSchool = task.request
    brin = find_brin(task, request.brin)
    parent = request.brin[:PARENT_LENGTH]
    parent_brin = find_brin(task, parent) if request.brin != parent else None
    school = find_school(task, request.entrance)
    if school is None and request.create:
        made = [f"{request.entrance}: made, named {request.name}"]
        return _Work(_new_school(task), brin, parent_brin, None, made)
    school = school or get_school(task, request.entrance)
    if school.state == "suspended":
        raise SupportRefusal(
            "school-suspended",
            f"{school.entrance} is suspended.",
            f"Its ticket says why. Then school.resume for {school.entrance}, and activate again.",
        )
    return _Work(school, brin, parent_brin, snapshot(school), [])


def _new_school(task: Task) -> School:
    request: ActivateSchool = task.request
    if request.name is None:
        raise SupportRefusal(
            "name-missing",
            f"There is no entrance {request.entrance} yet, and without a name none is made.",
            "Use school.activate with create and name: the name that pupils know; pages show it.",
        )
    return task.world.tables.school(
        School.key(request.entrance),
        "school",
        entrance=request.entrance,
        name=request.name,
        state="requested",
        pairs=[],
        brins=[],
        created_at=int(task.now),
        updated_at=int(task.now),
        version=0,
    )


def _check_shared(task: Task, brin: Brin) -> None:
    """Two entrances of one BRIN make some logins ambiguous, so a person decides it plainly."""
    others = [
        each for each in in_force(brin.entrances, task.today) if each != task.request.entrance
    ]
    if others and not task.request.shared:
        raise SupportRefusal(
            "brin-elsewhere",
            f"{brin.brin} already leads to {', '.join(others)}.",
            "Is the BRIN right? If both entrances are this school's: school.activate with shared.",
            {"entrances": others},
        )


def _link(task: Task, work: _Work) -> None:
    """Put the period on every side, on whichever it is missing."""
    request: ActivateSchool = task.request
    sides = [(work.school.brins, request.brin), (work.brin.entrances, request.entrance)]
    if work.parent:
        sides.append((work.parent.locations, request.entrance))
    missing = [side for side in sides if side[1] not in in_force(side[0], task.today)]
    for periods, value in missing:
        periods.append(period(value, task.today))
    if missing:
        work.changes.append(f"{request.brin}: leads to {request.entrance} from {task.today}")


def _message(task: Task, work: _Work) -> str:
    request: ActivateSchool = task.request
    if not work.changes:
        return f"{request.entrance} is already active for {request.brin}."
    would = "would be" if request.dry_run else "is"
    return f"{work.school.name} ({request.entrance}) {would} active for {request.brin}."


def _next_steps(task: Task, work: _Work) -> list[str]:
    request: ActivateSchool = task.request
    steps = _branch_notes(task, work.parent)
    if request.name not in {None, work.school.name}:
        steps.append(f"The entrance keeps its name {work.school.name}; activating renames nothing.")
    users = task.world.tables.user
    if not users.count(request.entrance, users.sk.startswith("persoonscode#"), limit=1):
        steps.append(f"No users yet: users.import for {request.entrance}.")
    return steps


def _branch_notes(task: Task, parent: Brin | None) -> list[str]:
    """A location's own BRIN goes before the four characters, so it takes logins from others."""
    request: ActivateSchool = task.request
    return [
        f"{request.brin[:PARENT_LENGTH]} leads to {other}; logins that carry {request.brin} go to "
        f"{request.entrance} from now on."
        for other in in_force(parent.entrances if parent else [], task.today)
        if other != request.entrance
    ]
