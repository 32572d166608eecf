"""The built packages behind the local front: logins over HTTP, from the click to the end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from local.client import Client
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
    """No library adds lines of its own, not at a start either."""
    pupil = SCHOOL.users[0]
    log_in(Client(), packaged.addresses, SCHOOL.entrance, pupil.id)
    assert [line for line in packages.lines() if "service" not in line] == []
    lines = str(packages.lines())
    assert "'logged-in'" in lines
    for personal in (pupil.given_name, pupil.surname, pupil.persoonscode):
        assert personal not in lines
