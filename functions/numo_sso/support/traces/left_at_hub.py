"""``trace.left_at_hub``: who leaves for the hub and never comes back, and whose move that is.

A school without permission at Kennisnet is stopped at the hub: no response, no trace, no reference.
All that is seen of it here is that its pupils leave.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numo_sso.support.answers import Answer
from numo_sso.support.keys.steps import FLOW_SECONDS
from numo_sso.support.logins.elo_hosts import learn_sites
from numo_sso.support.logins.log import LogUnavailable
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.requests.since import since
from numo_sso.support.speech import counted, later, say

if TYPE_CHECKING:
    from numo_sso.support.logins.elo_hosts import Sites
    from numo_sso.support.logins.log import Traffic
    from numo_sso.support.requests.traces import LeftAtHub
    from numo_sso.support.world import Task

FEW = 3
"""Trips below which nothing is concluded: somebody may just have given up."""
PERMISSION = later("the school, at Kennisnet: permission for Numo ('Diensten activeren')")
_SHARED = later("ours: find out which of its schools it is, by ?school= in their links")


def left_at_hub(task: Task) -> Answer:
    """Each site with its trips to the hub, those first of which most were left there.

    Raises:
        SupportRefusal: ``log-unavailable`` or ``since-malformed``.
    """
    rows = read_left(task, since(task.request.since, task.now))
    request: LeftAtHub = task.request
    if request.entrance:
        rows = [each for each in rows if request.entrance in each["schools"]]
    trips, left = (sum(each[name] for each in rows) for name in ("starts", "left"))
    return Answer(
        message=counted(
            "{number} site: {left} of {trips} logins that started never came back from the hub.",
            "{number} sites: {left} of {trips} logins that started never came back from the hub.",
            len(rows),
            left=left,
            trips=trips,
        ),
        next_steps=_steps(rows),
        data={"sites": [_said(each) for each in rows], "counted_in": task.world.login_log.place},
    )


def _said(row: dict[str, Any]) -> dict[str, Any]:
    """A row as people read it."""
    move = row["move"]
    return row | {"move": say(move) if move else ""}


def read_left(task: Task, begun: float) -> list[dict[str, Any]]:
    """The same as rows, in which nothing is said yet in the language that is spoken.

    What began in the last ten minutes may still come back: it is left out.

    Raises:
        SupportRefusal: ``log-unavailable``.
    """
    log = task.world.login_log
    try:
        traffic = log.traffic(begun, task.now - FLOW_SECONDS)
    except LogUnavailable as error:
        raise SupportRefusal(
            "log-unavailable",
            say("{place} could not be searched: {error}.", place=log.place, error=error),
            say("Ask again in a minute, or for fewer days with since."),
        ) from error
    sites = learn_sites(task)
    rows = [_row(each, sites) for each in traffic]
    return sorted(rows, key=lambda each: (-each["left"], each["host"], each["hint"]))


def _row(traffic: Traffic, sites: Sites) -> dict[str, Any]:
    schools, known = sites.schools(traffic)
    return {
        "host": traffic.host,
        "hint": traffic.hint,
        "schools": schools,
        "known": known,
        "starts": traffic.trips,
        "returns": traffic.returned,
        "left": traffic.trips - traffic.returned,
        "last_seen": traffic.last_seen,
        "move": _move(traffic, schools),
    }


def _move(traffic: Traffic, schools: list[str]) -> str:
    """Whose, where so many leave that it is no matter of giving up."""
    left = traffic.trips - traffic.returned
    if left < FEW or left * 2 < traffic.trips:
        return ""
    if traffic.returned and len(schools) != 1:
        return _SHARED
    return PERMISSION


def _steps(rows: list[dict[str, Any]]) -> list[str]:
    steps = [_permission(row) for row in rows if row["move"] == PERMISSION]
    if any(row["move"] == _SHARED for row in rows):
        steps.append(
            say("Ours: several schools share a site; their links can end in ?school=ENTRANCE.")
        )
    return list(dict.fromkeys(steps))


def _permission(row: dict[str, Any]) -> str:
    if row["schools"]:
        return say(
            "The school's move, at Kennisnet: permission for Numo. It is {schools}.",
            schools=", ".join(row["schools"]),
        )
    if row["host"]:
        return say(
            "The school's move, at Kennisnet: permission for Numo. It is whoever has {host}.",
            host=row["host"],
        )
    return say("The school's move, at Kennisnet: permission for Numo. It is whoever has that elo.")
