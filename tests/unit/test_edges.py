"""What browsers do to a login: no cookies, frames, and what was signed for the page after it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from kit.world import PUBLIC, Browser, World
from numo_sso.configuration import NotConfigured
from numo_sso.flow import LIFETIME
from numo_sso.outcomes import CATALOGUE
from numo_sso.waiting import LONGEST, wait_after

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    (path,) = set(re.findall(rf'class="button[^"]*" href="{PUBLIC}(/v1/sso[^"]*)"', body))
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


ANDROID = "Mozilla/5.0 (Linux; Android 15; SM-A556B{}) AppleWebKit/537.36 (KHTML, like Gecko) "
IOS = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML)"
APPS = {
    "android-webview": ANDROID.format("; wv") + "Version/4.0 Chrome/142.0.0.0 Mobile Safari/537.36",
    "ios-webview": IOS + " Mobile/15E148",
    "instagram": IOS + " Mobile/15E148 Instagram 356.0/iPhone",
    "google-app": IOS + " GSA/345.0 Mobile/15E148 Safari/604.1",
    "facebook": ANDROID.format("")
    + "Chrome/142.0.0.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/480;]",
}
BROWSERS = {
    "chrome-android": ANDROID.format("") + "Chrome/142.0.0.0 Mobile Safari/537.36",
    "safari-ios": IOS + " Version/18.1 Mobile/15E148 Safari/604.1",
    "chrome-ios": IOS + " CriOS/142.0 Mobile/15E148 Safari/604.1",
    "firefox": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "chromebook": "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/142.0.0.0 Safari/537.36",
    "silent": "",
}
OUT_OF_THE_APP = "Je zit nu in de browser van een app."


class TestApps:
    @pytest.mark.parametrize("agent", APPS.values(), ids=APPS.keys())
    def test_after_a_failure_an_apps_browser_is_told_the_way_out(
        self, world: World, agent: str
    ) -> None:
        """First on the page, with the address to type; on the page about cookies too."""
        for count in (0, 1):
            browser = Forgetful()
            started = world.start(browser, f"?again={count}")
            relay_state = started.query["RelayState"]
            page = world.post(browser, b"x", relay_state, {"user-agent": agent}).body
            assert OUT_OF_THE_APP in page
            assert f"<code>{PUBLIC}/v1/sso</code>" in page
            assert world.telemetry.journals[-1].in_app

    @pytest.mark.parametrize("agent", BROWSERS.values(), ids=BROWSERS.keys())
    def test_a_browser_is_none(self, world: World, agent: str) -> None:
        page = world.post(Browser(), b"x", headers={"user-agent": agent}).body
        assert OUT_OF_THE_APP not in page

    def test_an_apps_browser_that_can_logs_in(self, world: World) -> None:
        """What a user agent says turns nobody away."""
        browser, headers = Browser(), {"user-agent": APPS["android-webview"]}
        started = world.start(browser, "", headers)
        assert world.post(browser, world.answer(started), headers=headers).status == 303


class TestWaiting:
    def fails(self, world: World, path: str) -> tuple[str, int]:
        browser = Browser()
        started = world.start(browser, path.removeprefix("/v1/sso"))
        world.logins.fails = True
        response = world.post(browser, world.answer(started))
        assert (response.status, world.outcome) == (503, "storage-failed")
        return response.body, int(response.headers["retry-after"])

    def test_each_failure_asks_to_wait_longer(self, world: World) -> None:
        """From page to page by its button; the page and the header say the same."""
        path, waits = "/v1/sso", []
        for _ in range(7):
            body, wait = self.fails(world, path)
            assert f"Wacht {wait} seconden" in body
            path = again(body)
            waits.append(wait)
        for wait, least in zip(waits, (10, 20, 40, 80, 160, 240, 240), strict=True):
            assert least <= wait <= least * 1.5

    def test_a_start_that_fails_counts_too(self) -> None:
        """Where the configuration cannot be read, before there is a flow."""

        def broken() -> Mapping[str, str]:
            raise NotConfigured("parameter idp: missing")

        world = World(read=broken)
        body = world.start(Browser(), "?again=1").response.body
        assert (world.outcome, again(body)) == ("not-configured", "/v1/sso?again=2")
        wait = int(re.findall(r"Wacht (\d+) seconden", body)[0])
        assert 120 <= wait <= 180

    def test_before_verification_the_page_is_one(self, world: World) -> None:
        """Too many failures say when to come back in the header alone."""
        browser = Browser()
        document = world.answer(world.start(browser), audience="https://another.example")
        pages = {world.post(browser, document).body.replace(world.reference, "") for _ in range(10)}
        assert world.outcome == "response-refused"
        limited = world.post(browser, document)
        assert limited.headers["retry-after"] == "60"  # as long as a budget takes to fill
        assert pages == {limited.body.replace(world.reference, "")}

    @pytest.mark.parametrize("lot", [0, 255])
    def test_the_lot_adds_up_to_half(self, lot: int) -> None:
        """And a count that somebody made up ends somewhere."""
        storage = CATALOGUE["storage-failed"]
        assert wait_after(storage, 0, lambda _: bytes([lot])) == (15 if lot else 10)
        assert wait_after(storage, 99, lambda _: b"\0") == LONGEST
        assert wait_after(CATALOGUE["unexpected"], 0, lambda _: b"\0") is None
