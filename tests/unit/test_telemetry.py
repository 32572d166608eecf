"""What leaves a request: one JSON line and its metrics, with nobody in them."""

from __future__ import annotations

import json

import pytest

from edge.telemetry import Telemetry
from numo_sso.journal import Journal


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def journal() -> Journal:
    ticks = iter(range(10))
    noted = Journal(lambda: next(ticks) / 10)
    with noted.phase("gate"):
        pass
    noted.outcome, noted.reference, noted.entrance = "user-unknown", "K7MQ-3XWD-9TRA", "petteflat"
    return noted


def test_a_request_is_one_line_and_its_metrics(capsys: pytest.CaptureFixture[str]) -> None:
    """The outcome, the reference, the steps' durations; the first of a process says cold."""
    telemetry = Telemetry("sso-test")
    telemetry.ended(journal(), request_id="r", status=403)
    log, metrics = lines(capsys)
    assert log["level"] == "WARNING"
    assert log["outcome"] == metrics["outcome"] == "user-unknown"
    assert log["reference"] == "K7MQ-3XWD-9TRA"
    assert log["phases"] == {"gate": 100.0}
    assert log["cold_start"] is True
    assert metrics["Requests"] == [1.0]
    telemetry.ended(journal(), request_id="r", status=403)
    assert lines(capsys)[0]["cold_start"] is False


def test_a_new_pair_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """The metric behind the alarm."""
    noted = journal()
    noted.outcome, noted.new_pair = "logged-in", True
    Telemetry("counting").ended(noted, request_id="r", status=303)
    log, metrics = lines(capsys)
    assert log["level"] == "INFO"
    assert metrics["NewIdentityProviderPair"] == [1.0]


@pytest.mark.parametrize(
    ("outcome", "counted"), [("started", "Starts"), ("user-unknown", "Returns")]
)
def test_trips_to_the_hub_are_counted_without_their_site(
    capsys: pytest.CaptureFixture[str], outcome: str, counted: str
) -> None:
    """The site is in the log alone: a metric for each would be one for each header sent here."""
    noted = journal()
    noted.outcome, noted.trip, noted.elo_host = outcome, "AAAAAAAA", "elo.example"
    Telemetry(f"trips-{outcome}").ended(noted, request_id="r", status=302)
    log, metrics = lines(capsys)
    assert (log["trip"], log["elo_host"]) == ("AAAAAAAA", "elo.example")
    assert metrics[counted] == [1.0]
    assert len({"Starts", "Returns"} & metrics.keys()) == 1
    assert "elo.example" not in str(metrics)


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
        Telemetry("failing").fault(error)
    (log,) = lines(capsys)
    assert log["error"] == ["ValueError", "KeyError"]
    assert "test_telemetry.py" in str(log["where"])
    assert "Pietje" not in str(log)
    assert "140136" not in str(log)
