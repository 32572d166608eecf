"""Two tabs, double clicks and back buttons: what people do while a login is under way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from browser.visitor import SANNE, expect_welcome

if TYPE_CHECKING:
    from browser.visitor import Visitor


def test_two_tabs_at_once(visitor: Visitor) -> None:
    """Two logins under way in one browser each end at their own target, in either order."""
    first = visitor.arrive_at_response("/lesson/1")
    second = visitor.arrive_at_response("/lesson/2")
    second.get_by_role("button", name="Continue to Numo").click()
    expect_welcome(second, SANNE)
    first.get_by_role("button", name="Continue to Numo").click()
    expect_welcome(first, SANNE)
    assert first.url.endswith("/petteflat/lesson/1")
    assert second.url.endswith("/petteflat/lesson/2")


def test_a_double_submit_is_no_replay(visitor: Visitor) -> None:
    """A form that is sent twice in a row ends in Numo, not on a page about a used response."""
    page = visitor.arrive_at_response()
    page.evaluate("() => { const form = document.forms.response; form.submit(); form.submit(); }")
    expect_welcome(page, SANNE)


def test_the_back_button_and_another_click(visitor: Visitor) -> None:
    """Going back to the hub's form and sending it again leads to the session that is there."""
    page = visitor.arrive_at_response("/lesson/3")
    page.get_by_role("button", name="Continue to Numo").click()
    expect_welcome(page, SANNE)
    session = visitor.session()
    page.go_back()
    page.get_by_role("button", name="Continue to Numo").click()
    expect_welcome(page, SANNE)
    assert page.url.endswith("/petteflat/lesson/3")
    assert visitor.session() == session


def test_a_response_sent_from_another_browser_opens_nothing(
    visitor: Visitor, visitor_without_javascript: Visitor
) -> None:
    """A response that somebody else was given does not log in the one who posts it."""
    page = visitor.arrive_at_response()
    fields: dict[str, str | float | bool] = {
        field.get_attribute("name") or "": field.get_attribute("value") or ""
        for field in page.locator("#response input").all()
    }
    thief = visitor_without_javascript
    answer = thief.context.request.post(f"{thief.stack.api}/v1/sso/acs", form=fields)
    assert 400 <= answer.status < 500
    assert not thief.session()
