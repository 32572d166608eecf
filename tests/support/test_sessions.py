"""Sessions of a school or a user: shown without names, ended on the server."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from kit.support import NOW
from numo_cli.failures import Exit, Failure

if TYPE_CHECKING:
    from collections.abc import Callable

    from kit.support import Deployment


@pytest.fixture
def numo_of_three(activated: Deployment) -> Deployment:
    """Three sessions at petteflat, of two users, and one elsewhere."""
    activated.save_session("a", "petteflat", "0140136")
    activated.save_session("b", "petteflat", "0140136")
    activated.save_session("c", "petteflat", "0140137")
    activated.save_session("d", "regenboog", "0140136")
    return activated


def left(numo: Deployment) -> set[str]:
    return {each.pk.removeprefix("session#") for each in numo.world.tables.session.scan()}


def test_a_session_is_shown_by_role_and_time_and_not_by_name(numo_of_three: Deployment) -> None:
    answer = numo_of_three.done("session.list", entrance="petteflat")
    assert answer["message"] == "3 sessions."
    assert answer["data"]["sessions"][0] == {
        "role": "pupil",
        "since": int(NOW),
        "last_seen": int(NOW),
        "until": int(NOW) + 60,
        "reference": "R",
    }
    assert "0140136" not in json.dumps(answer)
    assert not [each for each in numo_of_three.audit() if each["action"] == "session.list"]


def test_asking_for_one_user_leaves_a_record_without_the_code(numo_of_three: Deployment) -> None:
    answer = numo_of_three.done("session.list", entrance="petteflat", persoonscode="0140136")
    assert answer["message"] == "2 sessions."
    [record] = [each for each in numo_of_three.audit() if each["action"] == "session.list"]
    assert record["after"] == {"read": "sessions", "sessions": 2}
    assert "0140136" not in json.dumps(numo_of_three.audit(), default=str)


def test_what_is_over_is_no_session(numo_of_three: Deployment) -> None:
    """By time, which DynamoDB deletes late, and by the epoch."""
    numo_of_three.now += 60
    assert numo_of_three.done("session.list", entrance="petteflat")["message"] == "0 sessions."
    numo_of_three.now = NOW + 1
    numo_of_three.done("sessions.revoke_all")
    assert numo_of_three.done("session.list", entrance="petteflat")["data"]["sessions"] == []


def test_pages_follow_each_other(numo_of_three: Deployment) -> None:
    """Though all began in one second."""
    seen, after = 0, ""
    for expected in (2, 1):
        asked = {"entrance": "petteflat", "limit": 2, "after": after}
        answer = numo_of_three.done("session.list", **asked)
        seen, after = seen + len(answer["data"]["sessions"]), answer["data"]["next"]
        assert len(answer["data"]["sessions"]) == expected
    assert (seen, after) == (3, "")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"entrance": "nergens"}, "entrance-unknown"),
        ({"entrance": "petteflat", "after": "there"}, "cursor-malformed"),
        ({"entrance": "petteflat", "limit": 101}, "request-invalid"),
    ],
)
def test_what_cannot_be_listed_is_refused(
    activated: Deployment, fields: dict[str, Any], code: str
) -> None:
    assert activated.refused("session.list", **fields)["code"] == code


def test_a_users_sessions_end_and_no_others(numo_of_three: Deployment) -> None:
    asked: dict[str, Any] = {"entrance": "petteflat", "persoonscode": "0140136", "ticket": "N-1"}
    dry = numo_of_three.done("session.revoke", **asked, dry_run=True)
    assert (dry["message"], len(left(numo_of_three))) == ("2 sessions would end.", 4)
    answer = numo_of_three.done("session.revoke", **asked)
    assert answer["changes"] == ["petteflat: 2 sessions ended"]
    assert "users.disable" in answer["next_steps"][0]
    assert left(numo_of_three) == {"c", "d"}
    record = numo_of_three.audit()[-1]
    assert (record["ticket"], record["after"]) == ("N-1", {"sessions_ended": 2, "of": "user"})
    again = numo_of_three.done("session.revoke", **asked)
    assert (again["message"], again["changes"]) == ("0 sessions ended.", [])
    assert numo_of_three.audit()[-1] == record


def test_a_schools_sessions_end_part_by_part(numo_of_three: Deployment) -> None:
    """Each request ends so many, and says whether there are more."""
    asked = {"entrance": "petteflat", "limit": 2}
    first = numo_of_three.done("session.revoke", **asked)
    assert first["message"] == "2 sessions ended; more are left."
    assert first["data"] == {"ended": 2, "more": True}
    second = numo_of_three.done("session.revoke", **asked)
    assert second["data"] == {"ended": 1, "more": False}
    assert left(numo_of_three) == {"d"}


def test_the_command_lists_and_ends(run: Callable[..., Any], numo_of_three: Deployment) -> None:
    listed = run("session", "list", "--school", "petteflat").stdout.splitlines()
    assert listed[0] == "3 sessions."
    assert listed[1].split() == ["Role", "Since", "Last", "seen", "Until", "Reference"]
    assert listed[2].split()[0] == "pupil"
    some = run("session", "list", "--school", "petteflat", "--limit", "2")
    assert some.stdout.startswith("2 sessions; there are more.")
    done = run("session", "revoke", "--school", "petteflat", "--user", "0140136")
    assert done.stdout.startswith("2 sessions ended.")
    refused = run("session", "revoke", "--school", "petteflat")
    assert isinstance(refused.exception, Failure)
    assert refused.exception.code == "not-confirmed"
    assert run("session", "revoke", "--school", "petteflat", "--yes").exit_code == Exit.DONE
    assert left(numo_of_three) == {"d"}


def test_the_command_asks_until_none_is_left(
    run: Callable[..., Any], activated: Deployment
) -> None:
    """More than one request ends comes as one answer; a dry run looks at the first of them."""
    for number in range(503):
        activated.save_session(f"s{number}", "petteflat")
    dry = run("session", "revoke", "-e", "petteflat", "--dry-run")
    assert dry.stdout.startswith("500 sessions at least would end.")
    done = run("--json", "session", "revoke", "-e", "petteflat", "--yes")
    assert json.loads(done.stdout)["data"]["ended"] == 503
    assert left(activated) == set()


def test_all_is_every_school_and_said_plainly(
    run: Callable[..., Any], numo_of_three: Deployment
) -> None:
    assert run("session", "revoke", "--all", "--yes").exit_code == Exit.DONE
    assert numo_of_three.parameter("epoch") == int(NOW)
    unclear = run("session", "revoke", "--all", "--school", "petteflat", "--yes")
    missing = run("session", "list")
    for each, code in ((unclear, "session-unclear"), (missing, "school-missing")):
        assert isinstance(each.exception, Failure)
        assert (each.exception.exit_code, each.exception.code) == (Exit.USAGE, code)
