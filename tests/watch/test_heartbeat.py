"""A round from outside: what is up, and what is told when something is not."""

from __future__ import annotations

import json
from itertools import count
from typing import TYPE_CHECKING

import pytest

from edge.telemetry import Telemetry
from heartbeat.app import METRICS, HeartbeatApp
from heartbeat.fetching import fetch
from numo_sso.watch.probe import Unreachable

if TYPE_CHECKING:
    from numo_sso.watch.probe import Fetch

NUMBERS = count()
START, HUB = "https://api.numo.example/v1/sso/test", "engine.entree.example"
TO_HUB = f"https://{HUB}/sso?SAMLRequest=secret"

Answers = dict[str, tuple[int, str] | None]


def fetching(answers: Answers) -> Fetch:
    def answer(url: str) -> tuple[int, str]:
        found = answers[url]
        if found is None:
            raise Unreachable("TimeoutError")
        return found

    return answer


@pytest.mark.parametrize(
    ("answers", "start", "hub", "detail"),
    [
        ({START: (302, TO_HUB), TO_HUB: (200, "")}, 1, 1, None),
        ({START: (302, TO_HUB), TO_HUB: (404, "")}, 1, 1, None),
        ({START: (302, TO_HUB), TO_HUB: (503, "")}, 1, 0, "hub: HTTP 503"),
        ({START: (302, TO_HUB), TO_HUB: None}, 1, 0, "hub: TimeoutError"),
        ({START: (503, "")}, 0, None, "start: HTTP 503 to nowhere"),
        ({START: (302, "https://evil.example/x")}, 0, None, "start: HTTP 302 to evil.example"),
        ({START: None}, 0, None, "start: TimeoutError"),
    ],
)
def test_a_round_tells_what_is_up(
    answers: Answers,
    start: int,
    hub: int | None,
    detail: str | None,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Of the hub nothing is told where nobody was sent there: that is not its fault."""
    ticks = count(0, 0.25)
    telemetry = Telemetry(f"heartbeat-{next(NUMBERS)}", "staging", "1", lambda: 0.0)
    HeartbeatApp(START, HUB, fetching(answers), telemetry, lambda: next(ticks)).beat()
    [line] = [json.loads(each) for each in capsys.readouterr().out.splitlines()]
    assert line["StartUp"] == start
    assert line.get("HubUp") == hub
    assert line.get("detail") == detail
    assert line["message_code"] == ("heartbeat" if detail is None else "heartbeat-missed")
    assert "secret" not in str(line)
    assert {name for name in line if name.startswith(("Start", "Hub"))} <= METRICS
    if start:
        assert line["StartTime"] == 250


def test_nobody_at_the_address_is_unreachable() -> None:
    with pytest.raises(Unreachable, match="Error"):
        fetch("https://127.0.0.1:9/x?y")
