"""``school.brin_move``: a BRIN leaves one entrance and leads to another, in one transaction."""

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
from numo_sso.support.schools.spans import joined, spans_of, split
from numo_sso.support.speech import say
from numo_sso.support.transaction import Change, Put, audit_record, commit, until_settled

if TYPE_CHECKING:
    from typing import Any

    from numo_sso.storage.tables import School
    from numo_sso.support.requests.brins import MoveBrin
    from numo_sso.support.schools.brins import Brins
    from numo_sso.support.world import Task


def move(task: Task) -> Answer:
    """End it at the one and begin it at the other on the same day; what it had left goes along."""
    request: MoveBrin = task.request
    check_near(task, [request.since])
    if request.to == request.entrance:
        raise SupportRefusal(
            "entrance-same",
            say("{entrance} is the entrance that it leads to.", entrance=request.to),
            say("Name the other entrance as to."),
        )
    return until_settled(lambda: _attempt(task, request.since or task.today))


def _attempt(task: Task, day: str) -> Answer:
    request: MoveBrin = task.request
    source, target = get_school(task, request.entrance), get_school(task, request.to)
    brins, seen = read_brins(task, request.brin), max(day, task.today)
    before, routed = [snapshot(source), snapshot(target)], routes(brins, seen)
    changed = _shift(task, source, target, brins, day)
    after = [snapshot(source), snapshot(target)]
    if changed and not request.dry_run:
        _write(task, [source, target], brins, list(zip(before, after, strict=True)))
    lines = [change_line(each, request.brin) for each in (source, target)]
    steps = told(routed, routes(brins, seen), seen)
    return Answer(
        message=message(task, target, changed=changed),
        changes=lines if changed else [],
        next_steps=[*steps, *closed(target, seen), *_users(request), *left_without(source, seen)],
        data={"schools": after},
    )


def _shift(task: Task, source: School, target: School, brins: Brins, day: str) -> bool:
    """Whether anything is new: the second time nothing is left to move."""
    number = brins.number
    there = spans_of(source.brins, number)
    kept, moved = split(there, day)
    at_target = spans_of(target.brins, number)
    if not there or (not moved and not split(at_target, day)[1]):
        raise not_here(source, number)
    check_shared(task, brins, [source.entrance, target.entrance], moved)
    # The target first: where the BRIN is a location's, both share an item of their school
    gained = set_days(target, brins, joined([*at_target, *moved]))
    return set_days(source, brins, kept) or gained


def _write(
    task: Task,
    schools: list[School],
    brins: Brins,
    snapshots: list[tuple[dict[str, Any], dict[str, Any]]],
) -> None:
    """Each school has its own record of the move."""
    first, second = (
        Change(f"school#{each.entrance}", before, after)
        for each, (before, after) in zip(schools, snapshots, strict=True)
    )
    record = audit_record(task, second)
    puts = [put_school(task, each) for each in schools]
    unused = type(record).subject.does_not_exist()
    commit(task, first, [*puts, *brins.puts(task), Put(record, unused)])


def _users(request: MoveBrin) -> list[str]:
    return [say("Users do not move along: users.import for {entrance}.", entrance=request.to)]
