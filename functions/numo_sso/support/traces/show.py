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
    from numo_sso.support.traces.advice import Advice
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
        return _told(trace, near=_near(task, trace))
    return _told(_from_log(task, request), log=task.world.login_log.place)


def _near(task: Task, trace: dict[str, Any]) -> list[str]:
    """Whether somebody has nearly the code that nobody had."""
    entrance = trace["entrance"]
    item = find_near(task, entrance, trace["reference"]) if entrance else None
    return near_steps(item) if item else []


def _told(trace: dict[str, Any], *, near: Sequence[str] = (), log: str = "") -> Answer:
    """``log`` is where its line was, if there was no record."""
    advised = advice(trace["outcome"])
    return Answer(
        message=_message(trace, advised, log),
        next_steps=[*_beside(trace, log), *near, *advised.steps(trace["outcome"])],
        data={
            "found_in": "log" if log else "record",
            "trace": trace,
            "story": tell(trace, advised),
            "what_to_do": {"who": advised.who, "do": advised.do},
        },
    )


def _message(trace: dict[str, Any], advised: Advice, log: str) -> str:
    brin = trace["brin"] and f"BRIN {trace['brin']}"
    fields = {
        "reference": trace["reference"],
        "number": advised.number,
        "outcome": trace["outcome"],
        "school": trace["entrance"] or brin or say("no school known"),
    }
    if log:
        return say(
            "{reference}: {number} {outcome}, {school}; found in the log ({place}).",
            place=log,
            **fields,
        )
    return say("{reference}: {number} {outcome}, {school}; found in the record.", **fields)


def _beside(trace: dict[str, Any], log: str) -> list[str]:
    if not log:
        return []
    if why := trace["untraced"]:
        return [say("Only the log has it: no record was left ({why}).", why=why)]
    return [say("Only the log has it: no record was left (no flow, or two weeks are over).")]


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
                "No record has {reference}, nor has the log of the last {days} days.",
                reference=request.reference[0],
                days=request.days,
            ),
            say(
                "Let it be read out once more, letter by letter. Is it of this "
                "deployment? Or search by school and time: trace.list."
            ),
        )
    return from_line(lines[0])
