"""Tests of the connection as a check of the school tells them: no logins, and beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kit.support import NOW, row
from numo_sso.login.ports import TraceRecord
from numo_sso.storage.logins import StoredLogins
from numo_sso.support.logins.of_school import MAX_TESTS, read_logins
from numo_sso.support.requests.common import OneSchool
from numo_sso.support.world import Task

if TYPE_CHECKING:
    from kit.support import Deployment

REFERENCE = "K7MQ-3XWD-9TRA"
TESTED = "connection-tested"
AT: dict[str, Any] = {"entrance": "petteflat", "brin": "01AB"}
STAFF = frozenset({"employee"})


def found(numo: Deployment) -> list[dict[str, Any]]:
    findings = numo.done("school.check", entrance="petteflat")["data"]["findings"]
    return [each for each in findings if each["code"] == "tested"]


def test_a_test_is_told_with_whose_move_it_is(activated: Deployment) -> None:
    """When, by whom in the elo's word, what a login would come to, and the step."""
    activated.leave_traces(TESTED, result="user-unknown", affiliations=STAFF, **AT)
    (finding,) = found(activated)
    assert finding["text"].startswith(
        "Tested on 2026-08-24T06:29:00Z by a teacher or other staff: user-unknown (NS-231): Nobody"
    )
    assert (finding["level"], finding["owner"]) == ("look", "school")
    (test,) = activated.done("school.check", entrance="petteflat")["data"]["tests"]
    assert (test["result"], test["at"]) == ("user-unknown", int(NOW) - 60)
    assert test["reference"]


def test_one_that_went_well_asks_nothing(activated: Deployment) -> None:
    activated.leave_traces(TESTED, result="logged-in", affiliations=frozenset({"student"}), **AT)
    (finding,) = found(activated)
    assert finding["text"].endswith(" by a pupil: a login would get in.")
    assert (finding["level"], finding["owner"]) == ("fine", None)


def test_before_the_school_is_known_it_is_found_by_its_brin(numo: Deployment) -> None:
    """An administrator tried first and asked afterwards; then the school was not known yet."""
    numo.leave_traces(TESTED, result="brin-unknown", brin="01AB02")
    numo.done("school.request", entrance="petteflat", brin="01AB", name="Petteflat")
    (finding,) = found(numo)
    assert "by somebody: brin-unknown" in finding["text"]
    findings = numo.done("school.check", entrance="petteflat")["data"]["findings"]
    assert "no-logins" not in [each["code"] for each in findings]  # it came from the hub


def test_the_newest_three_are_told(activated: Deployment) -> None:
    """Newest first, of the entrance and of its BRIN together."""
    results = ["realid-missing", "user-unknown", "role-differs"]
    for ago, result in enumerate(results):
        activated.leave_traces(TESTED, ago=ago + 10, result=result, **AT)
    activated.leave_traces(TESTED, ago=5, result="brin-missing", brin="01AB")
    told = [each["text"].partition(": ")[2].partition(" ")[0] for each in found(activated)]
    assert told == ["brin-missing", "realid-missing", "user-unknown"]


def test_it_counts_as_no_login(activated: Deployment) -> None:
    """Not in the counts, the shares, the providers or the report."""
    numo = activated
    numo.done("users.import", entrance="petteflat", rows=[row("140136")])
    fields = {"result": "user-unknown", "realm": "flat", "authority": "x", **AT}
    numo.leave_traces(*[TESTED] * 30, code_shape="digits-6", elo_host="elo.example", **fields)
    data = numo.done("school.check", entrance="petteflat")["data"]
    assert (data["logins"]["outcomes"], data["providers"]) == ({}, [])
    (line,) = numo.done("school.report")["data"]["schools"]
    assert (line["logins"], line["last_good"]) == (0, None)
    request = OneSchool(action="school.check", entrance="petteflat")
    logins = read_logins(Task(numo.world, request, "id", numo.now), "petteflat")
    assert len(logins.tests) == MAX_TESTS
    assert not logins.shapes
    assert not logins.shapes_refused


def test_a_reference_tells_what_a_login_would_be(activated: Deployment) -> None:
    """The administrator reads it out as any other."""
    logins = StoredLogins(activated.world.tables, lambda _: None, lambda: 1.0, lambda: 0.0)
    logins.leave_trace(TraceRecord(REFERENCE, TESTED, int(NOW) - 60, result="user-unknown", **AT))
    story = activated.done("trace.show", reference=REFERENCE)["data"]["story"]
    assert "A login would have ended in user-unknown." in story[-1]["text"]
