"""``school.request`` and ``school.rename``: a school asked to be let in; it has another name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numo_sso.support.answers import Answer
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.schools.brins import read_brins, set_days
from numo_sso.support.schools.change import change_school
from numo_sso.support.schools.items import find_school, put_school, snapshot
from numo_sso.support.schools.new import new_school
from numo_sso.support.schools.routes import routes
from numo_sso.support.schools.spans import Span, joined, spans_of
from numo_sso.support.speech import say
from numo_sso.support.transaction import Change, commit, until_settled

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
    verb = say("would be") if request.dry_run and changed else "is"
    return Answer(
        message=say(
            "{entrance} {verb} named {name}.", entrance=school.entrance, verb=verb, name=school.name
        ),
        changes=[
            say(
                "{entrance}: named {name}, was {part}",
                entrance=school.entrance,
                name=school.name,
                part=names[-1],
            )
        ]
        if changed
        else [],
        next_steps=[
            say("Logins show it within a minute; sessions that there are keep the old name.")
        ]
        if changed
        else [],
        data={"school": snapshot(school)},
    )


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
        message=say(
            "{name} ({entrance}) {verb} requested, for {brin}.",
            name=school.name,
            entrance=school.entrance,
            verb=_verb(task),
            brin=request.brin,
        ),
        changes=_changes(before, after, request.brin),
        next_steps=[*_notes(request, school, others), *_next(request)],
        data={"school": after},
    )


def _check_waiting(school: School) -> None:
    if school.state != "requested":
        raise SupportRefusal(
            "school-not-requested",
            say("{entrance} is {state} already.", entrance=school.entrance, state=school.state),
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
    made = (
        []
        if before
        else [say("{entrance}: made, named {name}", entrance=after["entrance"], name=after["name"])]
    )
    return [*made, say("{entrance}: requested for {brin}", entrance=after["entrance"], brin=brin)]


def _notes(request: RequestSchool, school: School, others: list[str]) -> list[str]:
    steps = []
    if others:
        steps.append(
            say(
                "Logins with this BRIN go to {listed}, and go on doing so until "
                "{entrance} is activated. Is the BRIN right? Ask the school.",
                listed=", ".join(others),
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


def _verb(task: Task) -> str:
    return say("would be") if task.request.dry_run else "is"
