"""Words, labels and templates together. Loaded lazily by :mod:`numo_sso.pages.render`.

A page carries both languages, and a link within it shows the other one: see decision 034.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from numo_sso.outcomes import CATALOGUE
from numo_sso.pages.labels import LABELS
from numo_sso.pages.marks import mark
from numo_sso.pages.naming import named
from numo_sso.pages.texts import TEXTS, shown_actor
from numo_sso.pages.times import dutch_zone, wall_time

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numo_sso.login.report import Report
    from numo_sso.outcomes import Outcome
    from numo_sso.pages.house import House
    from numo_sso.pages.words import Language, Page

    Side = Callable[[Language], dict[str, Any]]
    """What a page shows in one language; ``title`` is its heading."""


_RING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 18 18">'
    '<circle cx="9" cy="9" r="6.5" fill="none" stroke="{colour}" stroke-width="5"/></svg>'
)
"""As style.css draws it before the name."""


class Engine:
    """The templates of one directory, with one stylesheet and one script in them."""

    def __init__(self, templates: Path, style: str, script: str, house: House) -> None:
        self._house = house
        self._labels = named(LABELS, house.name)
        self._texts = named(TEXTS, house.name)
        self._zone = dutch_zone()
        self._environment = Environment(
            loader=FileSystemLoader(templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.filters["mark"] = mark
        self._environment.globals["name"] = house.name
        self._environment.globals["ring"] = _RING.format(colour=house.colour)
        # Both are ours; escaped, they would no longer have the policy's hashes.
        self._environment.globals["style"] = Markup(style)  # noqa: S704
        self._environment.globals["script"] = Markup(script)  # noqa: S704

    def outcome(self, outcome: Outcome, language: Language, **shown: Any) -> str:
        text, notes = self._texts[outcome.code], shown["notes"]
        ticket = self._ticket(outcome, text.guide, **shown)

        def side(each: Language) -> dict[str, Any]:
            labels = self._labels[each]
            again = labels.new_tab if text.new_tab else labels.again
            return {
                "title": text.page(each).title,
                "page": text.page(each),
                "actor": labels.actors[shown_actor(outcome)],
                "again": labels.test_again if notes.test else again,
                **ticket(each),
            }

        return self._render(
            "outcome.html",
            language,
            side,
            text=text,
            number=outcome.number,
            mail=self._house.support_mail,
            **shown,
        )

    def tested(self, report: Report, language: Language, **shown: Any) -> str:
        # with the first test, as few ever see this page
        from numo_sso.pages.connection import side_of  # noqa: PLC0415

        outcome = CATALOGUE["connection-tested"]
        ticket = self._ticket(outcome, "test", **shown)

        def side(each: Language) -> dict[str, Any]:
            return side_of(report, each, self._house.name) | ticket(each)

        return self._render(
            "tested.html",
            language,
            side,
            received=report.received,
            missing=report.missing,
            number=outcome.number,
            mail=self._house.support_mail,
            **shown,
        )

    def _ticket(self, outcome: Outcome, guide: str, *, reference: str, at: float, **_: Any) -> Side:
        """The time, where to read on, and the mail that tells all of it."""
        mail = self._house.support_mail

        def side(each: Language) -> dict[str, Any]:
            labels = self._labels[each]
            subject = labels.mail_subject.format(number=outcome.number, reference=reference)
            return {
                "time": wall_time(at, self._zone, labels),
                "guide_url": f"{self._house.urls.guide(each)}#{guide}",
                "mail_url": f"mailto:{quote(mail, safe='@')}?subject={quote(subject)}",
            }

        return side

    def logout_confirm(self, language: Language, action_url: str) -> str:
        def side(each: Language) -> dict[str, Any]:
            return {"title": self._labels[each].logout_title}

        return self._render("logout_confirm.html", language, side, action_url=action_url)

    def logged_out(self, language: Language, start_again_url: str) -> str:
        def side(each: Language) -> dict[str, Any]:
            page = self._texts["logged-out"].page(each)
            return {"title": page.title, "page": page}

        return self._render("logged_out.html", language, side, start_again_url=start_again_url)

    def same_person(
        self,
        language: Language,
        given_name: str,
        school_name: str,
        continue_url: str,
        reference: str,
        logout_url: str | None,
    ) -> str:
        def side(each: Language) -> dict[str, Any]:
            labels = self._labels[each]
            given = given_name or labels.someone
            school = school_name or labels.your_school
            page = self._texts["same-person"].page(each)
            page = _filled(page, given_name=given, school_name=school)
            return {
                "title": page.title,
                "page": page,
                "go_on": labels.go_on.format(given_name=given),
                "not_me": labels.not_me.format(given_name=given),
            }

        return self._render(
            "same_person.html",
            language,
            side,
            continue_url=continue_url,
            logout_url=logout_url,
            number=CATALOGUE["same-person"].number,
            reference=reference,
        )

    def guide(self, language: Language) -> str:
        """The guide in one language: the other one has an address of its own."""
        # with the first guide, as pupils never see it
        from numo_sso.pages.guide import GUIDES, filled  # noqa: PLC0415

        urls = self._house.urls
        side = {
            **self._around(language),
            **filled(named(GUIDES[language], self._house.name), self._house),
            "other_url": urls.guide(self._labels[language].other_code),
        }
        template = self._environment.get_template("guide.html")
        return template.render(sides=[side], button_svg=urls.button_svg)

    def _render(self, template: str, language: Language, side: Side, **shown: Any) -> str:
        """The page with the language that was asked for as its last and visible side."""
        languages: list[Language] = sorted(self._labels, key=lambda each: each == language)
        sides = [{**self._around(each), **side(each)} for each in languages]
        return self._environment.get_template(template).render(sides=sides, **shown)

    def _around(self, language: Language) -> dict[str, Any]:
        labels = self._labels[language]
        return {"lang": language, "labels": labels, "other_url": f"#{labels.other_code}"}


def _filled(page: Page, **names: str) -> Page:
    """The page with a person's own names in it; the template escapes them."""
    return replace(
        page,
        title=page.title.format(**names),
        what=page.what.format(**names),
        steps=tuple(step.format(**names) for step in page.steps),
    )
