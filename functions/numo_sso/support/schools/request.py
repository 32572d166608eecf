"""``school.request`` and ``school.rename``: a school asked to be let in; it has another name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numo_sso.support.answers import Answer
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.schools.brins import read_brins, set_days
from numo_sso.support.schools.change import change_school
from numo_sso.support.schools.items import find_school, put_school, snapshot
from numo_sso.support.schools.new import made_line, new_school
from numo_sso.support.schools.routes import routes
from numo_sso.support.schools.spans import Span, joined, spans_of
from numo_sso.support.speech import later, say
from numo_sso.support.transaction import Change, commit, until_settled
from numo_sso.support.words import state_word

if TYPE_CHECKING:
    from numo_sso.storage.tables import School
    from numo_sso.support.requests.brins import RenameSchool, RequestSchool
    from numo_sso.support.world import Task


def request_school(task: Task) -> Answer:
    """Note that a school asked, with which BRIN; it is let in by ``school.activate``."""
    return until_settled(lambda: _attempt(task))


def rename(task: Task) -> Answer:
    """Give the school the name that pages and new sessions show."""
    request: RenameSchool = task.request
    names: list[str] = []

    def alter(school: School) -> None:
        names.append(school.name)
        school.name = request.name

    school, changed = change_school(task, alter)
    template = (
        later("{entrance} would be named {name}.")
        if request.dry_run and changed
        else later("{entrance} is named {name}.")
    )
    answer = Answer(
        message=say(template, entrance=school.entrance, name=school.name),
        data={"school": snapshot(school)},
    )
    if changed:
        change = later("{entrance}: named {name}, was {former}")
        answer.changes.append(
            say(change, entrance=school.entrance, name=school.name, former=names[-1])
        )
        answer.next_steps.append(
            say("Logins show it within a minute; sessions that there are keep the old name.")
        )
    return answer


def _attempt(task: Task) -> Answer:
    request: RequestSchool = task.request
    school = find_school(task, request.entrance)
    before = snapshot(school) if school else None
    school = school or new_school(task)
    _check_waiting(school)
    brins = read_brins(task, request.brin)
    others = _elsewhere(request.entrance, routes(brins, task.today))
    school.requested_brin = request.brin
    if not others:
        set_days(school, brins, joined([*spans_of(school.brins, request.brin), Span(task.today)]))
    after = snapshot(school)
    if before != after and not request.dry_run:
        change = Change(f"school#{request.entrance}", before, after)
        commit(task, change, [put_school(task, school), *([] if others else brins.puts(task))])
    return Answer(
        message=_message(request, school),
        changes=_changes(before, after, request.brin),
        next_steps=[*_notes(request, school, others), *_next(request)],
        data={"school": after},
    )


def _message(request: RequestSchool, school: School) -> str:
    template = (
        later("{name} ({entrance}) would be requested, for {brin}.")
        if request.dry_run
        else later("{name} ({entrance}) is requested, for {brin}.")
    )
    return say(template, name=school.name, entrance=school.entrance, brin=request.brin)


def _check_waiting(school: School) -> None:
    if school.state != "requested":
        raise SupportRefusal(
            "school-not-requested",
            say(
                "{entrance} is {state} already.",
                entrance=school.entrance,
                state=state_word(school.state),
            ),
            say(
                "Another BRIN for it: school.brin_add for {entrance}. A suspended one "
                "comes back by school.resume for {entrance}.",
                entrance=school.entrance,
            ),
        )


def _elsewhere(entrance: str, found: dict[str, tuple[str, ...]]) -> list[str]:
    """To whom logins with this BRIN go: a request takes them from nobody."""
    return sorted({each for reached in found.values() for each in reached} - {entrance})


def _changes(before: dict[str, Any] | None, after: dict[str, Any], brin: str) -> list[str]:
    if before == after:
        return []
    entrance = after["entrance"]
    made = [] if before else [made_line(entrance, after["name"])]
    return [*made, say("{entrance}: requested for {brin}", entrance=entrance, brin=brin)]


def _notes(request: RequestSchool, school: School, others: list[str]) -> list[str]:
    steps = []
    if others:
        steps.append(
            say(
                "Logins with this BRIN go to {others}, and go on doing so until "
                "{entrance} is activated. Is the BRIN right? Ask the school.",
                others=", ".join(others),
                entrance=request.entrance,
            )
        )
    if request.name not in {None, school.name}:
        steps.append(
            say(
                "It keeps its name {name}. Another: school.rename for {entrance}.",
                name=school.name,
                entrance=school.entrance,
            )
        )
    return steps


def _next(request: RequestSchool) -> list[str]:
    return [
        say(
            "Its users can be there already: users.import for {entrance}.",
            entrance=request.entrance,
        ),
        say("To let it in: school.activate for {entrance}.", entrance=request.entrance),
    ]
