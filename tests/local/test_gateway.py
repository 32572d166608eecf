"""The gateway in front of the functions, as close to the real one as a function can tell."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from numo_local.functions import Function, Functions
from numo_local.gateway.faults import Faults
from numo_local.gateway.front import Gateway
from numo_local.gateway.routes import Routes
from numo_local.serving import HEAD_BYTES
from numo_local.template.model import FunctionDefinition, RouteDefinition

DEFINITION = FunctionDefinition("AppFunction", "app", "app.handler", {}, 3, 128)
FORM = "application/x-www-form-urlencoded"


@dataclass
class Seen:
    """A handler that keeps the event and answers as told."""

    answer: Any = field(default_factory=lambda: {"statusCode": 200, "body": "ok"})
    event: dict[str, Any] = field(default_factory=dict)

    def __call__(self, event: dict[str, Any], _context: object) -> Any:
        self.event = event
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def ask(
    seen: Seen,
    path: str = "/v1/sso",
    *,
    routes: tuple[str, ...] = ("GET /v1/sso", "$default"),
    faults: Faults | None = None,
    head: int = 100,
    **request: Any,
) -> TestResponse:
    """Send one request through a gateway of its own."""
    gateway = Gateway(
        Routes(RouteDefinition(key, "AppFunction") for key in routes),
        Functions({"AppFunction": Function(DEFINITION, seen)}),
        faults or Faults(),
    )
    return Client(gateway, use_cookies=False).open(
        path, environ_overrides={HEAD_BYTES: head}, **request
    )


def test_the_event_is_of_payload_version_2() -> None:
    """Route, path, query and request context stand where Lambda has them."""
    seen = Seen()
    ask(seen, "/v1/sso?target=/a%20b&x=1&x=2", headers={"User-Agent": "test"})
    assert seen.event["version"] == "2.0"
    assert seen.event["routeKey"] == "GET /v1/sso"
    assert seen.event["rawPath"] == "/v1/sso"
    assert seen.event["rawQueryString"] == "target=/a%20b&x=1&x=2"
    assert seen.event["queryStringParameters"] == {"target": "/a b", "x": "1,2"}
    assert seen.event["requestContext"]["http"]["method"] == "GET"
    assert seen.event["requestContext"]["http"]["userAgent"] == "test"
    assert "body" not in seen.event


def test_header_names_are_lower_case_and_cookies_stand_apart() -> None:
    """Cookies are a list of their own, and no header."""
    seen = Seen()
    ask(seen, headers={"X-Some": "one", "Cookie": "a=1; b=2; a=3"})
    assert seen.event["headers"]["x-some"] == "one"
    assert seen.event["cookies"] == ["a=1", "b=2", "a=3"]
    assert "cookie" not in seen.event["headers"]


def test_a_form_arrives_as_base64() -> None:
    """A handler that forgets to decode fails here as it would on AWS."""
    seen = Seen()
    ask(seen, "/other", method="POST", data="a=1", content_type=FORM)
    assert seen.event["isBase64Encoded"] is True
    assert base64.b64decode(seen.event["body"]) == b"a=1"
    assert seen.event["routeKey"] == "$default"


def test_json_arrives_as_text() -> None:
    """Text is not encoded."""
    seen = Seen()
    ask(seen, "/other", method="POST", data="{}", content_type="application/json")
    assert seen.event["isBase64Encoded"] is False
    assert seen.event["body"] == "{}"


def test_each_cookie_of_an_answer_is_a_header_of_its_own() -> None:
    """Browsers read one cookie a header."""
    seen = Seen({"statusCode": 303, "headers": {"location": "/x"}, "cookies": ["a=1", "b=2"]})
    answer = ask(seen)
    assert answer.status_code == 303
    assert answer.headers.getlist("Set-Cookie") == ["a=1", "b=2"]


def test_a_binary_answer_is_decoded() -> None:
    seen = Seen(
        {"statusCode": 200, "body": base64.b64encode(b"\xff").decode(), "isBase64Encoded": True}
    )
    assert ask(seen).data == b"\xff"


@pytest.mark.parametrize(
    "answer",
    [ValueError("a secret"), {"statusCode": "many"}, {"statusCode": 200, "body": {"a": 1}}],
    ids=["raises", "status-no-number", "body-no-text"],
)
def test_a_failing_function_is_the_gateways_500(answer: Any) -> None:
    """Whatever a function does wrong, nothing of it reaches the user."""
    response = ask(Seen(answer))
    assert response.status_code == 500
    assert json.loads(response.data) == {"message": "Internal Server Error"}


@pytest.mark.parametrize(("head", "status"), [(10_240, 200), (10_241, 431)])
def test_line_and_headers_have_a_limit(head: int, status: int) -> None:
    """10,240 bytes still pass."""
    assert ask(Seen(), head=head).status_code == status


@pytest.mark.parametrize(
    ("size", "status"),
    [(4_000_000, 200), (5_000_000, 413), (11_000_000, 413)],
    ids=["fits", "event-of-6-MB", "body-of-10-MB"],
)
def test_bodies_have_a_limit(size: int, status: int) -> None:
    """In base64 a body grows by a third before Lambda's limit meets it."""
    response = ask(Seen(), "/x", method="POST", data=b"a" * size, content_type=FORM)
    assert response.status_code == status


def test_without_a_default_route_the_gateway_answers_404() -> None:
    response = ask(Seen(), "/nothing", routes=("GET /v1/sso",))
    assert response.status_code == 404
    assert json.loads(response.data) == {"message": "Not Found"}


@pytest.mark.parametrize("status", [429, 503])
def test_a_provoked_failure_hits_one_request_and_has_no_page(status: int) -> None:
    """The gateway's own failures come as JSON, once for each time they were asked for."""
    faults, seen = Faults(), Seen()
    faults.provoke(status)
    response = ask(seen, faults=faults)
    assert response.status_code == status
    assert "message" in json.loads(response.data)
    assert not seen.event
    assert ask(seen, faults=faults).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "key"),
    [
        ("GET", "/a", "GET /a"),
        ("POST", "/a", "ANY /a"),
        ("GET", "/a/", "$default"),
        ("GET", "/a/7", "GET /a/{id}"),
        ("GET", "/a/b", "GET /a/b"),
        ("GET", "/a/7/8", "GET /a/{rest+}"),
        ("PUT", "/a/7", "$default"),
    ],
)
def test_routes_match_in_the_gateways_order(method: str, path: str, key: str) -> None:
    """Full matches win over variables, variables over greedy ones, all over ``$default``."""
    keys = ("$default", "GET /a/{rest+}", "GET /a/{id}", "GET /a/b", "ANY /a", "GET /a")
    match = Routes(RouteDefinition(each, "F") for each in keys).match(method, path)
    assert match is not None
    assert match.key == key
