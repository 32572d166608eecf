"""Every page that people can meet, made up from words and from names of no one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from numo_sso.login.received import Received
from numo_sso.login.report import Report
from numo_sso.outcomes import CATALOGUE, Outcome, Stage
from numo_sso.pages.house import House
from numo_sso.pages.render import Pages
from numo_sso.pages.texts import TEXTS
from numo_sso.urls import Urls

if TYPE_CHECKING:
    from numo_sso.pages.words import Language

REFERENCE = "K7MQ-3XWD-9TRA"
AT = 1795475160.0  # 23 November 2026, 23:06 UTC
URLS = Urls("https://api.example")
PAGES = Pages(House(URLS))
SHOWN = sorted(TEXTS)
OWN_WORDS = {"connection-tested", "guide-shown", "logout-asked"}
"""Pages whose words are not an outcome's title, steps and owner, and so are elsewhere."""
PAGELESS = {
    "started": "the browser goes on to the hub",
    "test-started": "the browser goes on to the hub",
    "logged-in": "the browser goes on to Numo",
    "metadata-answered": "XML, for the hub",
    "button-answered": "a picture, for the elo",
    "session-answered": "JSON, for Numo's app",
    "session-missing": "JSON, for Numo's app, whose own page says that nobody is logged in",
    "session-ambiguous": "JSON, for Numo's app, whose own page says that nobody is logged in",
}
"""Outcomes that nobody sees a page of, and what there is instead."""


def report(result: str, **changes: Any) -> Report:
    """What a test found where all is well, but for the changes."""
    found = Report(
        result=CATALOGUE[result],
        received=(Received("nlEduPersonRealId", ("140136@petteflatcollege",)), Received("sn", ())),
        missing=("sn",),
        brin="11ZZ",
        realm="petteflatcollege",
        authority="https://magister.example/idp",
        identified=True,
        known=True,
        school_name="Petteflat College",
        active=True,
        user="logged-in",
        match_rule="idgebr",
    )
    return replace(found, **changes)


REPORTS = (
    report("logged-in"),
    report("user-unknown", user="user-unknown"),
    report("brin-missing", received=(), brin="", identified=False, known=False, active=None),
)


def report_page(found: Report, language: Language = "nl") -> str:
    return PAGES.render_tested(
        found, language=language, reference=REFERENCE, at=AT, test_url=URLS.test
    )


def page(outcome: Outcome, language: Language = "nl", entrance: str | None = None) -> str:
    return PAGES.render_outcome(
        outcome,
        language=language,
        reference=REFERENCE,
        at=AT,
        start_again_url=URLS.start,
        entrance_url=entrance,
        entrance_name="Petteflat College" if entrance else None,
    )


def every_page(language: Language) -> dict[str, str]:
    """Pages by their name; all of before verification are one."""
    codes = [code for code in SHOWN if CATALOGUE[code].stage is not Stage.BEFORE]
    outcomes = {
        code: page(CATALOGUE[code], language, "https://petteflat.example")
        for code in (*codes, "flow-missing")
    }
    tested = {f"tested-{each.result.code}": report_page(each, language) for each in REPORTS}
    return {
        **outcomes,
        **tested,
        "guide": PAGES.render_guide(language),
        "logout": PAGES.render_logout_confirm(language, URLS.logout),
        "logged-out": PAGES.render_logged_out(language, URLS.start),
        "same-person": PAGES.render_same_person(
            language, "Sanne", "Petteflat College", "https://p.example", REFERENCE, URLS.logout
        ),
    }
