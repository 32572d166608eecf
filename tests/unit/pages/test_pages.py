"""The pages: whole, safe, small, and made of words and numbers only."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
from datetime import UTC
from html.parser import HTMLParser
from typing import get_args

import pytest

from kit.every_page import (
    AT,
    PAGES,
    REFERENCE,
    SHOWN,
    every_page,
    page,
    report,
    report_page,
)
from numo_sso.outcomes import CATALOGUE, Actor, Stage
from numo_sso.pages.guide import GUIDES
from numo_sso.pages.labels import LABELS
from numo_sso.pages.marks import mark
from numo_sso.pages.texts import TEXTS
from numo_sso.pages.texts_connection import WORDS
from numo_sso.pages.times import dutch_zone, wall_time
from numo_sso.pages.words import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)
EVIL = "<script>alert(1)</script>\"'{{ 7*7 }}{language}"


class Structure(HTMLParser):
    """Collects tags; fails on what is not closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []
        self.feed(html)
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "link"}:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag


def all_pages() -> list[str]:
    """Those with words in both languages; the guide has tests of its own."""
    return [
        html
        for language in LANGUAGES
        for name, html in every_page(language).items()
        if name != "guide"
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", SHOWN)
def test_an_outcome_page_says_all_that_people_need(code: str, language: Language) -> None:
    """Title, number, reference, time, who acts, a way to start again, and whom to mail."""
    outcome = CATALOGUE[code]
    html = page(outcome, language)
    again = LABELS[language].new_tab if TEXTS[code].new_tab else LABELS[language].again
    for needed in (outcome.number, REFERENCE, "2026", "support@kurve.nl", again):
        assert needed in html
    assert f'<html lang="{language}">' in html
    assert 'href="https://api.example/v1/sso"' in html


def test_every_page_is_well_formed_and_small() -> None:
    """A heading a language, no image, no event handler, no foreign address, below 15 KB."""
    for html in all_pages():
        tags = Structure(html).tags
        names = [name for name, _ in tags]
        assert names.count("main") == names.count("title") == 1
        assert names.count("h1") == names.count("footer") == len(LANGUAGES)
        assert not {"img", "iframe", "object", "base"} & set(names)
        (icon,) = (a for name, a in tags if name == "link")
        assert icon["rel"] == "icon"
        assert (icon["href"] or "").startswith("data:image/")
        ids = [a["id"] for _, a in tags if "id" in a]
        assert len(ids) == len(set(ids))
        assert all(not name.startswith("on") and name != "style" for _, a in tags for name in a)
        assert ("meta", {"name": "robots", "content": "noindex"}) in tags
        assert any(name == "meta" and a.get("name") == "viewport" for name, a in tags)
        assert len(html.encode()) < 15_000


def test_the_policy_allows_the_one_stylesheet_and_the_one_script_of_every_page() -> None:
    """The hash in the policy is that of what stands in the page, to the byte."""
    for html in all_pages():
        (style,) = re.findall(r"<style>(.*?)</style>", html, flags=re.DOTALL)
        scripts = re.findall(r"<script>(.*?)</script>", html, flags=re.DOTALL)
        assert len(scripts) == html.count("<script") == ('class="ticket"' in html)
        for kind, text in (("style", style), *(("script", each) for each in scripts)):
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"{kind}-src 'sha256-{digest}'" in PAGES.policy


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_holds_the_other_language_behind_a_link_within_it(language: Language) -> None:
    """Nothing is asked of us again: it works after a post, and without JavaScript."""
    (other,) = set(LANGUAGES) - {language}
    html = page(CATALOGUE["user-unknown"], language)
    tags = Structure(html).tags
    sides = [a for _, a in tags if a.get("id") in LANGUAGES]
    assert [side["id"] for side in sides] == [side["lang"] for side in sides] == [other, language]
    assert [side.get("class") for side in sides] == ["other", None]
    links = [a["href"] for _, a in tags if a.get("hreflang")]
    assert links == [f"#{language}", f"#{other}"]
    for each in LANGUAGES:
        assert TEXTS["user-unknown"].page(each).title in html
        assert LABELS[each].again in html


def test_pages_before_verification_are_byte_for_byte_the_same() -> None:
    """Only log and trace know which check refused, not even the code is shown."""
    before = [each for each in CATALOGUE.values() if each.stage is Stage.BEFORE]
    assert len({page(outcome) for outcome in before}) == 1
    assert all(outcome.code not in page(outcome) for outcome in before)


def test_the_school_entrance_is_offered_where_it_helps() -> None:
    """A link where the entrance is known, a sentence where not, nothing where it is no way in."""
    known = page(CATALOGUE["user-unknown"], entrance="https://petteflat.example")
    assert 'href="https://petteflat.example"' in known
    assert "Petteflat College" in known
    assert LABELS["nl"].entrance_unknown in page(CATALOGUE["brin-unknown"])
    disabled = page(CATALOGUE["user-disabled"], entrance="https://petteflat.example")
    assert "petteflat" not in disabled.lower()


def test_what_comes_from_outside_is_text_and_never_markup() -> None:
    """Names, references and addresses are escaped and not read as templates."""
    for html in (
        PAGES.render_same_person("nl", EVIL, EVIL, "https://p.example/?a=1&b=2", EVIL),
        PAGES.render_outcome(
            CATALOGUE["user-unknown"],
            language="nl",
            reference=EVIL,
            at=AT,
            start_again_url="https://api.example/?x=" + EVIL,
            entrance_url="https://p.example/" + EVIL,
            entrance_name=EVIL,
        ),
    ):
        assert [name for name, _ in Structure(html).tags].count("script") == 1
        assert "<script>alert" not in html
        assert "{{ 7*7 }}" in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tests_page_names_the_next_step_and_its_owner(language: Language) -> None:
    """As the outcome's own page tells administrators; nobody's, where all is well."""
    words = WORDS[language]
    for code, outcome in CATALOGUE.items():
        if outcome.stage is Stage.AFTER and code in TEXTS and not outcome.good:
            html = report_page(report(code), language)
            assert words.owners[outcome.actor] in html
            assert str(mark(TEXTS[code].page(language).admin)) in html
    assert words.owners[Actor.NOBODY] in report_page(report("logged-in"), language)


def test_a_tests_page_names_the_rule() -> None:
    """As schools write it."""
    assert "Gevonden, gezocht op IDGebr." in report_page(report("logged-in"))


def test_a_way_out_of_a_frame_is_a_tab_of_its_own() -> None:
    """The link of both pages about the window, and of no other, leaves it."""
    leaving = {code for code in SHOWN if 'target="_blank"' in page(CATALOGUE[code])}
    assert leaving == {"framed", "cookies-blocked"}


def test_the_same_person_is_named_and_can_go_on() -> None:
    """The page says who is logged in and where, and leads into Numo, or out of it."""
    html = PAGES.render_same_person(
        "en", "Sanne", "Petteflat", "https://p.example/a", REFERENCE, "/v1/sso/logout"
    )
    assert "Are you Sanne?" in html
    assert "the elo of Petteflat" in html
    assert 'href="https://p.example/a"' in html
    assert 'href="/v1/sso/logout"' in html


def test_a_person_without_a_name_gets_a_whole_sentence() -> None:
    """A roster may hold no given name."""
    html = PAGES.render_same_person("nl", "", "", "https://p.example/a", REFERENCE)
    assert "deze persoon" in html
    assert "van je school" in html


def test_logging_out_is_a_post() -> None:
    """A link that somebody is lured to cannot log out; a button of our page can."""
    form = next(
        a
        for name, a in Structure(PAGES.render_logout_confirm("nl", "/v1/x")).tags
        if name == "form"
    )
    assert form["method"] == "post"
    assert form["action"] == "/v1/x"


def test_code_and_links_are_marked_and_everything_is_escaped() -> None:
    """Backticks become code, brackets a link; whatever else looks like markup does not."""
    assert mark("a `b<` <c>") == "a <code>b&lt;</code> &lt;c&gt;"
    assert mark("[d](e), [f](#g)", {"e": 'h"'}) == ('<a href="h&#34;">d</a>, <a href="#g">f</a>')


@pytest.mark.parametrize("code", SHOWN)
def test_an_administrator_is_led_to_a_section_that_the_guide_has(code: str) -> None:
    """In the language of the page; each section is there in both."""
    sections = {language: [each.id for each in GUIDES[language].sections] for language in GUIDES}
    assert sections["nl"] == sections["en"]
    assert TEXTS[code].guide in sections["nl"]
    html = page(CATALOGUE[code])
    for language in LANGUAGES:
        assert f"https://api.example/v1/sso/help?lang={language}#{TEXTS[code].guide}" in html


@pytest.mark.parametrize(
    ("at", "language", "expected"),
    [
        (AT, "nl", "dinsdag 24 november 2026, 00.06 uur"),
        (1782900300, "nl", "woensdag 1 juli 2026, 12.05 uur"),
        (1782900300, "en", "Wednesday 1 July 2026, 12:05"),
    ],
)
def test_times_are_those_of_the_clock_on_the_wall(
    at: float, language: Language, expected: str
) -> None:
    """Winter and summer time, written as people do."""
    assert wall_time(at, dutch_zone(), LABELS[language]) == expected


def test_without_time_zones_the_time_is_utc_and_says_so() -> None:
    """A system may come without a time zone database."""
    zone = dutch_zone("Nowhere/Unknown")
    assert zone is UTC
    assert wall_time(AT, zone, LABELS["nl"]) == "maandag 23 november 2026, 23.06 uur UTC"


def test_the_template_engine_is_loaded_with_the_first_page() -> None:
    """A start and a good login never pay for it."""
    script = (
        "import sys; from numo_sso.pages.render import Pages;"
        "from numo_sso.pages.house import House; from numo_sso.urls import Urls;"
        "pages = Pages(House(Urls('https://a.nl')));"
        "assert not {'jinja2', 'zoneinfo', 'numo_sso.pages.texts'} & set(sys.modules);"
        "pages.render_logged_out('nl', '/'); assert 'jinja2' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)  # noqa: S603
