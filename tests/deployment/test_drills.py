"""Failure drills, on the local stack with the built packages behind its front.

Each drill breaks one thing, and looks for three: a page with a reference, no 500, and nothing in
the tables that half a login would leave. Then it mends the thing, and logs in. Every function asks
AWS within its role, and no drill asks for more.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import boto3
import pytest

from deployment.cloud import sample
from deployment.guard import LOCAL_PARAMETERS
from local.client import Client, Form, Page
from local.walk import REFERENCE, response_of
from numo_local.aws.outage import STATES
from numo_sso.configuration import REFRESH_SECONDS, RETRY_SECONDS
from numo_sso.outcomes import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from deployment.packaged import Packages
    from deployment.runtime import Lambda
    from numo_local.stack import Stack

UP = "up"
STORAGE = [state for state in STATES if state not in {UP, "nonsense", "no-parameters"}]


def sessions(packages: Packages) -> int:
    """Items in the table that a login writes its session, its flow and its assertion to."""
    table = packages.environments["SsoFunction"]["SESSIONS_TABLE"]
    return int(boto3.client("dynamodb").scan(TableName=table, Select="COUNT")["Count"])


def press(stack: Stack, path: str, **fields: str) -> None:
    """Press a button of the stack's index."""
    assert Client().submit(Form(f"{stack.addresses.stand_ins}{path}", fields)).status == 200


def ends_on_a_page(page: Page, code: str) -> None:
    outcome = CATALOGUE[code]
    assert page.status == outcome.status
    assert page.headers.get_content_type() == "text/html"
    assert outcome.number.encode() in page.body
    assert REFERENCE.search(page.body), page.body


def lands(stack: Stack, browser: Client, page: Page) -> None:
    """In Numo's app, with a session."""
    assert page.url.startswith(stack.addresses.app), page
    assert browser.get(f"{stack.addresses.api}/v1/session").status == 200


def logs_in(stack: Stack) -> None:
    browser = Client()
    lands(stack, browser, browser.submit(response_of(browser, stack.addresses)))


@pytest.fixture(autouse=True)
def mended(packaged: Stack, packages: Packages) -> Iterator[None]:
    """After each drill, all is well again; and whatever was done about it, the roles allow."""
    yield
    packaged.outage.state = UP
    packaged.hub.published, packaged.hub.clock = None, time.time
    assert not [each.denied for each in packages.guards.values() if each.denied]


def test_a_login_of_the_drills_is_within_the_roles(packaged: Stack, packages: Packages) -> None:
    """Else no drill would say anything about them."""
    logs_in(packaged)
    used = packages.guards["SsoFunction"].used
    for action in ("dynamodb:BatchGetItem", "dynamodb:PutItem"):
        assert action in {each for each, _ in used}
    assert {"<schools>", "<roster>", "<sessions>", "<traces>"} <= {each for _, each in used}
    assert ("dynamodb:GetItem", "<sessions>") in packages.guards["SessionFunction"].used


@pytest.mark.parametrize("state", STORAGE)
def test_dynamodb_refuses_throttles_or_hangs(
    packaged: Stack, packages: Packages, state: str
) -> None:
    browser = Client()
    form, before = response_of(browser, packaged.addresses), sessions(packages)
    press(packaged, "/storage", state=state)
    ends_on_a_page(browser.submit(form), "storage-failed")
    press(packaged, "/storage", state=UP)
    assert sessions(packages) == before
    assert browser.get(f"{packaged.addresses.api}/v1/session").status == 401
    lands(packaged, browser, browser.submit(form))  # the same response, once storage is well
    assert sessions(packages) > before


def test_dynamodb_answers_nonsense(packaged: Stack, packages: Packages) -> None:
    """Nobody foresaw it, so it is a 500: with a page and a reference, as all are."""
    browser = Client()
    form, before = response_of(browser, packaged.addresses), sessions(packages)
    press(packaged, "/storage", state="nonsense")
    ends_on_a_page(browser.submit(form), "unexpected")
    press(packaged, "/storage", state=UP)
    assert sessions(packages) == before
    lands(packaged, browser, browser.submit(form))


def test_a_start_asks_no_table_and_goes_on_without_any(packaged: Stack) -> None:
    press(packaged, "/storage", state="down")
    page = Client().get(f"{packaged.addresses.api}/v1/sso")
    assert page.url.startswith(packaged.hub.addresses.hub)


def test_ssm_is_down_at_a_cold_start(packaged: Stack, packages: Packages) -> None:
    """The instance lives, and says so on a page; the next one finds its keys."""
    packages.end("SsoFunction")
    press(packaged, "/storage", state="no-parameters")
    page = Client().get(f"{packaged.addresses.api}/v1/sso")
    ends_on_a_page(page, "not-configured")
    assert page.headers["retry-after"]
    press(packaged, "/storage", state=UP)
    logs_in(packaged)  # by the same instance, at once
    packages.end("SsoFunction")
    logs_in(packaged)


def test_ssm_goes_down_while_instances_are_warm(packaged: Stack) -> None:
    logs_in(packaged)
    press(packaged, "/storage", state="no-parameters")
    logs_in(packaged)


@pytest.fixture
def clocked(packages: Packages) -> Iterator[Lambda]:
    """One instance of the login, whose clock each event sets."""
    instance = packages.clocked()
    yield instance
    instance.stop()


@pytest.fixture
def moved() -> Iterator[Callable[[], str]]:
    """Puts another address of the hub into SSM, and says its host; the old one comes back."""
    ssm = boto3.client("ssm")
    name = f"{LOCAL_PARAMETERS}/idp"
    before = ssm.get_parameter(Name=name)["Parameter"]["Value"]

    def put(value: str) -> None:
        ssm.put_parameter(Name=name, Value=value, Type="String", Overwrite=True)

    def move() -> str:
        put(json.dumps({**json.loads(before), "sso_url": "https://moved.example/sso"}))
        return "moved.example"

    yield move
    put(before)


def test_one_instance_reads_anew_when_ssm_is_back(
    packaged: Stack, packages: Packages, clocked: Lambda, moved: Callable[[], str]
) -> None:
    """Five minutes after it read last it asks; in vain, so it goes on, and asks after 30 s again.

    What it has read serves for as long as SSM is away, and SSM is not asked by every request.
    """
    began = time.time()

    def start_at(seconds: float) -> str:
        answer = clocked.invoke(sample("sso/start.json", now=began + seconds))
        assert answer["statusCode"] == 302, answer
        return urlsplit(answer["headers"]["location"]).hostname or ""

    hub = start_at(0)
    new = moved()
    assert start_at(REFRESH_SECONDS - 1) == hub
    press(packaged, "/storage", state="no-parameters")
    told = len(packages.lines())
    assert start_at(REFRESH_SECONDS) == hub
    assert [line["error"][0] for line in exceptions(packages, told)] == ["ClientError"]
    again = REFRESH_SECONDS + RETRY_SECONDS
    assert start_at(again - 1) == hub
    assert start_at(again) == hub
    assert len(exceptions(packages, told)) == 2, "it asked when it should, and not in between"
    press(packaged, "/storage", state=UP)
    assert start_at(again + RETRY_SECONDS - 1) == hub
    assert start_at(again + RETRY_SECONDS) == new
    assert start_at(again + RETRY_SECONDS + REFRESH_SECONDS - 1) == new
    assert len(exceptions(packages, told)) == 2


def exceptions(packages: Packages, since: int) -> list[dict[str, Any]]:
    """The lines that tell where something broke off."""
    return [each for each in packages.lines()[since:] if each["message_code"] == "exception"]


def test_an_instance_that_never_read_tries_with_every_request(
    packaged: Stack, clocked: Lambda
) -> None:
    """It has nothing to go on with; so it is well with the first request after SSM is."""
    press(packaged, "/storage", state="no-parameters")
    now = time.time()
    for _ in range(2):
        refused = clocked.invoke(sample("sso/start.json", now=now))
        assert refused["statusCode"] == CATALOGUE["not-configured"].status
        assert REFERENCE.search(refused["body"].encode())
    press(packaged, "/storage", state=UP)
    assert clocked.invoke(sample("sso/start.json", now=now))["statusCode"] == 302


@pytest.mark.parametrize("garbage", [None, b"\x00\xff" * 64, b"<a" * 4096])
def test_the_hub_publishes_garbage(
    packaged: Stack, packages: Packages, garbage: bytes | None
) -> None:
    """What is in force stays in force, and logins go on; a page of maintenance is the first."""
    press(packaged, "/hub-metadata", rebuilt="yes")
    packaged.hub.published = garbage or packaged.hub.published
    answer = packages.ask("FederationFunction", {})
    assert answer["ok"] is False
    assert answer["code"].startswith("metadata-")
    assert answer["changes"] == []
    logs_in(packaged)
    press(packaged, "/hub-metadata", rebuilt="")
    assert packages.ask("FederationFunction", {})["code"] == "metadata-unchanged"


@pytest.mark.parametrize(("seconds", "good"), [(-400, False), (-300, True), (300, False)])
def test_one_of_the_clocks_is_off(
    packaged: Stack, packages: Packages, seconds: int, good: bool
) -> None:
    """Five minutes: a response lives so long, and a hub that is behind by no more is believed.

    One that is ahead, or further behind, is not: a page says so, and nothing is written.
    """
    browser, before = Client(), sessions(packages)
    packaged.hub.clock = lambda: time.time() + seconds
    page = browser.submit(response_of(browser, packaged.addresses))
    packaged.hub.clock = time.time
    if good:
        lands(packaged, browser, page)
        assert sessions(packages) == before + 3
    else:
        ends_on_a_page(page, "response-untrusted")
        assert sessions(packages) == before
    logs_in(packaged)


def test_two_versions_are_live_at_once(packaged: Stack, packages: Packages) -> None:
    """They answer in turn: one begins what the other ends; a double submit meets both.

    They share nothing but the tables and the keys, and so do the sessions.
    """
    packages.begin("SsoFunction", "41", "42")
    packages.begin("SessionFunction", "41", "42")
    told, browser = len(packages.lines()), Client()
    form = response_of(browser, packaged.addresses)
    landed = browser.submit(form)
    lands(packaged, browser, landed)
    again = browser.submit(form)
    lands(packaged, browser, again)
    assert again.url == landed.url
    trip = [
        (line["outcome"], line["version"])
        for line in packages.lines()[told:]
        if line["service"] == "sso" and line["outcome"] != "metadata-answered"
    ]
    assert [outcome for outcome, _ in trip][:2] == ["started", "logged-in"]
    assert {version for _, version in trip} == {"41", "42"}
