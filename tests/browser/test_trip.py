"""The whole trip, from the elo's button to Numo's page, as a browser makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Request, expect

from browser.visitor import PIETJE, SANNE, Visitor, expect_welcome

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_one_click_in_the_elo_leads_into_numo(visitor: Visitor) -> None:
    """A pupil who is logged in to the elo clicks Numo once, and is welcomed by name."""
    page = visitor.log_in_to_elo(SANNE)
    page.get_by_role("link", name="Numo", exact=True).click()
    expect_welcome(page, SANNE)
    expect(page.locator("[data-field=role]")).to_have_text("pupil")
    expect(page.locator("[data-field=school]")).to_have_text("Petteflat College (01AB)")
    expect(page.locator("[data-field=school]")).to_have_text("Petteflat College (01AB)")
    expect(page.locator("[data-field=role]")).to_have_text("pupil")


def test_the_hub_is_another_site_and_its_post_carries_the_flow_only(visitor: Visitor) -> None:
    """The response arrives cross-site: the flow's cookie comes along, a held session does not."""
    page = visitor.log_in_to_elo(SANNE)
    page.get_by_role("link", name="Numo", exact=True).click()
    expect_welcome(page, SANNE)
    seen: list[Request] = []
    page.on("request", lambda each: seen.append(each))  # noqa: PLW0108  # playwright wraps no builtin
    page.goto(f"{visitor.stack.api}/v1/sso")
    expect_welcome(page, SANNE)
    headers = next(each for each in seen if each.url.endswith("/acs")).all_headers()
    assert headers["sec-fetch-site"] == "cross-site"
    assert "__Host-numo_flow_" in headers["cookie"]
    assert "__Host-numo_session" not in headers["cookie"]


def test_a_deep_link_ends_at_its_page(visitor: Visitor) -> None:
    """A link with a target lands on that page of the pupil's own entrance."""
    page = visitor.log_in_to_elo(PIETJE)
    page.get_by_role("link", name="Lesson 7 in Numo").click()
    expect_welcome(page, PIETJE)
    assert page.url.endswith("/petteflat/lesson/7")


def test_a_school_that_matches_on_idgebr(visitor: Visitor) -> None:
    """At a school with Magister's column the hub's code leads to the persoonscode beside it."""
    page = visitor.log_in_to_elo("Tess Vermeulen")
    page.get_by_role("link", name="Numo", exact=True).click()
    expect_welcome(page, "Tess Vermeulen")
    expect(page.locator("[data-field=persoonscode]")).to_have_text("2009")


def test_without_an_elo_the_hub_asks_for_the_school(visitor: Visitor) -> None:
    """A start in a fresh browser leads past the school chooser and the school's own login."""
    page = visitor.context.new_page()
    page.goto(f"{visitor.stack.api}/v1/sso")
    page.get_by_role("link", name="De Regenboog").click()
    page.get_by_role("button", name="Eva Kok").click()
    expect_welcome(page, "Eva Kok")


def test_the_reference_identity_provider_logs_in_whom_one_clicks(visitor: Visitor) -> None:
    """One click in the elo leads to the form, and a click on a name fills it in for them."""
    page = visitor.arrive_at_reference()
    page.locator("summary", has_text="De Regenboog").click()
    page.get_by_role("button", name="Tess Vermeulen").click()
    page.get_by_role("button", name="Log in").click()
    expect_welcome(page, "Tess Vermeulen")


def test_third_party_cookies_blocked(visitor_blocking_third_parties: Visitor) -> None:
    """Blocking third-party cookies changes nothing: every step is a page of its own site."""
    visitor = visitor_blocking_third_parties
    assert not _third_party_cookie_is_kept(visitor)
    page = visitor.log_in_to_elo(SANNE)
    page.get_by_role("link", name="Numo", exact=True).click()
    expect_welcome(page, SANNE)


def test_third_party_cookies_allowed(visitor_allowing_third_parties: Visitor) -> None:
    """Where they are allowed the probe of the test above does see its cookie kept."""
    assert _third_party_cookie_is_kept(visitor_allowing_third_parties)


def _third_party_cookie_is_kept(visitor: Visitor) -> bool:
    """Let a page of the elo's site ask the API for something that sets a SameSite=None cookie."""
    page: Page = visitor.context.new_page()
    page.goto(f"{visitor.stack.stand_ins}/elo")
    page.evaluate(
        """(url) => new Promise((done) => {
            const image = new Image();
            image.onload = image.onerror = done;
            image.src = url;
        })""",
        f"{visitor.stack.api}/v1/sso",
    )
    return bool(visitor.flows())


def test_without_javascript_one_more_button_leads_on(visitor_without_javascript: Visitor) -> None:
    """Where scripts are off the hub's form waits for a click, and the login works."""
    page = visitor_without_javascript.log_in_to_elo(SANNE)
    page.get_by_role("link", name="Numo", exact=True).click()
    page.get_by_role("button", name="Continue to Numo").click()
    page.wait_for_url("**/petteflat/**")
    assert visitor_without_javascript.session()
