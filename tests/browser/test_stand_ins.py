"""The stack's own pages, as somebody from a school would be shown them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from browser.axe import WIDTH, violations
from browser.visitor import SANNE, Visitor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from numo_local.process import RunningStack


@pytest.fixture(params=["nl-NL", "en-GB"])
def somebody(
    browser: Browser, stack: RunningStack, request: pytest.FixtureRequest
) -> Iterator[Visitor]:
    """On the narrowest of phones."""
    context = browser.new_context(viewport={"width": 320, "height": 640}, locale=request.param)
    context.set_default_timeout(10_000)
    yield Visitor(context, stack)
    context.close()


def looks_well(page: Page) -> None:
    """By day and by night, without scrolling to the side, with a way to the other language."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        assert violations(page) == [], (page.url, scheme)
    assert page.evaluate(WIDTH) <= 320


def test_the_way_from_the_elo_into_numo(somebody: Visitor) -> None:
    """The index, the elo before and after its login, and the small Numo."""
    stack, page = somebody.stack, somebody.context.new_page()
    page.goto(f"{stack.stand_ins}/")
    looks_well(page)
    page.goto(f"{stack.stand_ins}/elo")
    looks_well(page)
    page.get_by_role("button", name=SANNE).first.click()
    page.wait_for_url("**/elo")
    looks_well(page)
    page.get_by_role("link", name="Numo", exact=True).click()
    expect(page.locator("[data-field=name]")).to_have_text(SANNE)
    looks_well(page)


def test_the_way_past_the_hub(somebody: Visitor) -> None:
    """The school's choice, its login, and the form for every attribute with its response."""
    stack, page = somebody.stack, somebody.context.new_page()
    page.goto(f"{stack.api}/v1/sso")
    looks_well(page)
    page.get_by_role("link", name="De Regenboog").click()
    looks_well(page)
    page.go_back()
    page.locator("a[href*='/hub/reference']").click()
    looks_well(page)
    page.locator("[name=stop]").check()
    page.locator("[name=mishap][value='']").click()
    page.locator("#response").wait_for()
    looks_well(page)


def test_a_language_that_was_chosen_stays(somebody: Visitor) -> None:
    """On the page itself, and on the next one."""
    page = somebody.context.new_page()
    page.goto(f"{somebody.stack.stand_ins}/")
    other = page.locator("header a[hreflang]")
    chosen = other.get_attribute("hreflang") or ""
    other.click()
    expect(page.locator("html")).to_have_attribute("lang", chosen)
    page.goto(f"{somebody.stack.stand_ins}/elo")
    expect(page.locator("html")).to_have_attribute("lang", chosen)
