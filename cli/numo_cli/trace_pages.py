"""Lists of traces: page after page, and how a trace is a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numo_cli.screen import clock
from numo_cli.speech import counted, say
from numo_sso.times import iso_time

if TYPE_CHECKING:
    from numo_cli.desk import Desk

COLUMNS = (
    say("Time"), say("Reference"), say("Outcome"), say("School"), say("Detail"), say("Clicked on"),
)  # fmt: skip
_MOST = 200
"""Traces of one answer."""


def list_all(desk: Desk, asked: dict[str, Any], limit: int) -> dict[str, Any]:
    """The answer with up to ``limit`` traces, asked for page by page."""
    found: list[dict[str, Any]] = []
    after: str | None = None
    while True:
        left = min(_MOST, limit - len(found))
        answer = desk.must("trace.list", **asked, after=after, limit=left)
        found += answer["data"]["traces"]
        after = answer["data"]["next"]
        if not after or len(found) >= limit:
            break
    all_of_them = asked["entrance"] or asked.get("code")
    message = (_logins if all_of_them else _refused)(len(found), more=bool(after))
    return answer | {"message": message, "data": answer["data"] | {"traces": found}}


def _logins(number: int, *, more: bool) -> str:
    if more:
        return counted(
            "{number} login; there are more, further back.",
            "{number} logins; there are more, further back.",
            number,
        )
    return counted("{number} login.", "{number} logins.", number)


def _refused(number: int, *, more: bool) -> str:
    if more:
        return counted(
            "{number} refused login; there are more, further back.",
            "{number} refused logins; there are more, further back.",
            number,
        )
    return counted("{number} refused login.", "{number} refused logins.", number)


def row(trace: dict[str, Any]) -> list[object]:
    """One login in one line."""
    school = trace["entrance"] or trace["brin"]
    return [
        clock(iso_time(trace["at"])),
        trace["reference"],
        trace["outcome"],
        school,
        trace["detail"],
        trace["elo_host"],
    ]
