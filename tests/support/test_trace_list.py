"""Logins by school, BRIN, outcome and code, page by page; and followed live."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest

from kit.support import NOW
from numo_cli.desk import Desk
from numo_cli.target import Target
from numo_cli.trace_watch import Watch
from numo_sso.login.ports import TraceRecord
from numo_sso.pseudonyms import pseudonym
from numo_sso.storage.logins import StoredLogins
from numo_sso.support.requests.since import since

if TYPE_CHECKING:
    from collections.abc import Callable

    from kit.support import Deployment

HOUR = 3600
DAY = 24 * HOUR


def leave(numo: Deployment, reference: str, outcome: str, ago: int = 0, **fields: Any) -> None:
    """A trace as the login leaves it, so many seconds ago."""
    logins = StoredLogins(numo.world.tables, lambda _: None, lambda: 1.0, lambda: 0.0)
    at = int(numo.now) - ago
    logins.leave_trace(TraceRecord(reference=reference, outcome=outcome, at=at, **fields))


def listed(numo: Deployment, **fields: Any) -> list[str]:
    traces = numo.done("trace.list", **fields)["data"]["traces"]
    return [each["reference"] for each in traces]


def test_a_schools_logins_are_listed_newest_first(numo: Deployment) -> None:
    """Good and refused ones, of the last day if nothing else is said."""
    leave(numo, "A", "logged-in", 3 * HOUR, entrance="petteflat")
    leave(numo, "B", "user-unknown", HOUR, entrance="petteflat")
    leave(numo, "C", "logged-in", 2 * DAY, entrance="petteflat")
    leave(numo, "D", "logged-in", 0, entrance="regenboog")
    assert listed(numo, entrance="petteflat") == ["B", "A"]
    assert listed(numo, entrance="petteflat", since="3d") == ["B", "A", "C"]
    assert listed(numo, entrance="petteflat", outcome="logged-in") == ["A"]
    assert listed(numo, entrance="petteflat", since="2h") == ["B"]


def test_without_a_school_it_is_what_was_refused(numo: Deployment) -> None:
    """Of all schools and of none, day after day, and never a good login."""
    leave(numo, "A", "user-unknown", 3 * DAY, entrance="petteflat")
    leave(numo, "B", "flow-missing", 1)
    leave(numo, "C", "logged-in", 0, entrance="petteflat")
    leave(numo, "D", "brin-unknown", DAY, brin="09XY")
    leave(numo, "E", "user-unknown", 20 * DAY, entrance="petteflat")
    assert listed(numo, since="14d") == ["B", "D", "A"]
    assert listed(numo) == ["B", "D"]
    assert listed(numo, since="14d", outcome="user-unknown") == ["A"]
    answer = numo.done("trace.list", since="30m", outcome="role-differs")
    assert answer["message"] == "0 refused logins."
    assert "by school only" in answer["next_steps"][1]


def test_a_brin_finds_what_names_it_with_or_without_its_location(numo: Deployment) -> None:
    for number, brin in enumerate(["01AB", "01AB02", "01AB03", "09XY"]):
        leave(numo, "ABCD"[number], "school-not-active", number, brin=brin)
    assert listed(numo, brin="01AB") == ["A", "B", "C"]
    assert listed(numo, brin="01ab02") == ["A", "B"]
    assert listed(numo, brin="01AB02", outcome="brin-unknown") == []


def test_a_code_is_looked_up_by_its_pseudonym_and_kept_nowhere(activated: Deployment) -> None:
    """Also a login that was refused before its school was known, which has the BRIN's."""
    numo = activated
    numo.done("keys.create")
    key = base64.urlsafe_b64decode(numo.parameter("pseudonym")["key"])
    own = {"entrance": "petteflat", "user": pseudonym("petteflat", "0140136", key)}
    leave(numo, "A", "user-unknown", 20, **own)
    leave(numo, "B", "user-unknown", 10, entrance="petteflat", user="another's")
    leave(numo, "C", "school-not-active", 5, brin="01AB", user=pseudonym("01AB", "0140136", key))
    assert listed(numo, entrance="petteflat", code=" 0140136 ") == ["C", "A"]
    assert listed(numo, brin="01AB", code="0140136") == ["C"]
    assert listed(numo, entrance="petteflat", code="140136") == []
    error = numo.refused("trace.list", code="0140136")
    assert error["code"] == "code-without-school"
    everything = numo.log.getvalue() + json.dumps(numo.audit(), default=str)
    assert "0140136" not in everything


def test_without_a_key_nobody_has_logged_in(activated: Deployment) -> None:
    assert listed(activated, entrance="petteflat", code="1") == []


@pytest.mark.parametrize("school", [{"entrance": "petteflat"}, {}])
def test_pages_follow_each_other_without_a_gap_or_a_double(
    numo: Deployment, school: dict[str, str]
) -> None:
    """Also across midnight, and where several logins ended in one second."""
    for number in range(7):
        leave(numo, f"R{number}", "user-unknown", number // 3 * 8 * HOUR, entrance="petteflat")
    pages: list[list[str]] = []
    after = ""
    while not pages or after:
        answer = numo.done("trace.list", **school, since="3d", limit=2, after=after)
        pages.append([each["reference"] for each in answer["data"]["traces"]])
        after = answer["data"]["next"]
    found = [each for page in pages for each in page]
    assert sorted(found) == [f"R{number}" for number in range(7)]
    assert [len(page) for page in pages] == [2, 2, 2, 1]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"since": "yesterday"}, "since-malformed"),
        ({"after": "here"}, "cursor-malformed"),
        ({"after": "99999999999999999999:K"}, "cursor-malformed"),
        ({"outcome": "sad"}, "outcome-unknown"),
        ({"brin": "O1AB"}, "brin-malformed"),
        ({"limit": 0}, "request-invalid"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    numo: Deployment, fields: dict[str, Any], code: str
) -> None:
    assert numo.refused("trace.list", **fields)["code"] == code


@pytest.mark.parametrize(
    ("text", "ago"), [("30m", 1800), ("2h", 2 * HOUR), ("2026-08-24T06:00:00Z", 1800)]
)
def test_since_is_said_as_people_say_it(text: str, ago: int) -> None:
    assert since(text, NOW) == NOW - ago


def test_the_command_asks_page_by_page(run: Callable[..., Any], numo: Deployment) -> None:
    """More than one answer holds comes as one table, or one document."""
    for number in range(203):
        leave(numo, f"R{number}", "user-unknown", number, entrance="petteflat", detail="none")
    done = run("trace", "list", "--school", "petteflat", "--limit", "202")
    lines = done.stdout.splitlines()
    assert lines[0] == "202 logins; there are more, further back."
    assert lines[1].split()[:3] == ["Time", "Reference", "Outcome"]
    assert lines[2].split()[2:5] == ["R0", "user-unknown", "petteflat"]
    assert len(lines) == 204
    told = json.loads(run("trace", "list", "-e", "petteflat", "--limit", "999", "--json").stdout)
    assert len(told["data"]["traces"]) == 203


class Followed:
    """A watch on a deployment, in which something happens at each pause."""

    def __init__(self, numo: Deployment, *happens: Callable[[], None], as_json: bool) -> None:
        target = Target(local=False, port=1, profile=None, region=None, stack="s")
        desk = Desk(target, lambda _: lambda request: numo.ask(**request), as_json=as_json)
        self._happens = iter(happens)
        self._numo = numo
        Watch(desk, {"entrance": None, "brin": None, "outcome": None}, self._pause).follow(3)

    def _pause(self, seconds: float) -> None:
        self._numo.now += seconds
        try:
            next(self._happens)()
        except StopIteration:
            raise KeyboardInterrupt from None


def test_a_watch_shows_each_login_once_and_ends_by_ctrl_c(
    numo: Deployment, capsys: pytest.CaptureFixture[str]
) -> None:
    """One JSON document a line for programs; late ones too; what was there before is not shown."""
    leave(numo, "OLD", "user-unknown", 10)
    Followed(
        numo,
        lambda: leave(numo, "A", "user-unknown"),
        lambda: leave(numo, "B", "flow-missing", 2),  # it ended before A was shown
        lambda: leave(numo, "C", "logged-in", 0, entrance="petteflat"),
        as_json=True,
    )
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["reference"] for each in lines] == ["A", "B"]


def test_a_watch_for_people_says_how_to_end_it(
    numo: Deployment, capsys: pytest.CaptureFixture[str]
) -> None:
    Followed(numo, lambda: leave(numo, "A", "user-unknown", elo_host="x.example"), as_json=False)
    first, second, *_ = capsys.readouterr().out.splitlines()
    assert first.startswith("Following; Ctrl-C ends it.")
    assert second.split()[2:] == ["A", "user-unknown", "x.example"]


def test_ctrl_c_ends_the_command_with_code_0(run: Callable[..., Any], numo: Deployment) -> None:
    """Whatever it is doing at that moment."""

    def stop(**_: Any) -> None:
        raise KeyboardInterrupt

    numo.ask = stop  # type: ignore[method-assign,assignment]  # the connection is what is cut
    assert run("trace", "watch", "--every", "1").exit_code == 0
