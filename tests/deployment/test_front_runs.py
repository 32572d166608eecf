"""The built packages behind the local front: logins over HTTP, from the click to the end."""

from __future__ import annotations

import json
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any

import pytest

from deployment.packaged import WIDE
from edge.messages import Message
from local.client import Client, Form
from local.walk import REFERENCE, SAMPLES, expect_refused, log_in, response_of
from numo_cli.lambda_client import connect
from numo_cli.target import Target
from numo_sso.outcomes import CATALOGUE

if TYPE_CHECKING:
    from deployment.packaged import Packages
    from numo_cli.lambda_client import SupportFunction
    from numo_local.stack import Stack

SCHOOL = SAMPLES.schools[0]


def support(stack: Stack) -> SupportFunction:
    port = stack.addresses.port
    return connect(Target(local=True, port=port, profile=None, region=None, stack=""))


def authorizer(stack: Stack, browser: Client) -> dict[str, Any]:
    """What another API of Numo is told of this browser."""
    cookies = [f"{each.name}={each.value}" for each in browser.cookies]
    event = {"version": "2.0", "type": "REQUEST", "cookies": cookies, "identitySource": cookies}
    payload = json.dumps(event).encode()
    answer = support(stack).client.invoke(FunctionName="authorizer", Payload=payload)
    found: dict[str, Any] = json.loads(answer["Payload"].read())
    return found


def test_a_pupil_logs_in_over_http_is_known_and_logs_out(packaged: Stack) -> None:
    """Elo, hub and browser on one side, packages in the runtime on the other, HTTP in between."""
    browser, pupil = Client(), SCHOOL.users[0]
    assert authorizer(packaged, browser)["isAuthorized"] is False
    landed = log_in(browser, packaged.addresses, SCHOOL.entrance, pupil.id)
    assert landed.url.startswith(f"{packaged.addresses.app}/{SCHOOL.entrance}")
    assert landed.status == 200
    session = browser.get(f"{packaged.addresses.api}/v1/session")
    assert session.status == 200
    assert json.loads(session.body)["persoonscode"] == pupil.persoonscode
    known = authorizer(packaged, browser)
    assert known["isAuthorized"] is True
    assert known["context"]["entrance"] == SCHOOL.entrance
    browser.submit(browser.get(f"{packaged.addresses.api}/v1/sso/logout").form())
    assert browser.get(f"{packaged.addresses.api}/v1/session").status == 401


def test_a_response_that_is_refused_ends_on_a_page_that_support_finds(packaged: Stack) -> None:
    browser = Client()
    page = browser.submit(response_of(browser, packaged.addresses, "tampered"))
    number = CATALOGUE["response-untrusted"].number
    expect_refused(browser, packaged.addresses, page, number)
    found = REFERENCE.search(page.body)
    assert found is not None
    asked = {"action": "trace.show", "reference": found[0].decode()}
    trace = support(packaged).invoke(asked)["data"]
    assert trace["trace"]["outcome"] == "response-untrusted", trace


def test_every_line_is_one_of_ours_and_names_nobody(packaged: Stack, packages: Packages) -> None:
    """With a code of the register: no library adds lines of its own, not at a start either."""
    pupil = SCHOOL.users[0]
    log_in(Client(), packaged.addresses, SCHOOL.entrance, pupil.id)
    assert [line for line in packages.lines() if "message_code" not in line] == []
    lines = str(packages.lines())
    assert "'logged-in'" in lines
    for personal in (pupil.given_name, pupil.surname, pupil.persoonscode):
        assert personal not in lines


ASKED = [
    ("GET", "/v1/sso", "started"),
    ("GET", "/v1/sso?school=a&school=b", "request-malformed"),
    ("GET", "/v1/sso/test", "test-started"),
    ("GET", "/v1/sso/metadata", "metadata-answered"),
    ("GET", "/v1/sso/help", "guide-shown"),
    ("GET", "/v1/sso/button.svg", "button-answered"),
    ("GET", "/v1/sso/logout", "logout-asked"),
    ("POST", "/v1/sso/logout", "origin-refused"),
    ("GET", "/v1/sso/continue", "already-used"),
    ("POST", "/v1/sso/acs", "body-unsupported"),
    ("GET", "/v1/sso/acs", "method-not-allowed"),
    ("HEAD", "/v1/sso", "method-not-allowed"),
    ("PUT", "/v1/sso", "method-not-allowed"),
    ("GET", "/v1/sso/nowhere", "not-found"),
    ("GET", "/", "not-found"),
    ("GET", "/v1/session", "session-missing"),
    ("DELETE", "/v1/session", "origin-refused"),
]
"""A request of each route, and some of none, with how it ends."""


def told_of(packages: Packages, ask: Any) -> dict[str, Any]:
    """The one line that a request leaves."""
    before = len(packages.lines())
    ask()
    [line] = packages.lines()[before:]
    assert isinstance(line, dict)
    return line


@pytest.mark.parametrize(("method", "path", "outcome"), ASKED)
def test_a_request_is_one_wide_line(
    packaged: Stack, packages: Packages, method: str, path: str, outcome: str
) -> None:
    """Also where it is refused before anything of the function's own was asked."""
    port = packaged.addresses.port

    def ask() -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request(method, path)
        connection.getresponse().read()
        connection.close()

    line = told_of(packages, ask)
    assert line["outcome"] == outcome
    assert not (WIDE | {"number", "stage", "actor", "status", "PhaseParse"}) - line.keys()
    assert "reference" in line or line["level"] == "INFO"
    assert line["message_code"] in {each.code for each in Message}


def test_a_body_that_is_too_large_is_one_wide_line(packaged: Stack, packages: Packages) -> None:
    form = Form(f"{packaged.addresses.api}/v1/sso/acs", {"SAMLResponse": "A" * 600_000})
    line = told_of(packages, lambda: Client().submit(form))
    assert line["outcome"] == "body-too-large"
    assert not (WIDE | {"reference", "number", "PhaseParse"}) - line.keys()


@pytest.mark.usefixtures("packaged")
def test_an_invocation_is_one_line_too(packages: Packages) -> None:
    """Of functions to which no route leads: refused, done, and with nothing to do."""
    for name, event, outcome in (
        ("SupportFunction", {"action": "school.list"}, "done"),
        ("SupportFunction", {"action": "school.none"}, "action-unknown"),
        ("AuthorizerFunction", {"version": "2.0"}, "session-missing"),
    ):
        line = told_of(packages, lambda name=name, event=event: packages.ask(name, event))
        assert line["outcome"] == outcome
        assert not WIDE - line.keys()
    checked = told_of(packages, lambda: packages.ask("FederationFunction", {}))
    assert checked["message_code"] == "metadata-checked"
    assert not WIDE - checked.keys()
    assert checked["version"] == "1", "the dashboard shows it"
