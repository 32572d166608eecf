"""What browsers do to a login: no cookies, frames, and what was signed for the page after it."""

from __future__ import annotations

import re

import pytest

from kit.world import PUBLIC, Browser, World
from numo_sso.flow import LIFETIME

FRAMES = ["iframe", "frame", "embed", "object", "fencedframe"]


class Forgetful(Browser):
    """A browser that keeps no cookie."""

    def take_lines(self, lines: object) -> None:
        pass


@pytest.fixture
def world() -> World:
    return World()


def again(body: str) -> str:
    """Where the page's button leads."""
    (path,) = set(re.findall(rf'href="{PUBLIC}(/v1/sso[^"]*)"', body))
    return str(path)


def fail_without_cookies(world: World, path: str) -> str:
    """From a start to the page that a browser without cookies ends on."""
    browser = Forgetful()
    started = world.start(browser, path.removeprefix("/v1/sso"))
    response = world.post(browser, world.answer(started), started.query["RelayState"])
    assert response.status == 400
    assert "location" not in response.headers
    return response.body


class TestCookiesBlocked:
    def test_the_second_failure_says_that_cookies_are_blocked(self, world: World) -> None:
        """First the page for all, with a button; then the one that explains. Neither redirects."""
        first = fail_without_cookies(world, "/v1/sso")
        assert (world.outcome, again(first)) == ("flow-missing", "/v1/sso?again=1")
        second = fail_without_cookies(world, again(first))
        assert world.outcome == "cookies-blocked"
        assert "NS-021" in second
        assert 'target="_blank"' in second
        third = fail_without_cookies(world, again(second))
        assert (world.outcome, again(third)) == ("cookies-blocked", "/v1/sso?again=3")

    def test_a_test_stays_one(self, world: World) -> None:
        """The button of both pages tests once more."""
        first = fail_without_cookies(world, "/v1/sso/test")
        assert again(first) == "/v1/sso/test?again=1"
        second = fail_without_cookies(world, again(first))
        assert (world.outcome, again(second)) == ("cookies-blocked", "/v1/sso/test?again=2")

    def test_who_allows_cookies_gets_in(self, world: World) -> None:
        """The link of the page is a start like any other."""
        assert world.log_in(Browser(), "?again=2").status == 303

    def test_another_flows_cookie_means_that_cookies_work(self, world: World) -> None:
        """A response that answers none of this browser's flows is another matter."""
        browser = Browser()
        stranger = world.start(Browser(), "?again=1")
        world.start(browser)
        world.post(browser, world.answer(stranger), stranger.query["RelayState"])
        assert world.outcome == "flow-missing"

    def test_the_response_has_no_say(self, world: World) -> None:
        """The page is the same for a good response and for junk, and neither is looked at."""
        started = world.start(Forgetful(), "?again=1")
        pages = set()
        for document in (world.answer(started), b"<junk/>"):
            body = world.post(Forgetful(), document, started.query["RelayState"]).body
            pages.add(body.replace(world.reference, ""))
            assert world.outcome == "cookies-blocked"
        assert len(pages) == 1
        assert world.logins.traces == {}

    def test_an_old_mark_says_nothing(self, world: World) -> None:
        """A page of the hub that was kept from yesterday is no second failure."""
        started = world.start(Forgetful(), "?again=1")
        world.now += LIFETIME
        world.post(Forgetful(), world.answer(started), started.query["RelayState"])
        assert world.outcome == "flow-missing"

    @pytest.mark.parametrize("value", ["", "x", "-1", "1e3", "999", "\u0663"])
    def test_a_made_up_count_is_none(self, world: World, value: str) -> None:
        """The link is ours, and anybody can change it: it then counts for nothing."""
        world.start(Browser(), f"?again={value}")
        assert world.telemetry.journals[-1].again == 0

    def test_it_is_charged_to_its_source(self, world: World) -> None:
        """Nobody asks for this page on and on."""
        started = world.start(Forgetful(), "?again=1")
        for _ in range(30):
            world.post(Forgetful(), b"x", started.query["RelayState"])
        world.post(Forgetful(), b"x", started.query["RelayState"])
        assert world.outcome == "too-many-failures"


class TestFrames:
    @pytest.mark.parametrize("where", FRAMES)
    @pytest.mark.parametrize("path", ["", "/test"])
    def test_no_login_begins_in_a_frame(self, world: World, where: str, path: str) -> None:
        """A page that may be framed, with a link to the same in a tab; no cookie, no redirect."""
        response = world.start(Browser(), path, {"sec-fetch-dest": where}).response
        assert (response.status, world.outcome) == (403, "framed")
        assert "frame-ancestors" not in response.headers["content-security-policy"]
        assert 'target="_blank" rel="noopener"' in response.body
        assert again(response.body) == f"/v1/sso{path}"
        assert response.cookies == []

    def test_the_link_keeps_the_click(self, world: World) -> None:
        """Where it was to lead, and the hints at the school; escaped."""
        query = "?target=/les%3Fa=1%26b&school=petteflat"
        body = world.start(Browser(), query, {"sec-fetch-dest": "iframe"}).response.body
        path = again(body).replace("&amp;", "&")
        assert world.log_in(Browser(), path.removeprefix("/v1/sso")).headers["location"] == (
            "https://petteflat.numo.example/les?a=1&b"
        )

    def test_no_response_is_taken_in_a_frame(self, world: World) -> None:
        """Its session would not be kept; so it is not spent, and is good in a tab."""
        browser = Browser()
        document = world.answer(world.start(browser))
        world.post(browser, document, headers={"sec-fetch-dest": "iframe"})
        assert (world.outcome, world.logins.endings) == ("framed", [])
        assert world.post(browser, document).status == 303

    @pytest.mark.parametrize("where", ["document", "", "empty"])
    def test_a_window_is_none(self, world: World, where: str) -> None:
        """Nor is a browser that does not tell."""
        assert world.start(Browser(), "", {"sec-fetch-dest": where}).response.status == 302
