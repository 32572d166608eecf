"""One login by its reference: from the record, or from the log, with what to do about it."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from botocore.session import get_session
from moto import mock_aws

from kit.support import NOW
from numo_sso.outcomes import CATALOGUE
from numo_sso.support.logins.insights import Insights
from numo_sso.support.logins.log import LogUnavailable
from numo_sso.support.logins.log_file import LogFile
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.requests.reference import read_reference
from numo_sso.support.traces.advice import ADVICE, advice
from numo_sso.times import iso_time

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kit.support import Deployment

REFERENCE = "K7MQ-3XWD-9TRA"
GROUP = "/aws/lambda/numo-sso-sso"
REFUSED: dict[str, Any] = {
    "detail": "no user with this persoonscode",
    "started_at": int(NOW) - 20,
    "elo_host": "petteflat.magister.net",
    "entrance": "petteflat",
    "brin": "01AB",
    "authority": "https://magister.example/idp",
    "realm": "petteflatcollege",
    "affiliations": {"student"},
    "attributes": {"uid", "nlEduPersonRealId"},
    "user": "abc",
    "certificate": "0123456789abcdef",
    "clock_difference": -1,
}


@pytest.mark.parametrize(
    "typed", ["K7MQ-3XWD-9TRA", "k7mq3xwd9tra", " k7mq 3xwd 9tra ", "K7MQ\u20133XWD\u20139TRA"]
)
def test_a_reference_is_read_however_it_is_typed(typed: str) -> None:
    """Case, spaces and dashes of any kind do not matter."""
    assert read_reference(typed) == (REFERENCE,)


def test_a_sign_that_no_reference_has_is_what_looks_like_it() -> None:
    """There is no O and no 1 in a reference, so both readings are looked up."""
    assert read_reference("K7MO-3XWD-9TRA") == (REFERENCE, "K7MD-3XWD-9TRA")
    assert read_reference("K1MQ-3XWD-9TRA")[1] == REFERENCE


@pytest.mark.parametrize(
    "typed", ["", "K7MQ", "K7MQ-3XWD-9TRAA", "K7MQ-3XWD-9TR!", "OOOO-OOOO-OOOO"]
)
def test_what_can_be_no_reference_is_refused(typed: str) -> None:
    with pytest.raises(SupportRefusal) as refusal:
        read_reference(typed)
    assert refusal.value.code == "reference-malformed"


def test_a_record_is_told_as_a_story(numo: Deployment) -> None:
    """Start, provider, attributes by name, clock, certificate, outcome; and whose move it is."""
    numo.save_trace(REFERENCE, "user-unknown", **REFUSED)
    answer = numo.done("trace.show", reference="k7mo 3xwd 9tra")
    assert answer["message"] == (
        f"{REFERENCE}: NS-231 user-unknown, petteflat; found in the record."
    )
    story = answer["data"]["story"]
    assert story[0] == {
        "at": iso_time(NOW - 20),
        "text": "Numo was clicked on petteflat.magister.net, and the browser was sent to Entree.",
    }
    told = " ".join(each["text"] for each in story)
    for part in (
        "certificate 0123456789abcdef",
        "https://magister.example/idp, with realm petteflatcollege",
        "nlEduPersonRealId, uid",
        "login of: student",
        "BRIN is 01AB, which is entrance petteflat",
        "1 s behind ours",
    ):
        assert part in told
    assert story[-1]["at"] == iso_time(NOW)
    assert "no user with this persoonscode" in story[-1]["text"]
    assert "20 s after the click" in story[-1]["text"]
    assert answer["next_steps"][0].startswith("The school's move: compare what its elo sends")
    assert answer["data"]["what_to_do"]["who"] == "The school's move"


def test_a_clock_that_is_wrong_is_said_to_be(numo: Deployment) -> None:
    numo.save_trace(REFERENCE, "logged-in", **REFUSED | {"clock_difference": 45})
    told = numo.done("trace.show", reference=REFERENCE)["data"]["story"]
    assert "The hub's clock seemed 45 s ahead of ours, which is far too much." in [
        each["text"] for each in told
    ]


def test_what_left_no_record_is_in_the_log(numo: Deployment) -> None:
    """The answer says that it is the log's, and why there is no record."""
    fields = {"reference": REFERENCE, "outcome": "flow-missing", "detail": "no flow cookie"}
    numo.login_log.write(NOW - 5, **fields, untraced="budget")
    numo.login_log.write(NOW - 1, reference=REFERENCE, outcome="already-used")
    answer = numo.done("trace.show", reference=REFERENCE)
    assert answer["message"].endswith("no school known; found in the log (a log in memory).")
    assert answer["data"]["found_in"] == "log"
    assert answer["next_steps"][0] == "Only the log has it: no record was left (budget)."
    [end] = answer["data"]["story"]
    assert end["at"] == iso_time(NOW - 5)
    assert "flow-missing" in end["text"]


def test_the_log_is_searched_as_far_back_as_asked(numo: Deployment) -> None:
    numo.login_log.write(NOW - 40 * 86_400, reference=REFERENCE, outcome="not-found")
    assert numo.refused("trace.show", reference=REFERENCE)["code"] == "reference-unknown"
    assert numo.done("trace.show", reference=REFERENCE, days=41)["data"]["found_in"] == "log"


def test_a_log_that_does_not_answer_is_said_to(numo: Deployment) -> None:
    """A record needs no log; without one the refusal is not "unknown"."""
    numo.login_log.broken = "the query took longer than 25 seconds"
    error = numo.refused("trace.show", reference=REFERENCE)
    assert error["code"] == "log-unavailable"
    assert "longer than 25 seconds" in error["message"]
    numo.save_trace(REFERENCE, "logged-in")
    assert numo.done("trace.show", reference=REFERENCE)["data"]["found_in"] == "record"


def test_a_request_without_a_reference_is_refused(numo: Deployment) -> None:
    assert numo.refused("trace.show", reference=7)["code"] == "request-invalid"
    assert numo.refused("trace.show", reference="K7")["code"] == "reference-malformed"


def test_every_outcome_has_advice_and_none_has_two() -> None:
    """What happened and what to do, for whoever is on the phone."""
    assert ADVICE.keys() == CATALOGUE.keys()
    for code in CATALOGUE:
        said = advice(code)
        assert said.what.endswith(".")
        assert said.do.endswith((".", "?"))
        assert said.steps(code)[0].startswith(said.who)


def test_an_outcome_of_another_version_is_ours_to_look_at() -> None:
    assert advice("of-tomorrow").who == "Ours"


class TestInsights:
    """Logs Insights by its own API; moto's answers with every line, so the adapter filters too."""

    @pytest.fixture
    def client(self) -> Any:
        with mock_aws():
            client: Any = get_session().create_client("logs", "eu-west-1")
            client.create_log_group(logGroupName=GROUP)
            client.create_log_stream(logGroupName=GROUP, logStreamName="1")
            lines = [
                json.dumps({"reference": REFERENCE, "outcome": "flow-missing"}),
                json.dumps({"reference": "ZZZZ-ZZZZ-ZZZZ", "outcome": "logged-in"}),
                "no json",
                "[]",
            ]
            now = int(time.time())  # by the emulator's own clock no line may be old
            events = [{"timestamp": now * 1000, "message": each} for each in lines]
            client.put_log_events(logGroupName=GROUP, logStreamName="1", logEvents=events)
            yield client

    def test_lines_of_a_reference_are_found(self, client: Any) -> None:
        log = Insights(client, GROUP, _never, lambda: 0.0)
        [line] = log.with_reference([REFERENCE], time.time() - 60, time.time() + 60)
        assert line["outcome"] == "flow-missing"

    def test_a_group_that_is_not_there_is_no_answer(self, client: Any) -> None:
        log = Insights(client, "/aws/lambda/nothing", _never, lambda: 0.0)
        with pytest.raises(LogUnavailable, match="ResourceNotFoundException"):
            log.with_reference([REFERENCE], NOW - 9, NOW + 9)

    @pytest.mark.parametrize(
        ("states", "words"),
        [(["Failed"], "ended as Failed"), (["Running"] * 99, "longer than 25 seconds")],
    )
    def test_it_waits_for_an_end_and_no_longer_than_somebody_can(
        self, states: list[str], words: str
    ) -> None:
        waits: list[float] = []
        log = Insights(Slow(states), GROUP, waits.append, lambda: sum(waits))
        with pytest.raises(LogUnavailable, match=words):
            log.with_reference([REFERENCE], NOW - 9, NOW)

    def test_it_asks_again_until_the_query_is_complete(self) -> None:
        waits: list[float] = []
        client = Slow(["Scheduled", "Running", "Complete"])
        assert Insights(client, GROUP, waits.append, lambda: 0.0).with_reference([], 0, 1) == []
        assert len(waits) == 2


class Slow:
    """A query that is in these states, one after another."""

    def __init__(self, states: list[str]) -> None:
        self._states = iter(states)

    def start_query(self, **_: Any) -> dict[str, str]:
        return {"queryId": "1"}

    def get_query_results(self, **_: Any) -> dict[str, Any]:
        return {"status": next(self._states), "results": []}


def _never(_seconds: float) -> None:
    raise AssertionError("there is nothing to wait for")


def test_a_local_log_is_read_line_by_line(tmp_path: Path) -> None:
    """Other functions' lines, metrics, and what is half written are passed over."""
    path = tmp_path / "log"
    line = {"service": "sso", "reference": REFERENCE, "timestamp": "2026-08-24 06:30:00,000+0000"}
    lines = [
        json.dumps(line | {"outcome": "not-found"}),
        json.dumps(line | {"service": "support"}),
        json.dumps(line | {"timestamp": "yesterday"}),
        json.dumps(line | {"timestamp": "2026-08-23 06:30:00,000+0000"}),
        json.dumps({"_aws": {}, "service": "sso"}),
        "7",
        '{"service": "ss',
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    log = LogFile(str(path))
    assert [each["outcome"] for each in log.with_reference([REFERENCE], NOW - 9, NOW)] == [
        "not-found"
    ]
    with pytest.raises(LogUnavailable):
        LogFile(str(tmp_path / "none")).with_reference([REFERENCE], 0, NOW)


def test_trace_and_a_reference_is_a_command(run: Callable[..., Any], numo: Deployment) -> None:
    """With or without ``show``; the story has the clock of the school's wall."""
    numo.save_trace(REFERENCE, "user-unknown", **REFUSED)
    done = run("trace", "k7mq3xwd9tra")
    lines = done.stdout.splitlines()
    assert lines[0].endswith("found in the record.")
    assert lines[1].startswith("24-08 08:29:40  Numo was clicked on petteflat.magister.net")
    assert lines[-2].startswith("  → The school's move: compare")
    assert run("trace", "show", REFERENCE).stdout == done.stdout
    as_json = json.loads(run("trace", REFERENCE, "--json").stdout)
    assert as_json["data"]["trace"]["outcome"] == "user-unknown"
    assert run("trace", "K7MQ").exit_code == 1
