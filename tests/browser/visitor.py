"""Somebody at a computer: what people do on the pages, in words of one line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from numo_local.process import RunningStack

SANNE = "Sanne de Vries"
PIETJE = "Pietje Pukkelen"


@dataclass(frozen=True)
class Visitor:
    """A browser with its cookies."""

    context: BrowserContext
    stack: RunningStack

    def log_in_to_elo(self, name: str, page: Page | None = None) -> Page:
        """Become somebody at the elo; whoever was there before logs out first."""
        page = page or self.context.new_page()
        page.goto(f"{self.stack.stand_ins}/elo")
        if page.get_by_role("button", name="Log out of the elo").is_visible():
            page.get_by_role("button", name="Log out of the elo").click()
        self._unfold(page, name)
        page.get_by_role("button", name=name).first.click()
        expect(page.get_by_text(f"You are logged in as {name}")).to_be_visible()
        return page

    @staticmethod
    def _unfold(page: Page, name: str) -> None:
        person = page.get_by_role("button", name=name, include_hidden=True).first
        if not person.is_visible():
            page.locator("details").filter(has=person).locator("summary").click()

    def arrive_at_reference(self, target: str = "") -> Page:
        """Follow a link to Numo, and stop at the hub's form for typing attributes."""
        page = self.context.new_page()
        page.goto(f"{self.stack.stand_ins}/elo")
        page.get_by_role("button", name="Use the reference identity provider").click()
        if target:
            page.goto(f"{self.stack.api}/v1/sso?target={target}")
        return page

    def arrive_at_response(self, target: str = "") -> Page:
        """Go on until the response is there, and do not send it yet."""
        page = self.arrive_at_reference(target)
        page.get_by_label("Show the response before it is sent").check()
        page.get_by_role("button", name="Log in").click()
        expect(page.get_by_role("button", name="Continue to Numo")).to_be_visible()
        return page

    def session(self) -> str:
        """The value of the session cookie; empty where there is none."""
        cookies = self.context.cookies(self.stack.api)
        return next(
            (each["value"] for each in cookies if each["name"] == "__Host-numo_session"), ""
        )

    def flows(self) -> int:
        """How many logins are under way in this browser."""
        cookies = self.context.cookies(f"{self.stack.api}/v1/sso")
        return sum(each["name"].startswith("__Host-numo_flow_") for each in cookies)

    def session_is_alive(self, value: str) -> bool:
        """Whether the server still knows a session by its cookie's value."""
        # not by this browser: an answer of 401 also removes its cookie
        host = urlsplit(self.stack.api).netloc
        connection = HTTPConnection(host, timeout=10)
        connection.request("GET", "/v1/session", headers={"Cookie": f"__Host-numo_session={value}"})
        status = connection.getresponse().status
        connection.close()
        assert status in {200, 401}
        return status == 200


def expect_welcome(page: Page, name: str) -> None:
    """Be in Numo, as this person."""
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"^Welcome, "))
    expect(page.locator("[data-field=name]")).to_have_text(name)
