"""Every page that people can meet, by what people do: the way there of ``make pictures``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from browser.axe import violations
from browser.visitor import Visitor
from numo_local.process import running_stack
from pictures.camera import PHONE
from pictures.tour import TOUR, shows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from numo_local.process import RunningStack


@pytest.fixture(scope="module")
def toured() -> Iterator[RunningStack]:
    """A stack of its own: on the way support disables users and accepts realms."""
    with running_stack() as running:
        yield running


@pytest.mark.parametrize("code", TOUR)
def test_the_page_is_met_and_axe_finds_nothing(
    browser: Browser, toured: RunningStack, code: str
) -> None:
    """The outcome's own page, as the functions answer it, and no other's."""
    context = browser.new_context(viewport=PHONE, locale="en-GB")
    context.set_default_timeout(10_000)
    page = TOUR[code](Visitor(context, toured))
    assert shows(page, code), page.url
    if code != "framed":  # there it is a page within another, which nobody made to be read
        assert violations(page) == []
    context.close()
