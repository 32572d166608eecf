"""``trace.list``: logins by school, by BRIN, by outcome, by code; newest first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from numo_sso.schools import PARENT_LENGTH
from numo_sso.support.answers import Answer
from numo_sso.support.keys.pseudonym import pseudonyms
from numo_sso.support.logins.of_school import brins_of
from numo_sso.support.requests.since import since
from numo_sso.support.schools.items import find_school
from numo_sso.support.speech import counted, say
from numo_sso.support.traces.pages import (
    Page,
    Wanted,
    of_entrance,
    of_person,
    parse_cursor,
    refused,
)
from numo_sso.support.transaction import Change, note

if TYPE_CHECKING:
    from pynamodb.expressions.condition import Condition

    from numo_sso.support.requests.traces import ListTraces
    from numo_sso.support.world import Task


def list_traces(task: Task) -> Answer:
    """One page. Without a school only what was refused is listed, of all schools.

    One person's logins, asked for by their code, leave a record of that.

    Raises:
        SupportRefusal: ``since-malformed`` or ``cursor-malformed``.
    """
    request: ListTraces = task.request
    page = _read(
        task,
        Wanted(
            since=int(since(request.since, task.now)),
            after=parse_cursor(task, request.after) if request.after else None,
            only=_only(task),
            limit=request.limit,
        ),
    )
    if request.code:
        place = request.entrance or request.brin
        after = {"read": "traces of one person", "traces": len(page.found)}
        note(task, Change(f"traces#{place}", None, after))
    return Answer(
        message=_message(request, len(page.found), more=bool(page.next)),
        next_steps=[] if page.found else _none(request),
        data={"traces": page.found, "next": page.next, "now": int(task.now)},
    )


def _message(request: ListTraces, shown: int, *, more: bool) -> str:
    if request.entrance or request.code:
        if more:
            return counted(
                "{number} login; there may be more.", "{number} logins; there may be more.", shown
            )
        return counted("{number} login.", "{number} logins.", shown)
    if more:
        return counted(
            "{number} refused login; there may be more.",
            "{number} refused logins; there may be more.",
            shown,
        )
    return counted("{number} refused login.", "{number} refused logins.", shown)


def _read(task: Task, wanted: Wanted) -> Page:
    request: ListTraces = task.request
    if request.code:
        return _of_code(task, request.code, wanted)
    if request.entrance:
        return of_entrance(task, request.entrance, wanted)
    return refused(task, wanted)


def _only(task: Task) -> Condition | None:
    """What is asked of outcome and BRIN. Four characters of a BRIN stand for each location, and a
    location for its school."""
    request: ListTraces = task.request
    model = task.world.tables.trace
    only = model.outcome == request.outcome if request.outcome else None
    if request.brin:
        named = model.brin.startswith(request.brin) | (model.brin == request.brin[:PARENT_LENGTH])
        only = named if only is None else only & named
    return only


def _of_code(task: Task, code: str, wanted: Wanted) -> Page:
    """By the pseudonym, made here; the code itself is neither stored nor logged.

    A login that was refused before its school was known has the pseudonym of the BRIN it named.
    One person's logins are few: they come in one page.
    """
    request: ListTraces = task.request
    school = find_school(task, request.entrance) if request.entrance else None
    brins = brins_of(school) if school else frozenset()
    places = dict.fromkeys(filter(None, (request.entrance, request.brin, *sorted(brins))))
    all_of_it = replace(wanted, after=None, only=None)
    pages = [of_person(task, name, all_of_it) for name in pseudonyms(task, places, code)]
    found = [each for page in pages for each in page.found]
    asked = [each for each in found if request.outcome in {None, each["outcome"]}]
    return Page(sorted(asked, key=lambda each: -each["at"])[: wanted.limit], "")


def _none(request: ListTraces) -> list[str]:
    steps = [say("Records are kept for two weeks; since goes back to then: 14d.")]
    if not request.entrance:
        steps.append(say("Good logins are listed by school only: entrance."))
    return steps
