"""The next pupil, the wrong pupil and the last pupil: one computer, several people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from browser.visitor import PIETJE, SANNE, expect_welcome

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from browser.visitor import Visitor


def _log_in(visitor: Visitor, name: str, page: Page | None = None) -> Page:
    page = visitor.log_in_to_elo(name, page)
    page.get_by_role("link", name="Numo", exact=True).click()
    expect_welcome(page, name)
    return page


def test_the_next_pupil_is_not_taken_for_the_last(visitor: Visitor) -> None:
    """A start asks the hub though the browser holds a session, and ends that one on the server."""
    page = _log_in(visitor, SANNE)
    last = visitor.session()
    _log_in(visitor, PIETJE, page)
    assert visitor.session() != last
    assert not visitor.session_is_alive(last)
    assert visitor.session_is_alive(visitor.session())


def test_a_second_login_by_the_same_pupil_leaves_one_session(visitor: Visitor) -> None:
    """Clicking Numo again replaces the session: no second one stays behind on the server."""
    page = _log_in(visitor, SANNE)
    first = visitor.session()
    page.goto(f"{visitor.stack.api}/v1/sso")
    expect_welcome(page, SANNE)
    assert visitor.session() != first
    assert not visitor.session_is_alive(first)


def test_not_you_asks_for_a_fresh_login(visitor: Visitor) -> None:
    """The link leads to a login at the school, and whoever logs in there is in Numo."""
    page = _log_in(visitor, SANNE)
    page.get_by_role("link", name="Not you?").click()
    expect(page.get_by_text("Numo asks you to log in again")).to_be_visible()
    page.get_by_role("button", name=PIETJE).click()
    expect_welcome(page, PIETJE)


def test_not_you_and_the_same_person_again(visitor: Visitor) -> None:
    """Where the elo answers for the same person, the page says to log out there, and leads on."""
    page = _log_in(visitor, SANNE)
    page.get_by_role("link", name="Not you?").click()
    page.get_by_role("button", name=SANNE).first.click()
    expect(page.get_by_role("heading", level=1).last).to_contain_text("Sanne")
    expect(page.get_by_text("First log out of the elo.")).to_be_visible()
    page.get_by_role("link", name="I am Sanne: on to Numo").click()
    expect_welcome(page, SANNE)


@pytest.mark.parametrize(
    ("renewable", "language", "told", "offer"),
    [
        (True, "en", "You will be logged out within a minute.", "Stay logged in"),
        (False, "en", "You will be logged out within a minute.", "Log in again"),
        (True, "nl", "Je wordt binnen een minuut uitgelogd.", "Blijf ingelogd"),
        (False, "nl", "Je wordt binnen een minuut uitgelogd.", "Log opnieuw in"),
    ],
)
def test_a_minute_before_its_end_a_session_gives_notice(
    visitor: Visitor, renewable: bool, language: str, told: str, offer: str
) -> None:
    """The page looks without using the session, and offers what helps; staying is a use."""
    page = _log_in(visitor, SANNE)
    asked: list[str] = []

    def nearly_over(route: Route) -> None:
        asked.append(route.request.url.partition("/v1/session")[2])
        answer = route.fetch()
        left = {"seconds_left": 61 if len(asked) == 1 else 60, "renewable": renewable}
        route.fulfill(response=answer, json=answer.json() | left)

    page.route("**/v1/session*", nearly_over)
    page.goto(f"{page.url}?lang={language}")
    notice = page.get_by_role("alert").filter(has_text=told)
    expect(notice).to_be_visible()
    assert asked == ["", "?look=1"]
    expect(notice.get_by_text(offer)).to_be_visible()
    page.unroute("**/v1/session*")
    if renewable:
        notice.get_by_role("button", name=offer).click()
        expect(notice).to_be_hidden()


def test_log_out_ends_the_session_here_and_on_the_server(visitor: Visitor) -> None:
    """After the log-out button Numo knows nobody, and the old cookie opens nothing."""
    page = _log_in(visitor, SANNE)
    entrance, session = page.url, visitor.session()
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/v1/sso/logout")
    assert not visitor.session()
    assert not visitor.session_is_alive(session)
    page.goto(entrance)
    expect(page.get_by_text("Nobody is logged in here.")).to_be_visible()
