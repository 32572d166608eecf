"""The school guide: complete in both languages, about this deployment, small, for paper too."""

from __future__ import annotations

import re
from typing import get_args
from urllib.parse import urlsplit

import pytest

from numo_sso.pages.guide import GUIDES
from numo_sso.pages.house import House
from numo_sso.pages.render import Pages
from numo_sso.pages.words import Language
from numo_sso.urls import Urls

LANGUAGES: tuple[Language, ...] = get_args(Language)
URLS = Urls("https://api.school.example")
HOUSE = House(
    URLS,
    support_mail="help@firm.example",
    entrance_url="https://{entrance}.school.example",
    catalogue_url="https://catalogue.example/all",
    attribute_form_url="https://form.example/arp?x=1&y=2",
    logo_url="https://logo.example/mark",
)


def guide(language: Language, house: House = HOUSE) -> str:
    return Pages(house).render_guide(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_has_what_a_school_needs(language: Language) -> None:
    """The four steps, the conditions, the link, what people see, and what to send."""
    html = guide(language)
    for needed in (
        "https://catalogue.example/all",
        "Diensten activeren",
        "https://form.example/arp?x=1&amp;y=2",
        "nlEduPersonRealId",
        "persoonscode",
        "IDGebr",
        "Stamnr",
        "BRIN",
        "mailto:help@firm.example",
        f"{URLS.start}?school=",
        ".school.example",
        "https://logo.example/mark",
        "logo.example/mark</a>",
        f'href="{URLS.test}"',
        URLS.button_svg,
        URLS.button_png,
        "K7MQ-3XWD-9TRA",
    ):
        assert needed in html, needed
    told = {"nl": "Het kost niets", "en": "It costs nothing"}
    assert told[language] in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_is_one_small_page_whose_links_lead_somewhere(language: Language) -> None:
    """Anchors that exist, addresses that are whole, and no placeholder left."""
    html = guide(language)
    assert len(html.encode()) < 15_000
    assert html.count("<h1>") == html.count("<main>") == 1
    ids = re.findall(r'id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for address in re.findall(r'<a [^>]*href="([^"]+)"', html):
        if address.startswith("#"):
            assert address[1:] in ids
        else:
            assert urlsplit(address).scheme in {"https", "mailto"}, address
    assert not re.search(r"[{}\[\]`]", re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL))


def test_the_guide_in_one_language_leads_to_the_other() -> None:
    """By an address that can be passed on; nothing was posted to get here."""
    assert f'href="{URLS.guide("en")}"' in guide("nl")
    assert f'href="{URLS.guide("nl")}"' in guide("en")
    assert '<html lang="en">' in guide("en")


def test_both_guides_have_the_same_sections_and_as_much_in_each() -> None:
    """What one language says the other says too, paragraph by paragraph."""
    shapes = [
        [
            (section.id, [len(each) if isinstance(each, tuple) else 0 for each in section.says])
            for section in GUIDES[language].sections
        ]
        for language in LANGUAGES
    ]
    assert shapes[0] == shapes[1]
    titles = [{section.title for section in GUIDES[language].sections} for language in LANGUAGES]
    assert not titles[0] & titles[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_is_text_whatever_signs_it_has(language: Language) -> None:
    """Marks and fields are of the words alone; a parameter makes no link and no field."""
    odd = "https://x.example/[z](javascript:x){x}`y`"
    html = guide(language, House(URLS, entrance_url=odd, logo_url=odd))
    assert 'href="javascript:' not in html
    assert f"<code>{odd}</code>" in html
    assert f'<a href="{odd}">{odd.removeprefix("https://")}</a>' in html


def test_the_defaults_are_the_addresses_that_schools_know() -> None:
    """A deployment that says nothing of its own."""
    html = guide("nl", House(Urls("https://api.numo.nl")))
    for known in (
        "https://catalogus.entree.kennisnet.nl",
        "https://www.numo.nl/logo",
        "support@kurve.nl",
        "https://uwschool.numo.nl",
        "https://api.numo.nl/v1/sso?school=uwschool",
    ):
        assert known in html
