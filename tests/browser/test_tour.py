"""Every page that people can meet, by what people do: the way there of ``make pictures``."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from browser.axe import violations
from browser.visitor import Visitor
from numo_local.process import running_stack
from numo_local.samples.people import read_samples
from pictures.camera import PHONE
from pictures.tour import TOUR, shows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from numo_local.process import RunningStack


PERSONAL = sorted(
    {
        word.lower()
        for school in read_samples().schools
        for person in school.people
        for word in (person.given_name, person.surname, person.persoonscode, person.idgebr)
        if len(word) > 5  # a shorter one may stand in an id by chance
    }
)
"""Names and codes of the samples, none of which may stand in an address."""


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
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url.lower()))
    page = TOUR[code](Visitor(context, toured))
    assert shows(page, code), page.url
    ours = " ".join(url for url in asked if urlsplit(url).path.startswith("/v1/"))
    assert ours
    assert not [each for each in PERSONAL if each in ours]
    if code != "framed":  # there it is a page within another, which nobody made to be read
        assert violations(page) == []
    context.close()
