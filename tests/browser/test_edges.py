"""A test of the connection, frames and blocked cookies, in a browser that does as browsers do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from browser.visitor import SANNE, expect_welcome

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from browser.visitor import Visitor


def framed(visitor: Visitor, page: Page) -> None:
    """Show Numo's link in a frame of the elo, as some elos do."""
    page.goto(f"{visitor.stack.stand_ins}/elo")
    page.evaluate(
        """url => {
            const frame = document.createElement("iframe");
            frame.src = url;
            document.body.append(frame);
        }""",
        f"{visitor.stack.api}/v1/sso?target=/lesson/5",
    )


def test_a_test_of_the_connection(visitor: Visitor) -> None:
    """The whole trip, by whoever is logged in to the elo; nobody is logged in to Numo by it."""
    page = visitor.log_in_to_elo(SANNE)
    page.goto(f"{visitor.stack.api}/v1/sso/test")
    expect(page.get_by_role("heading", level=1).last).to_have_text("The connection works")
    expect(page.get_by_text("@petteflat").last).to_be_visible()
    assert page.url == f"{visitor.stack.api}/v1/sso/acs"
    assert not visitor.session()
    page.get_by_role("link", name="Test with another account").click()
    expect(page.get_by_text("Numo asks you to log in again")).to_be_visible()


def test_a_test_leaves_whoever_is_logged_in(visitor: Visitor) -> None:
    """The session that this browser holds is neither replaced nor ended."""
    page = visitor.log_in_to_elo(SANNE)
    page.get_by_role("link", name="Numo", exact=True).click()
    expect_welcome(page, SANNE)
    session = visitor.session()
    page.goto(f"{visitor.stack.api}/v1/sso/test")
    expect(page.get_by_role("heading", level=1).last).to_have_text("The connection works")
    assert visitor.session() == session
    assert visitor.session_is_alive(session)


def test_a_frame_leads_to_a_tab(visitor: Visitor) -> None:
    """The page can be seen in the frame, and its link goes on in a tab, to where it was to lead."""
    page = visitor.log_in_to_elo(SANNE)
    framed(visitor, page)
    link = page.frame_locator("iframe").get_by_role("link", name="Open in a new tab")
    with visitor.context.expect_page() as opened:
        link.click()
    expect_welcome(opened.value, SANNE)
    assert opened.value.url.endswith("/petteflat/lesson/5")


def test_without_cookies_it_ends_on_a_page_that_explains(
    visitor_without_cookies: Visitor,
) -> None:
    """Once with a button, then with the cause; nothing goes round by itself."""
    visitor = visitor_without_cookies
    page = visitor.context.new_page()
    page.goto(f"{visitor.stack.api}/v1/sso")
    page.get_by_role("link", name="Petteflat College").click()
    page.get_by_role("button", name=SANNE).first.click()
    expect(page.get_by_role("heading", level=1).last).to_have_text("Logging in did not work")
    page.get_by_role("link", name="Start again").click()
    page.get_by_role("link", name="Petteflat College").click()
    page.get_by_role("button", name=SANNE).first.click()
    expect(page.get_by_role("heading", level=1).last).to_have_text(
        "Your browser stops Numo's cookies"
    )


def test_the_back_button_to_the_start(visitor: Visitor) -> None:
    """Back from Numo, to the elo, and a click again: each click is a login of its own."""
    page = visitor.log_in_to_elo(SANNE)
    for _ in range(2):
        page.get_by_role("link", name="Numo", exact=True).click()
        expect_welcome(page, SANNE)
        page.go_back()
        page.goto(f"{visitor.stack.stand_ins}/elo")


def test_a_bookmark_of_the_middle(visitor: Visitor) -> None:
    """The address of the hub's answer, opened later: a page that says so, with a way to start."""
    page = visitor.log_in_to_elo(SANNE)
    page.goto(f"{visitor.stack.api}/v1/sso/acs")
    expect(page.get_by_role("heading", level=1).last).to_have_text(
        "This page cannot be opened like this"
    )
    page.get_by_role("link", name="Start again").click()
    expect_welcome(page, SANNE)
