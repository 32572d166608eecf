"""What leaves a request: one JSON line and its metrics, with nobody in them."""

from __future__ import annotations

import json
import re
from itertools import count
from typing import Any

import pytest

from edge.messages import Message
from edge.telemetry import Telemetry
from numo_sso.journal import PHASES, Journal

BY_SERVICE = ["environment", "service"]
NUMBERS = count()


def telemetry() -> Telemetry:
    """Loggers of one name share their stream, and each test has its own."""
    return Telemetry(f"sso-{next(NUMBERS)}", "staging", "7", lambda: 1_795_500_000.5)


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def counted(line: dict[str, Any], *dimensions: str) -> set[str]:
    """The metrics of a line that have just these dimensions."""
    directives = line["_aws"]["CloudWatchMetrics"]
    assert {each["Namespace"] for each in directives} == {"NumoSso"}
    return {
        metric["Name"]
        for each in directives
        if list(dimensions) in each["Dimensions"]
        for metric in each["Metrics"]
    }


def journal() -> Journal:
    ticks = iter(range(10))
    noted = Journal(lambda: next(ticks) / 10)
    with noted.phase("gate"):
        pass
    noted.outcome, noted.reference, noted.entrance = "user-unknown", "K7MQ-3XWD-9TRA", "petteflat"
    return noted


def test_a_request_is_one_line_with_its_metrics(capsys: pytest.CaptureFixture[str]) -> None:
    """The outcome, the reference, the version and how long each step took."""
    telemetry().ended(journal(), request_id="r", status=403)
    [log] = lines(capsys)
    assert (log["level"], log["message_code"]) == ("WARNING", "request-refused")
    assert (log["outcome"], log["number"], log["status"]) == ("user-unknown", "NS-231", 403)
    assert (log["stage"], log["actor"]) == ("after", "school")
    assert (log["environment"], log["version"]) == ("staging", "7")
    assert log["reference"] == "K7MQ-3XWD-9TRA"
    assert log["_aws"]["Timestamp"] == 1_795_500_000_500
    assert (log["Requests"], log["PhaseGate"], log["Duration"]) == (1, 100, 300)
    assert counted(log, *BY_SERVICE, "outcome") == {"Requests"}
    assert counted(log, *BY_SERVICE, "version") == {"Requests", "Failures", "Duration"}
    assert counted(log, *BY_SERVICE) >= {"Requests", "Failures", "Duration", "PhaseGate"}


def test_every_metric_of_a_line_has_its_value_and_its_dimensions_beside_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """CloudWatch drops what it cannot find, and tells nobody."""
    noted = journal()
    noted.phases, noted.trip, noted.new_pair = dict.fromkeys(PHASES, 1.0), "AAAAAAAA", True
    telemetry().ended(noted, request_id="r", status=403)
    [log] = lines(capsys)
    for each in log["_aws"]["CloudWatchMetrics"]:
        assert all(isinstance(log[metric["Name"]], float) for metric in each["Metrics"])
        assert all(log[name] for names in each["Dimensions"] for name in names)


def test_the_first_request_of_a_process_is_cold(capsys: pytest.CaptureFixture[str]) -> None:
    one = telemetry()
    for _ in range(2):
        one.ended(journal(), request_id="r", status=403)
    cold, warm = lines(capsys)
    assert (cold["cold_start"], warm["cold_start"]) == (True, False)
    assert cold["ColdStarts"] == 1
    assert "ColdStarts" not in counted(warm, *BY_SERVICE)


@pytest.mark.parametrize(("outcome", "failed"), [("storage-failed", 1), ("user-unknown", 0)])
def test_what_is_ours_counts_as_a_failure_and_a_refusal_does_not(
    capsys: pytest.CaptureFixture[str], outcome: str, failed: int
) -> None:
    noted = journal()
    noted.outcome = outcome
    telemetry().ended(noted, request_id="r", status=503)
    assert lines(capsys)[0]["Failures"] == failed


def test_a_new_pair_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """The metric behind the alarm."""
    noted = journal()
    noted.outcome, noted.new_pair = "logged-in", True
    telemetry().ended(noted, request_id="r", status=303)
    [log] = lines(capsys)
    assert (log["level"], log["message_code"]) == ("INFO", "request-ended")
    assert log["NewIdentityProviderPair"] == 1.0


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ("started", {"Starts"}),
        ("already-used", {"Returns"}),
        ("user-unknown", {"Returns", "Logins", "GoodLogins"}),
        ("logged-in", {"Returns", "Logins", "GoodLogins"}),
        ("storage-failed", {"Returns", "Logins", "GoodLogins"}),
    ],
)
def test_trips_to_the_hub_are_counted_without_their_site(
    capsys: pytest.CaptureFixture[str], outcome: str, expected: set[str]
) -> None:
    """The site is in the log alone: a metric for each would be one for each header sent here."""
    noted = journal()
    noted.outcome, noted.trip, noted.elo_host = outcome, "AAAAAAAA", "elo.example"
    telemetry().ended(noted, request_id="r", status=302)
    [log] = lines(capsys)
    assert (log["trip"], log["elo_host"]) == ("AAAAAAAA", "elo.example")
    assert counted(log, *BY_SERVICE) & {"Starts", "Returns", "Logins", "GoodLogins"} == expected
    assert log.get("GoodLogins", 0) == (outcome == "logged-in")
    assert "elo_host" not in str(log["_aws"])


def test_a_post_of_no_trip_of_ours_is_no_login(capsys: pytest.CaptureFixture[str]) -> None:
    """Anybody can post; the share of logins that succeed must not fall by that."""
    noted = journal()
    noted.outcome = "body-malformed"
    telemetry().ended(noted, request_id="r", status=400)
    assert not counted(lines(capsys)[0], *BY_SERVICE) & {"Returns", "Logins", "GoodLogins"}


def test_every_message_has_a_code_of_its_own() -> None:
    codes = [each.code for each in Message]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in codes)


def test_an_exception_is_logged_without_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    """Its type, its causes' and its place: an exception's text may quote a person."""

    def fail() -> None:
        try:
            dict[str, str]()["140136"]
        except KeyError as error:
            raise ValueError("Pietje") from error

    try:
        fail()
    except ValueError as error:
        telemetry().fault(error)
    (log,) = lines(capsys)
    assert log["error"] == ["ValueError", "KeyError"]
    assert "test_telemetry.py" in str(log["where"])
    assert "Pietje" not in str(log)
    assert "140136" not in str(log)
