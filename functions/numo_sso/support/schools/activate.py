"""``school.activate``: a BRIN leads to an entrance from today, and its users may log in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from numo_sso.support.answers import Answer
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.schools.brins import check_shared, read_brins, set_days
from numo_sso.support.schools.items import (
    find_school,
    get_school,
    put_school,
    set_state,
    snapshot,
)
from numo_sso.support.schools.new import made_line, new_school
from numo_sso.support.schools.routes import routes, told
from numo_sso.support.schools.spans import Span, joined, spans_of
from numo_sso.support.speech import later, say
from numo_sso.support.transaction import Change, commit, until_settled
from numo_sso.support.users.count import has_users

if TYPE_CHECKING:
    from typing import Any

    from numo_sso.storage.tables import School
    from numo_sso.support.requests.common import ActivateSchool
    from numo_sso.support.schools.brins import Brins
    from numo_sso.support.world import Task


def activate(task: Task) -> Answer:
    """Activate one entrance for one BRIN; doing it twice changes nothing."""
    return until_settled(lambda: _attempt(task))


@dataclass
class _Work:
    """The items underway, and what is told of it."""

    school: School
    brins: Brins
    before: dict[str, Any] | None
    changes: list[str]


def _attempt(task: Task) -> Answer:
    request: ActivateSchool = task.request
    work = _read(task)
    check_shared(task, work.brins, [request.entrance], [Span(task.today)])
    routed = routes(work.brins, task.today)
    asked, work.school.requested_brin = work.school.requested_brin, None
    _link(task, work)
    if work.school.state != "active":
        set_state(task, work.school, "active")
        work.changes.append(say("{entrance}: active", entrance=request.entrance))
    if work.changes and not task.request.dry_run:
        change = Change(f"school#{request.entrance}", work.before, snapshot(work.school))
        commit(task, change, [put_school(task, work.school), *work.brins.puts(task)])
    return Answer(
        message=_message(task, work),
        changes=work.changes,
        next_steps=[
            *told(routed, routes(work.brins, task.today), task.today, [request.entrance]),
            *_asked_otherwise(work, asked),
            *_next_steps(task, work),
        ],
        data={"school": snapshot(work.school)},
    )


def _read(task: Task) -> _Work:
    request: ActivateSchool = task.request
    school = find_school(task, request.entrance)
    if school is None and not request.create:
        school = get_school(task, request.entrance)  # which refuses
    before = snapshot(school) if school else None
    made = [] if school else [made_line(request.entrance, request.name)]
    school = school or new_school(task)
    if school.state == "suspended":
        raise SupportRefusal(
            "school-suspended",
            say("{entrance} is suspended.", entrance=school.entrance),
            say(
                "Its ticket says why. Then school.resume for {entrance}, and activate again.",
                entrance=school.entrance,
            ),
        )
    return _Work(school, read_brins(task, _brin(request, school)), before, made)


def _brin(request: ActivateSchool, school: School) -> str:
    """The BRIN that is named, or else the one that the school asked with."""
    brin = request.brin or school.requested_brin
    if brin is None:
        raise SupportRefusal(
            "brin-not-named",
            say("{entrance} did not ask with a BRIN, and none is named.", entrance=school.entrance),
            say("Name the BRIN from the school's mail: brin."),
        )
    return str(brin)


def _link(task: Task, work: _Work) -> None:
    school, brins = work.school, work.brins
    from_today = joined([*spans_of(school.brins, brins.number), Span(task.today)])
    if set_days(school, brins, from_today):
        work.changes.append(
            say(
                "{brin}: leads to {entrance} from {day}",
                brin=brins.number,
                entrance=school.entrance,
                day=task.today,
            )
        )


def _message(task: Task, work: _Work) -> str:
    request: ActivateSchool = task.request
    if not work.changes:
        return say(
            "{entrance} is already active for {brin}.",
            entrance=request.entrance,
            brin=work.brins.number,
        )
    template = (
        later("{name} ({entrance}) would be active for {brin}.")
        if request.dry_run
        else later("{name} ({entrance}) is active for {brin}.")
    )
    return say(template, name=work.school.name, entrance=request.entrance, brin=work.brins.number)


def _next_steps(task: Task, work: _Work) -> list[str]:
    request: ActivateSchool = task.request
    steps = []
    if request.name not in {None, work.school.name}:
        steps.append(
            say(
                "The entrance keeps its name {name}; activating renames nothing.",
                name=work.school.name,
            )
        )
    if not has_users(task, request.entrance):
        steps.append(say("No users yet: users.import for {entrance}.", entrance=request.entrance))
    return steps


def _asked_otherwise(work: _Work, asked: str | None) -> list[str]:
    if asked in {None, work.brins.number}:
        return []
    entrance = work.school.entrance
    return [
        say(
            "It asked with {brin}. Its own too: school.brin_add for {entrance}.",
            brin=asked,
            entrance=entrance,
        ),
        say("Not its own, and it leads here: school.brin_end for {entrance}.", entrance=entrance),
    ]
