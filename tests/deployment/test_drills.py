"""Failure drills, on the local stack with the built packages behind its front.

Each drill breaks one thing, and looks for three: a page with a reference, no 500, and nothing in
the tables that half a login would leave. Then it mends the thing, and logs in.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import boto3
import pytest

from local.client import Client, Form, Page
from local.walk import REFERENCE, response_of
from numo_local.aws.outage import STATES
from numo_sso.outcomes import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deployment.packaged import Packages
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
def mended(packaged: Stack) -> Iterator[None]:
    """After each drill, all is well again."""
    yield
    packaged.outage.state = UP
    packaged.hub.published, packaged.hub.clock = None, time.time


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
    packages.end("SsoFunction")
    logs_in(packaged)


def test_ssm_goes_down_while_instances_are_warm(packaged: Stack) -> None:
    logs_in(packaged)
    press(packaged, "/storage", state="no-parameters")
    logs_in(packaged)


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
