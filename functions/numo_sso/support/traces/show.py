"""``trace.show``: one login by its reference, told as a story, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numo_sso.support.answers import Answer
from numo_sso.support.logins.log import LogUnavailable
from numo_sso.support.near.items import find_near
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.speech import say
from numo_sso.support.traces.advice import advice
from numo_sso.support.traces.code import near_steps
from numo_sso.support.traces.items import find_traces, from_line
from numo_sso.support.traces.story import tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numo_sso.support.requests.traces import ShowTrace
    from numo_sso.support.world import Task

_DAY = 86_400


def show_trace(task: Task) -> Answer:
    """The record, else the log's line; the answer says which.

    Raises:
        SupportRefusal: ``reference-unknown`` or ``log-unavailable``.
    """
    request: ShowTrace = task.request
    records = find_traces(task, request.reference)
    trace = next((records[each] for each in request.reference if each in records), None)
    if trace is not None:
        return _told(trace, say("the record"), "record", _near(task, trace))
    return _told(
        _from_log(task, request), say("the log ({place})", place=task.world.login_log.place), "log"
    )


def _near(task: Task, trace: dict[str, Any]) -> list[str]:
    """Whether somebody has nearly the code that nobody had."""
    entrance = trace["entrance"]
    item = find_near(task, entrance, trace["reference"]) if entrance else None
    return near_steps(item) if item else []


def _told(trace: dict[str, Any], where: str, found_in: str, near: Sequence[str] = ()) -> Answer:
    advised = advice(trace["outcome"])
    school = (
        trace["entrance"] or (trace["brin"] and f"BRIN {trace['brin']}") or say("no school known")
    )
    return Answer(
        message=say(
            "{reference}: {number} {outcome}, {school}; found in {where}.",
            reference=trace["reference"],
            number=advised.number,
            outcome=trace["outcome"],
            school=school,
            where=where,
        ),
        next_steps=[*_beside(trace, found_in), *near, *advised.steps(trace["outcome"])],
        data={
            "found_in": found_in,
            "trace": trace,
            "story": tell(trace, advised),
            "what_to_do": {"who": advised.who, "do": advised.do},
        },
    )


def _beside(trace: dict[str, Any], found_in: str) -> list[str]:
    if found_in == "record":
        return []
    why = trace["untraced"]
    return [f"Only the log has it: no record was left ({why or 'no flow, or two weeks are over'})."]


def _from_log(task: Task, request: ShowTrace) -> dict[str, Any]:
    log = task.world.login_log
    try:
        lines = log.with_reference(
            request.reference, task.now - request.days * _DAY, task.now + _DAY
        )
    except LogUnavailable as error:
        raise SupportRefusal(
            "log-unavailable",
            say(
                "No record has this reference, and {place} could not be searched: {error}.",
                place=log.place,
                error=error,
            ),
            say(
                "Ask again in a minute. Where it stays so: is the stack's log group "
                "there, and may the support function query it?"
            ),
        ) from error
    if not lines:
        raise SupportRefusal(
            "reference-unknown",
            say(
                "No record has {part}, nor has the log of the last {days} days.",
                part=request.reference[0],
                days=request.days,
            ),
            say(
                "Let it be read out once more, letter by letter. Is it of this "
                "deployment? Or search by school and time: trace.list."
            ),
        )
    return from_line(lines[0])
