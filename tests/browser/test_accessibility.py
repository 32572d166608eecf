"""Every page as axe-core, a keyboard, a phone and a magnifier meet it: WCAG 2.2, level AA."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest

from browser.axe import WIDTH, violations
from kit.every_page import every_page
from numo_sso.pages.words import Language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

LANGUAGES: tuple[Language, ...] = get_args(Language)
PAGES = {
    f"{name}-{language}": html
    for language in LANGUAGES
    for name, html in every_page(language).items()
}
DARK = ["user-unknown-nl", "guide-en", "tested-logged-in-nl", "cookies-blocked-en"]
"""The stylesheet has one set of dark colours: a page of each kind shows them all."""


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[Page]:
    """One window for all pages, as wide as the narrowest phone."""
    context = browser.new_context(viewport={"width": 320, "height": 640})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(reader: Page, name: str) -> None:
    """And nothing has to be scrolled to the side, at 320 pixels or with letters of 200 % at 640."""
    reader.set_content(PAGES[name])
    assert violations(reader) == []
    assert reader.evaluate(WIDTH) <= 320
    reader.evaluate("document.documentElement.style.fontSize = '200%'")
    reader.set_viewport_size({"width": 640, "height": 640})
    assert reader.evaluate(WIDTH) <= 640
    reader.set_viewport_size({"width": 320, "height": 640})


@pytest.mark.parametrize("name", DARK)
def test_axe_finds_nothing_in_the_dark(reader: Page, name: str) -> None:
    """Its own colours are as readable."""
    reader.emulate_media(color_scheme="dark")
    reader.set_content(PAGES[name])
    assert reader.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(16, 20, 29)"
    assert violations(reader) == []
    reader.emulate_media(color_scheme="light")


@pytest.mark.parametrize("name", DARK)
def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(
    reader: Page, name: str
) -> None:
    """From the top to the end, each with an outline; what is hidden is left out."""
    reader.set_content(PAGES[name])
    expected = reader.evaluate(
        """() => [...document.querySelectorAll("a, button, summary")]
            .filter((each) => each.checkVisibility()).map((each) => each.textContent.trim())"""
    )
    met = []
    for _ in expected:
        reader.keyboard.press("Tab")
        text, width = reader.evaluate(
            """() => [document.activeElement.textContent.trim(),
                parseFloat(getComputedStyle(document.activeElement).outlineWidth)]"""
        )
        met.append(text)
        assert width >= 2
    assert met == expected
    assert len(expected) >= 4


def test_everything_to_press_is_large_enough_for_a_thumb(reader: Page) -> None:
    """44 pixels, for whatever stands by itself."""
    reader.set_content(PAGES["user-unknown-nl"])
    small = reader.evaluate(
        """() => [...document.querySelectorAll(".button, .copy, summary, .switch a")]
            .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 44)
            .map((each) => each.textContent)"""
    )
    assert small == []


def test_a_rule_that_is_broken_is_found(reader: Page) -> None:
    """These tests can fail: pale words are not let through."""
    reader.set_content(PAGES["user-unknown-nl"].replace("<h1>", '<h1 style="color: #ccc">', 2))
    assert [each for each in violations(reader) if each.startswith("color-contrast")]
