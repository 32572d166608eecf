"""The guide on paper: a school hangs it beside the computer of whoever manages the elo."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

import pytest

from kit.every_page import every_page
from numo_sso.pages.words import Language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page


@pytest.fixture(params=get_args(Language))
def guide(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Of somebody whose screen is dark."""
    page = browser.new_page(color_scheme="dark")
    page.set_content(every_page(request.param)["guide"])
    yield page
    page.close()


def test_the_guide_is_one_sheet(guide: Page) -> None:
    """Of A4, with nothing left out but what paper cannot press."""
    sheet = guide.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1


def test_what_cannot_be_pressed_on_paper_is_not_printed(guide: Page) -> None:
    """The contents and the other language are links within; every section is there."""
    guide.emulate_media(media="print")
    assert not guide.locator("nav").is_visible()
    assert not guide.locator(".switch").is_visible()
    sections = guide.locator("section")
    assert sections.count() >= 10
    assert all(each.is_visible() for each in sections.all())
