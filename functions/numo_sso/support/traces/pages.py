"""Traces by index, newest first, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.speech import say
from numo_sso.support.traces.items import find_traces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pynamodb.expressions.condition import Condition

    from numo_sso.storage.tables import Trace
    from numo_sso.support.world import Task

_KEPT = timedelta(days=14)
_MAX_DIGITS = 12
"""Of a time in seconds."""


@dataclass(frozen=True)
class Wanted:
    """From ``since`` to the present; or to just before ``after``, where an earlier page ended."""

    since: int
    after: Trace | None
    only: Condition | None
    """What the index itself can tell: of outcome and BRIN, but for a person's."""
    limit: int


@dataclass(frozen=True)
class Page:
    """The traces, newest first, and where to go on; empty at the end."""

    found: list[dict[str, Any]]
    next: str


def parse_cursor(task: Task, text: str) -> Trace:
    """Where a page ended: ``{time}:{reference}``, as :class:`Page` gives it.

    Raises:
        SupportRefusal: ``cursor-malformed``.
    """
    at, _, reference = text.partition(":")
    if not (at.isascii() and at.isdecimal() and len(at) <= _MAX_DIGITS and reference):
        raise SupportRefusal(
            "cursor-malformed",
            say("That is no place in a list."),
            say("Take it from data.next, as it is."),
        )
    model = task.world.tables.trace
    return model(model.key(reference), "trace", reference=reference, at=int(at))


def of_entrance(task: Task, entrance: str, wanted: Wanted) -> Page:
    """Every trace of one entrance."""
    index = task.world.tables.trace.by_entrance
    asked = _asked(task, wanted, {"entrance": {"S": entrance}})
    return _page(task, index.query(entrance, **asked), wanted.limit)


def of_person(task: Task, user: str, wanted: Wanted) -> Page:
    """Every trace of one pseudonym."""
    index = task.world.tables.trace.by_user
    asked = _asked(task, wanted, {"user": {"S": user}})
    return _page(task, index.query(user, **asked), wanted.limit)


def refused(task: Task, wanted: Wanted) -> Page:
    """What was refused, of all schools."""
    return _page(task, _refused(task, wanted), wanted.limit)


def _refused(task: Task, wanted: Wanted) -> Iterator[Trace]:
    """Day by day; the day of a cursor is finished first."""
    index = task.world.tables.trace.by_refusal
    day = _day(wanted.after.at if wanted.after else task.now)
    first = max(_day(wanted.since), _day(task.now) - _KEPT)
    while day >= first:
        key = day.isoformat()
        yield from index.query(key, **_asked(task, wanted, {"refused_on": {"S": key}}))
        wanted, day = replace(wanted, after=None), day - timedelta(days=1)


def _asked(task: Task, wanted: Wanted, key: dict[str, Any]) -> dict[str, Any]:
    model, after = task.world.tables.trace, wanted.after
    start = after and {
        "pk": {"S": after.pk}, "sk": {"S": "trace"}, "at": {"N": str(int(after.at))}
    } | key  # fmt: skip
    return {
        "range_key_condition": model.at >= wanted.since,
        "filter_condition": wanted.only,
        "scan_index_forward": False,
        "last_evaluated_key": start,
    }


def _page(task: Task, items: Iterator[Trace], limit: int) -> Page:
    keys: list[str] = []
    last = ""
    for item in items:
        if len(keys) == limit:
            return Page(_whole(task, keys), last)
        reference = item.pk.removeprefix(task.world.tables.trace.key(""))
        keys.append(reference)
        last = f"{int(item.at)}:{reference}"
    return Page(_whole(task, keys), "")


def _whole(task: Task, references: list[str]) -> list[dict[str, Any]]:
    """The records behind an index's keys, in the same order; some may be gone by now."""
    found = find_traces(task, references)
    return [found[each] for each in references if each in found]


def _day(at: float) -> date:
    return datetime.fromtimestamp(at, UTC).date()
