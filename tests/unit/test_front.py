"""Pages for what the gateway answers by itself, and for nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from edge.http import SECURITY_HEADERS, Response, encode
from front.handler import HEADERS, OURS, WORDS, handler, page

BARE = {"content-type": [{"key": "Content-Type", "value": "application/json"}]}
BROWSER = "text/html,application/xhtml+xml"


def event(status: str, headers: Any = BARE, accept: str = BROWSER) -> dict[str, Any]:
    request = {"headers": {"accept": [{"key": "Accept", "value": accept}]}}
    response = {"status": status, "statusDescription": "", "headers": headers}
    return {"Records": [{"cf": {"request": request, "response": response}}]}


def as_cloudfront(response: Response) -> dict[str, Any]:
    """The headers of an answer of ours as Lambda@Edge is shown them."""
    headers = encode(response)["headers"]
    return {name.lower(): [{"key": name, "value": value}] for name, value in headers.items()}


@pytest.mark.parametrize("status", WORDS)
def test_a_browser_gets_a_page_in_both_languages(status: str) -> None:
    via = {"via": [{"key": "Via", "value": "2.0 cloudfront"}]}
    answer = handler(event(status, {**BARE, **via}), None)
    title, _, titel, _ = WORDS[status]
    assert answer["status"] == status
    assert f"<h1>{title}</h1>" in answer["body"]
    assert f'<section lang="en"><h2>{titel}</h2>' in answer["body"]
    assert answer["headers"]["via"] == via["via"]
    assert answer["headers"]["content-type"][0]["value"] == "text/html; charset=utf-8"
    told = {name: each[0]["value"] for name, each in answer["headers"].items()}
    policy = "content-security-policy"
    assert SECURITY_HEADERS.items() - {(policy, SECURITY_HEADERS[policy])} <= told.items()


@pytest.mark.parametrize("status", WORDS)
def test_an_answer_of_ours_stays_with_its_reference(status: str) -> None:
    """Also at 429 and 503, which we say ourselves, with a page of our own."""
    asked = event(status, as_cloudfront(Response(int(status), "<p>NS-901</p>")))
    assert handler(asked, None) is asked["Records"][0]["cf"]["response"]


@pytest.mark.parametrize(
    ("status", "accept"), [("200", BROWSER), ("404", BROWSER), ("503", "*/*"), ("429", "")]
)
def test_other_answers_and_other_askers_are_left_alone(status: str, accept: str) -> None:
    asked = event(status, BARE, accept)
    assert handler(asked, None) is asked["Records"][0]["cf"]["response"]


def test_whoever_sends_no_accept_is_answered_all_the_same() -> None:
    asked = event("503")
    asked["Records"][0]["cf"]["request"]["headers"] = {}
    assert handler(asked, None) is asked["Records"][0]["cf"]["response"]


def test_a_page_is_small_and_runs_nothing() -> None:
    assert OURS in {name.lower() for name in HEADERS}
    for status in WORDS:
        assert len(page(status).encode()) < 4096  # what the firewall takes for a body
        assert "<script" not in page(status)
        assert "http" not in page(status)
