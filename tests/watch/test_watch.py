"""What ``watch`` finds in the log, and what it tells of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest

from edge.telemetry import Telemetry
from numo_sso.log_query import LogQuery, QueryFailed
from numo_sso.watch.trouble import BY_SCHOOL_QUERY, FLOOR, SEEN_QUERY, Trouble, in_trouble, silent
from watch.app import METRICS, WatchApp

NUMBERS = count()
NOW = 1_795_510_800  # a Tuesday morning in November


def row(school: str, outcome: str, logins: int) -> dict[str, str]:
    good = logins if outcome == "logged-in" else 0
    return {"school": school, "outcome": outcome, "logins": str(logins), "good": f"{good}.0"}


def test_a_school_is_in_trouble_where_most_of_its_logins_fail_and_says_why() -> None:
    rows = [
        row("petteflat", "logged-in", 4),
        row("petteflat", "user-unknown", 5),
        row("petteflat", "role-differs", 2),
        row("roversnest", "logged-in", 900),
        row("roversnest", "user-unknown", 60),
    ]
    assert in_trouble(rows) == [Trouble("petteflat", 11, 4, "user-unknown")]


@pytest.mark.parametrize(("logins", "expected"), [(FLOOR - 1, 0), (FLOOR, 1)])
def test_fewer_logins_than_the_floor_say_nothing(logins: int, expected: int) -> None:
    assert len(in_trouble([row("petteflat", "user-unknown", logins)])) == expected


def test_a_login_that_names_no_school_is_no_schools_trouble() -> None:
    assert in_trouble([row("", "storage-failed", 100)]) == []


def test_an_active_school_of_which_nobody_came_is_silent() -> None:
    assert silent(["stil", "petteflat"], [{"entrance": "petteflat", "logins": "3"}]) == ["stil"]


@dataclass
class Log:
    """A log that answers what it is given."""

    rows: list[dict[str, str]] = field(default_factory=list)
    asked: list[tuple[str, float]] = field(default_factory=list)
    error: Exception | None = None

    def __call__(self, query: str, since: float, until: float) -> list[dict[str, str]]:
        self.asked.append((query, until - since))
        if self.error:
            raise self.error
        return self.rows


def app(log: Log, now: float = NOW) -> WatchApp:
    telemetry = Telemetry(f"watch-{next(NUMBERS)}", "staging", "3", lambda: now)
    return WatchApp(log, lambda: ["petteflat", "stil"], telemetry, lambda: now)


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def told(found: list[dict[str, Any]]) -> dict[str, float]:
    return {name: each[name] for each in found for name in METRICS & each.keys()}


def test_each_run_tells_the_hour_and_the_schools_in_trouble(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log = Log([row("petteflat", "user-unknown", 12)])
    app(log).watch()
    found = lines(capsys)
    assert told(found) == {"SchoolHours": 1, "CalendarDaysLeft": 285, "SchoolsInTrouble": 1}
    assert log.asked == [(BY_SCHOOL_QUERY, 1800)]
    [trouble] = [each for each in found if each["message_code"] == "school-in-trouble"]
    assert (trouble["school"], trouble["logins"], trouble["why"]) == (
        "petteflat",
        12,
        "user-unknown",
    )


def test_at_night_it_is_no_school(capsys: pytest.CaptureFixture[str]) -> None:
    app(Log(), NOW + 12 * 3600).watch()
    assert told(lines(capsys))["SchoolHours"] == 0


def test_the_silent_are_told_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    log = Log([{"entrance": "petteflat", "logins": "3"}])
    app(log).look_for_silent()
    found = lines(capsys)
    assert told(found) == {"SchoolsSilent": 1}
    assert log.asked == [(SEEN_QUERY, 7 * 86_400)]
    assert [each["school"] for each in found if each["message_code"] == "school-silent"] == ["stil"]


def test_a_log_that_does_not_answer_leaves_the_hours_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The alarms that heed them go on."""
    app(Log(error=QueryFailed("Timeout", late=False))).watch()
    found = lines(capsys)
    assert told(found) == {"SchoolHours": 1, "CalendarDaysLeft": 285, "WatchFailed": 1}
    assert any(each["message_code"] == "exception" for each in found)


class Insights:
    """A client of CloudWatch Logs whose query has these states, one after the other."""

    def __init__(self, *states: str) -> None:
        self._states = iter(states)
        self.asked: dict[str, Any] = {}

    def start_query(self, **asked: Any) -> dict[str, str]:
        self.asked = asked
        return {"queryId": "q"}

    def get_query_results(self, *, queryId: str) -> dict[str, Any]:  # noqa: N803  # AWS's name
        assert queryId == "q"
        return {"status": next(self._states), "results": [[{"field": "school", "value": "x"}]]}


def test_a_query_is_waited_for() -> None:
    slept: list[float] = []
    client = Insights("Scheduled", "Running", "Complete")
    assert LogQuery(client, "/log", slept.append, lambda: 0, 40)("q", 10.5, 20) == [{"school": "x"}]
    assert (client.asked["logGroupName"], client.asked["startTime"]) == ("/log", 10)
    assert len(slept) == 2


def test_a_query_that_fails_or_takes_too_long_is_given_up() -> None:
    with pytest.raises(QueryFailed, match="Failed"):
        LogQuery(Insights("Failed"), "/log", lambda _: None, lambda: 0, 40)("q", 0, 1)
    ticks = count(0, 30)
    running = Insights("Running", "Running", "Running")
    with pytest.raises(QueryFailed, match="Running"):
        LogQuery(running, "/log", lambda _: None, lambda: next(ticks), 40)("q", 0, 1)
