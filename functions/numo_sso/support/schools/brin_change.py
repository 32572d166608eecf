"""``school.brin_add`` and ``school.brin_end``: on which days a BRIN leads to a school."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.support.answers import Answer
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.requests.days import check_near
from numo_sso.support.schools.brin_words import (
    change_line,
    closed,
    left_without,
    message,
    not_here,
)
from numo_sso.support.schools.brins import check_shared, read_brins, set_days
from numo_sso.support.schools.items import get_school, put_school, snapshot
from numo_sso.support.schools.routes import routes, told
from numo_sso.support.schools.spans import NEVER, Span, joined, spans_of, split
from numo_sso.support.speech import say
from numo_sso.support.transaction import Change, commit, until_settled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numo_sso.storage.tables import School
    from numo_sso.support.requests.brins import AddBrin, EndBrin
    from numo_sso.support.schools.brins import Brins
    from numo_sso.support.world import Task


def add(task: Task) -> Answer:
    """Let a BRIN lead to a school, from a day on and perhaps until another."""
    request: AddBrin = task.request
    check_near(task, [request.since, request.until])
    span = Span(request.since or task.today, request.until or NEVER)
    if span.since >= span.until:
        raise SupportRefusal(
            "days-reversed",
            say("{until} is not after {since}.", until=span.until, since=span.since),
            say("The last day is the first on which it no longer holds."),
        )

    def days(school: School, brins: Brins) -> list[Span]:
        check_shared(task, brins, [school.entrance], [span])
        return joined([*spans_of(school.brins, request.brin), span])

    return until_settled(lambda: _attempt(task, days, span.since)[0])


def end(task: Task) -> Answer:
    """Let it lead there no longer, from a day on."""
    request: EndBrin = task.request
    check_near(task, [request.until])
    day = request.until or task.today

    def days(school: School, _: Brins) -> list[Span]:
        there = spans_of(school.brins, request.brin)
        if not there:
            raise not_here(school, request.brin)
        return split(there, day)[0]

    answer, school = until_settled(lambda: _attempt(task, days, day))
    answer.next_steps.extend(left_without(school, max(day, task.today)))
    return answer


def _attempt(
    task: Task, days: Callable[[School, Brins], Sequence[Span]], day: str
) -> tuple[Answer, School]:
    request: AddBrin | EndBrin = task.request
    school, brins = get_school(task, request.entrance), read_brins(task, request.brin)
    seen = max(day, task.today)
    before, routed = snapshot(school), routes(brins, seen)
    changed = set_days(school, brins, days(school, brins))
    after = snapshot(school)
    if changed and not request.dry_run:
        change = Change(f"school#{school.entrance}", before, after)
        commit(task, change, [put_school(task, school), *brins.puts(task)])
    steps = told(routed, routes(brins, seen), seen, [school.entrance])
    answer = Answer(
        message=message(task, school, changed=changed),
        changes=[change_line(school, request.brin)] if changed else [],
        next_steps=[*steps, *closed(school, seen)],
        data={"school": after},
    )
    return answer, school
