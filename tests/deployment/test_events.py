"""The sample events are what API Gateway would send for this template's routes."""

from __future__ import annotations

import base64
import json
from typing import Any
from urllib.parse import parse_qsl

import pytest

from deployment.deployed import ROOT, overrides
from numo_local.schedules import scheduled_event
from numo_local.template.model import read_definition

EVENTS = {
    str(path.relative_to(ROOT / "events")): json.loads(path.read_text(encoding="utf-8"))
    for folder in ("sso", "session", "authorizer")
    for path in sorted((ROOT / "events" / folder).glob("*.json"))
}
HTTP = {name: event for name, event in EVENTS.items() if not name.startswith("authorizer/")}


def routes(function: str) -> set[str]:
    definition = read_definition(ROOT / "template.yaml", overrides("production"))
    return {route.key for route in definition.routes if route.function == function}


def test_every_route_has_a_sample() -> None:
    """Below a mapping the session function, too, is reached by its API's default route."""
    sampled = {event["routeKey"] for event in HTTP.values()}
    assert sampled == routes("SsoFunction") | routes("SessionFunction")


@pytest.mark.parametrize("name", HTTP)
def test_a_request_is_payload_v2_and_its_parts_agree(name: str) -> None:
    event = EVENTS[name]
    http = event["requestContext"]["http"]
    assert event["version"] == "2.0"
    assert event["requestContext"]["routeKey"] == event["routeKey"]
    assert event["routeKey"] in {"$default", f"{http['method']} {event['rawPath']}"}
    assert http["path"] == event["rawPath"]
    assert event.get("queryStringParameters", {}) == dict(parse_qsl(event["rawQueryString"]))
    assert all(header == header.lower() for header in event["headers"])
    assert "cookie" not in event["headers"]
    assert event["isBase64Encoded"] is ("body" in event)
    assert len(base64.b64decode(event.get("body", ""))) == int(event["headers"]["content-length"])


def test_the_federation_functions_events_are_a_schedules_and_nothing() -> None:
    """The scheduler's own event says who sent it; on demand there is nothing to say."""
    folder = ROOT / "events/federation"
    events = {path.stem: json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")}
    assert events.keys() == {"scheduled", "on-demand"}
    assert events["on-demand"] == {}
    made = scheduled_event("any")
    assert events["scheduled"].keys() == made.keys()
    for name in ("version", "detail-type", "source", "detail"):
        assert events["scheduled"][name] == made[name]


def test_the_authorizers_event_is_a_request_of_payload_v2() -> None:
    event: dict[str, Any] = EVENTS["authorizer/request.json"]
    assert (event["version"], event["type"]) == ("2.0", "REQUEST")
    assert event["identitySource"] == event["cookies"]
    assert event["routeArn"].startswith("arn:aws:execute-api:")
    assert event["requestContext"]["apiId"] in event["routeArn"]
