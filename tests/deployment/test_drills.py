"""Failure drills, in the built packages: whatever fails around a login, it ends on a page of ours.

Each drill breaks one thing, and looks for three: a page with a reference, no 500, and nothing in
the tables that half a login would leave. Then it mends the thing, and logs in.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from deployment.cloud import Cloud, sample
from deployment.guard import TABLE_PREFIX
from deployment.test_package_runs import cookie_pairs, hub_form, log_in, request_id_of

if TYPE_CHECKING:
    from deployment.runtime import Lambda

REFERENCE = re.compile(r"[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}")
Trouble = Callable[[str], Iterable[bytes] | None]


def refusing(code: str) -> Trouble:
    """DynamoDB answers every call with an error of this name."""
    body = json.dumps({"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": "drill"})
    return lambda target: [body.encode()] if target.startswith("DynamoDB") else None


def refusing_writes(target: str) -> Iterable[bytes] | None:
    """DynamoDB reads, and refuses the transaction that opens a session."""
    return refusing("InternalServerError")(target) if "TransactWrite" in target else None


def slow(target: str) -> Iterable[bytes] | None:
    """DynamoDB answers later than a browser can be made to wait for."""
    if target.startswith("DynamoDB"):
        time.sleep(2)
    return None


def silent_ssm(target: str) -> Iterable[bytes] | None:
    if target.startswith("AmazonSSM"):
        return [b'{"__type": "InternalServerError", "message": "drill"}']
    return None


def sessions(cloud: Cloud) -> int:
    """Items in the table that a login writes its session, its flow and its assertion to."""
    table = f"{TABLE_PREFIX}SessionsTable"
    return int(cloud.aws("dynamodb").scan(TableName=table, Select="COUNT")["Count"])


def ends_on_a_page(answer: dict[str, Any], *statuses: int) -> None:
    assert answer["statusCode"] in statuses, answer
    assert answer["headers"]["content-type"].startswith("text/html")
    assert REFERENCE.search(answer["body"]), answer["body"]
    assert not [c for c in answer["cookies"] if "session=" in c and "Max-Age=0" not in c]


def posted(answer: dict[str, Any]) -> dict[str, Any]:
    """The event of a response of the hub to this start."""
    form = hub_form(request_id_of(answer))
    return sample("sso/acs.json", cookies=cookie_pairs(answer), body=form)


@pytest.fixture(autouse=True)
def mended(cloud: Cloud) -> Iterator[None]:
    """After each drill, all is well again."""
    yield
    if "Sso" in cloud.guards:
        cloud.guards["Sso"].trouble = lambda _target: None
    cloud.metadata = b""


@pytest.mark.parametrize(
    "trouble",
    [
        refusing("AccessDeniedException"),
        refusing("InternalServerError"),
        refusing("ProvisionedThroughputExceededException"),
        refusing("ThrottlingException"),
        refusing("RequestLimitExceeded"),
        refusing_writes,
        slow,
    ],
    ids=["denied", "down", "throughput", "throttled", "limit", "no-writes", "slow"],
)
def test_dynamodb_refuses_throttles_or_hangs(cloud: Cloud, trouble: Trouble) -> None:
    started = cloud.invoke("Sso", sample("sso/start.json"))
    event, before = posted(started), sessions(cloud)
    cloud.guards["Sso"].trouble = trouble
    ends_on_a_page(cloud.invoke("Sso", event), 503)
    assert sessions(cloud) == before
    cloud.guards["Sso"].trouble = lambda _target: None
    landed = cloud.invoke("Sso", event)
    assert landed["statusCode"] == 303, "the same response is good once storage is"
    assert sessions(cloud) > before


def test_a_start_asks_no_table_and_goes_on_without_any(cloud: Cloud) -> None:
    cloud.invoke("Sso", sample("sso/start.json"))
    cloud.guards["Sso"].trouble = refusing("InternalServerError")
    assert cloud.invoke("Sso", sample("sso/start.json"))["statusCode"] == 302


def test_ssm_is_down_at_a_cold_start(cloud: Cloud) -> None:
    """The instance lives, says so on a page, and is told nothing of keys."""
    guard = cloud.guard("Sso")
    guard.trouble = silent_ssm
    instance = cloud.another("Sso", guard)
    try:
        answer = instance.invoke(sample("sso/start.json"))
        ends_on_a_page(answer, 503)
        assert "NS-501" in answer["body"]
        assert answer["headers"]["retry-after"]
    finally:
        instance.stop()


@pytest.mark.parametrize("garbage", [b"<html>maintenance</html>", b"\x00\xff" * 64, b"<a" * 4096])
def test_the_hub_publishes_garbage(cloud: Cloud, garbage: bytes) -> None:
    """What is in force stays in force, and logins go on."""
    cloud.metadata = garbage
    answer = cloud.invoke("Federation", {})
    assert answer["ok"] is False
    assert answer["code"].startswith("metadata-")
    assert answer["changes"] == []
    assert log_in(cloud)[0]["statusCode"] == 303


@pytest.mark.parametrize(("seconds", "status"), [(-400, 400), (-300, 303), (300, 400)])
def test_one_of_the_clocks_is_off(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch, seconds: int, status: int
) -> None:
    """Five minutes: a response lives so long, and a hub that is behind by no more is believed.

    One that is ahead, or further behind, is not: a page says so, and nothing is written.
    """
    started = cloud.invoke("Sso", sample("sso/start.json"))
    now, before = time.time(), sessions(cloud)
    monkeypatch.setattr(time, "time", lambda: now + seconds)
    event = posted(started)
    monkeypatch.undo()
    answer = cloud.invoke("Sso", event)
    if status == 303:
        assert (answer["statusCode"], sessions(cloud)) == (303, before + 3)
    else:
        ends_on_a_page(answer, status)
        assert sessions(cloud) == before
    assert log_in(cloud)[0]["statusCode"] == 303


@pytest.fixture
def other_version(cloud: Cloud) -> Iterator[Lambda]:
    """A second instance beside the one in traffic, that shares nothing with it but the tables."""
    kept = cloud.guards.get("Sso")
    instance = cloud.another("Sso")
    if kept:
        cloud.guards["Sso"] = kept
    yield instance
    instance.stop()


def test_two_versions_are_live_at_once(cloud: Cloud, other_version: Lambda) -> None:
    """One begins what the other ends; a double submit may meet either; sessions are common."""
    started = cloud.invoke("Sso", sample("sso/start.json"))
    event = posted(started)
    landed = other_version.invoke(event)
    assert landed["statusCode"] == 303
    again = cloud.invoke("Sso", event)
    path, _, query = again["headers"]["location"].partition("?")
    assert path.endswith("/v1/sso/continue")
    both = [*cookie_pairs(started), *cookie_pairs(landed)]
    on = other_version.invoke(sample("sso/continue.json", cookies=both, rawQueryString=query))
    assert on["headers"]["location"] == landed["headers"]["location"]
    session = [pair for pair in cookie_pairs(landed) if pair.startswith("__Host-numo_session=")]
    shown = cloud.invoke("Session", sample("session/show.json", cookies=session))
    assert shown["statusCode"] == 200
