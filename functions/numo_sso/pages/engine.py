"""Words, labels and templates together. Loaded lazily by :mod:`numo_sso.pages.render`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from numo_sso.outcomes import CATALOGUE
from numo_sso.pages.labels import LABELS
from numo_sso.pages.texts import TEXTS, shown_actor
from numo_sso.pages.times import dutch_zone, wall_time

if TYPE_CHECKING:
    from pathlib import Path

    from numo_sso.outcomes import Outcome
    from numo_sso.pages.words import Language, Page


class Engine:
    """The templates of one directory, with one stylesheet in them."""

    def __init__(self, templates: Path, style: str, support_mail: str) -> None:
        self._support_mail = support_mail
        self._zone = dutch_zone()
        self._environment = Environment(
            loader=FileSystemLoader(templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.filters["code"] = mark_code
        # The stylesheet is ours; escaped, it would no longer have the policy's hash.
        self._environment.globals["style"] = Markup(style)  # noqa: S704

    def outcome(self, outcome: Outcome, language: Language, **shown: Any) -> str:
        labels = LABELS[language]
        subject = labels.mail_subject.format(number=outcome.number, reference=shown["reference"])
        at = shown.pop("at")
        return self._render(
            "outcome.html",
            language,
            page=TEXTS[outcome.code].page(language),
            text=TEXTS[outcome.code],
            actor=labels.actors[shown_actor(outcome)],
            number=outcome.number,
            time=wall_time(at, self._zone, labels),
            mail=self._support_mail,
            mail_url=f"mailto:{quote(self._support_mail, safe='@')}?subject={quote(subject)}",
            **shown,
        )

    def logout_confirm(self, language: Language, action_url: str) -> str:
        return self._render("logout_confirm.html", language, action_url=action_url)

    def logged_out(self, language: Language, start_again_url: str) -> str:
        return self._render(
            "logged_out.html",
            language,
            page=TEXTS["logged-out"].page(language),
            start_again_url=start_again_url,
        )

    def same_person(
        self,
        language: Language,
        given_name: str,
        school_name: str,
        continue_url: str,
        reference: str,
        logout_url: str | None,
    ) -> str:
        labels = LABELS[language]
        given_name = given_name or labels.someone
        return self._render(
            "same_person.html",
            language,
            page=_filled(
                TEXTS["same-person"].page(language),
                given_name=given_name,
                school_name=school_name or labels.your_school,
            ),
            go_on=labels.go_on.format(given_name=given_name),
            continue_url=continue_url,
            not_me=labels.not_me.format(given_name=given_name),
            logout_url=logout_url,
            number=CATALOGUE["same-person"].number,
            reference=reference,
        )

    def _render(self, template: str, language: Language, **shown: Any) -> str:
        return self._environment.get_template(template).render(
            lang=language, labels=LABELS[language], **shown
        )


def mark_code(text: str) -> Markup:
    """Escape ``text`` and set what stands between backticks as code."""
    parts = text.split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if odd % 2 else part
        for odd, part in enumerate(parts)
    )


def _filled(page: Page, **names: str) -> Page:
    """The page with a person's own names in it; the template escapes them."""
    return replace(
        page,
        title=page.title.format(**names),
        what=page.what.format(**names),
        steps=tuple(step.format(**names) for step in page.steps),
    )
