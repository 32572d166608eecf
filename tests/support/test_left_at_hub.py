"""Who leaves for the hub and never comes back, counted from the log; and whose move it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from deployment.deployed import properties
from kit.support import NOW
from numo_sso.flow import LIFETIME
from numo_sso.journal import Journal
from numo_sso.support.keys.steps import FLOW_SECONDS
from numo_sso.support.logins.insights import Insights, traffic_query
from numo_sso.support.logins.log import Traffic
from numo_sso.support.logins.log_file import LogFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kit.support import Deployment

HOUR = 3600
PETTEFLAT, SHARED = "elo.petteflat.example", "elo.example"


def go(numo: Deployment, trip: str, *, back: bool, ago: int = HOUR, **fields: Any) -> None:
    """A browser leaves for the hub, and comes back or does not."""
    numo.login_log.write(numo.now - ago, outcome="started", trip=trip, **fields)
    if back:
        numo.login_log.write(numo.now - ago + 9, outcome="logged-in", trip=trip)


def sites(numo: Deployment, **fields: Any) -> dict[str, dict[str, Any]]:
    found = numo.done("trace.left_at_hub", **fields)["data"]["sites"]
    return {each["host"] or each["hint"]: each for each in found}


def logged_in(numo: Deployment, entrance: str, host: str) -> None:
    numo.save_trace(f"{entrance}-{host}", "logged-in", entrance=entrance, elo_host=host)


def test_a_school_without_permission_shows_itself_by_who_never_returns(
    activated: Deployment,
) -> None:
    """Its site is learnt from a good login of before; the others come back."""
    logged_in(activated, "petteflat", PETTEFLAT)
    for number in range(4):
        go(activated, f"p{number}", back=False, elo_host=PETTEFLAT)
        go(activated, f"s{number}", back=True, elo_host=SHARED)
    answer = activated.done("trace.left_at_hub")
    assert answer["message"] == (
        "2 sites: 4 of 8 logins that started never came back from the hub."
    )
    first, second = answer["data"]["sites"]
    assert (first["host"], first["starts"], first["returns"], first["left"]) == (PETTEFLAT, 4, 0, 4)
    assert (first["schools"], first["known"]) == (["petteflat"], "learnt")
    assert first["last_seen"] == int(NOW) - HOUR
    assert first["move"].startswith("the school, at Kennisnet: permission")
    assert (second["left"], second["move"]) == (0, "")
    assert answer["next_steps"] == [
        "The school's move, at Kennisnet: permission for Numo. It is petteflat."
    ]
    assert answer["data"]["counted_in"] == "a log in memory"


def test_a_school_is_known_by_its_links_hint_its_site_or_the_sites_name(
    activated: Deployment,
) -> None:
    """In that order; a hint that is no entrance of ours is shown and believed no more."""
    logged_in(activated, "petteflat", SHARED)
    go(activated, "a", back=True, elo_host=SHARED)
    go(activated, "b", back=True, elo_host="petteflat.magister.example")
    go(activated, "c", back=True, elo_host="x.example", school_hint="petteflat")
    go(activated, "d", back=True, school_hint="nergens")
    go(activated, "e", back=True, elo_host="y.example")
    known = {host: (each["schools"], each["known"]) for host, each in sites(activated).items()}
    assert known == {
        SHARED: (["petteflat"], "learnt"),
        "petteflat.magister.example": (["petteflat"], "by its name"),
        "x.example": (["petteflat"], "hinted"),
        "nergens": ([], ""),
        "y.example": ([], ""),
    }
    assert set(sites(activated, entrance="petteflat")) == {
        SHARED, "petteflat.magister.example", "x.example"
    }  # fmt: skip


def test_of_a_site_that_several_schools_share_the_links_must_tell(activated: Deployment) -> None:
    """Some come back, so it is one of them."""
    fields = {"brin": "02CD", "create": True, "name": "Regenboog"}
    activated.done("school.activate", entrance="regenboog", **fields)
    for entrance in ("petteflat", "regenboog"):
        logged_in(activated, entrance, SHARED)
    for number in range(9):
        go(activated, f"t{number}", back=number > 5, elo_host=SHARED)
    site = sites(activated)[SHARED]
    assert (site["schools"], site["left"]) == (["petteflat", "regenboog"], 6)
    assert "?school=" in site["move"]
    assert "?school=" in activated.done("trace.left_at_hub")["next_steps"][0]


def test_few_who_give_up_are_nobodys_move(activated: Deployment) -> None:
    """Two of two may have given up; three of seven did."""
    for number in range(2):
        go(activated, f"a{number}", back=False, elo_host="a.example")
    for number in range(7):
        go(activated, f"b{number}", back=number > 2, elo_host="b.example")
    assert [each["move"] for each in sites(activated).values()] == ["", ""]


def test_who_may_still_come_back_is_not_counted(activated: Deployment) -> None:
    """Ten minutes long; and neither is who came back late from a start of before."""
    go(activated, "a", back=False, ago=FLOW_SECONDS - 1, elo_host="a.example")
    go(activated, "b", back=True, ago=FLOW_SECONDS + 5, elo_host="b.example")
    go(activated, "c", back=True, ago=8 * 24 * HOUR, elo_host="c.example")
    activated.login_log.write(NOW - HOUR, outcome="logged-in", trip="d", elo_host="d.example")
    assert {host: each["returns"] for host, each in sites(activated).items()} == {"b.example": 1}
    assert set(sites(activated, since="9d")) == {"b.example", "c.example"}


def test_a_double_click_counts_once_and_a_retry_that_comes_back_has_returned(
    activated: Deployment,
) -> None:
    for trip in ("a", "b"):
        for ago in (HOUR, HOUR - 1):
            go(activated, trip, back=False, ago=ago, elo_host="a.example")
    go(activated, "b", back=True, ago=HOUR - 60, elo_host="a.example")
    site = sites(activated)["a.example"]
    assert (site["starts"], site["returns"], site["left"]) == (2, 1, 1)


def test_a_log_that_does_not_answer_is_said_to(activated: Deployment) -> None:
    activated.login_log.broken = "the query took longer than 25 seconds"
    assert activated.refused("trace.left_at_hub")["code"] == "log-unavailable"
    assert activated.refused("trace.left_at_hub", since="long")["code"] == "since-malformed"


def test_the_command_shows_a_line_a_site(run: Callable[..., Any], activated: Deployment) -> None:
    for number in range(3):
        go(activated, f"t{number}", back=False, elo_host=PETTEFLAT, school_hint="petteflat")
    lines = run("trace", "left-at-hub", "--since", "2h").stdout.splitlines()
    assert lines[0].startswith("1 site: 3 of 3 logins")
    assert lines[1].split()[:5] == ["Clicked", "on", "School", "Starts", "Returns"]
    assert lines[2].split()[:6] == [PETTEFLAT, "petteflat", "(hinted)", "3", "0", "3"]
    assert run("trace", "left-at-hub", "--school", "nergens").stdout.startswith("0 sites")


class TestPlaces:
    """The two places where the log is: each counts trips alike."""

    def test_a_file_counts_the_lines_of_the_login(self, tmp_path: Path) -> None:
        path = tmp_path / "log"
        line = {"service": "sso", "trip": "a", "timestamp": "2026-08-24 06:00:00,000+0000"}
        lines = [
            line | {"outcome": "started", "elo_host": SHARED, "school_hint": "petteflat"},
            line | {"outcome": "user-unknown", "timestamp": "2026-08-24 06:00:09,000+0000"},
            line | {"outcome": "started", "trip": "b", "elo_host": SHARED},
            line | {"outcome": "started", "trip": "c", "service": "session"},
        ]
        path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
        found = LogFile(str(path)).traffic(NOW - HOUR, NOW)
        assert sorted(found, key=lambda each: each.returned) == [
            Traffic(SHARED, "", 1, 0, int(NOW) - 1800),
            Traffic(SHARED, "petteflat", 1, 1, int(NOW) - 1791),
        ]

    def test_insights_is_asked_to_count(self) -> None:
        """It reads ten minutes on for those who come back; numbers come as text."""
        client = Answering(
            {"host": SHARED, "trips": "12", "returned": "3.0", "last_seen": "1787552000000"}
        )
        log = Insights(client, "group", lambda _: None, lambda: 0.0)
        assert log.traffic(NOW - HOUR, NOW) == [Traffic(SHARED, "", 12, 3, 1787552000)]
        assert client.asked["endTime"] == int(NOW) + LIFETIME
        assert client.asked["queryString"] == traffic_query(int(NOW) * 1000)
        assert f"began < {int(NOW) * 1000}" in client.asked["queryString"]

    def test_the_saved_query_is_the_one_that_is_asked(self) -> None:
        """But for the ten minutes, which a saved query cannot know."""
        saved = properties("LeftAtHubQuery")
        assert saved["QueryString"] == traffic_query()


class Answering:
    """CloudWatch Logs with one row for whatever is asked."""

    def __init__(self, row: dict[str, str]) -> None:
        self._row = row
        self.asked: dict[str, Any] = {}

    def start_query(self, **asked: Any) -> dict[str, str]:
        self.asked = asked
        return {"queryId": "1"}

    def get_query_results(self, **_: Any) -> dict[str, Any]:
        row = [{"field": name, "value": value} for name, value in self._row.items()]
        return {"status": "Complete", "results": [row]}


def test_a_flow_lives_as_long_here_as_at_login() -> None:
    assert FLOW_SECONDS == LIFETIME


@pytest.mark.parametrize("field", ["trip", "school_hint", "elo_host"])
def test_the_query_asks_for_fields_that_the_login_logs(field: str) -> None:
    assert field in traffic_query()
    assert hasattr(Journal(lambda: 0.0), field)
