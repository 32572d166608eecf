"""Every page of this service. A good login needs none: words and engine load with the first."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from numo_sso.pages.language import language
from numo_sso.pages.words import Notes

if TYPE_CHECKING:
    from numo_sso.login.report import Report
    from numo_sso.outcomes import Outcome
    from numo_sso.pages.engine import Engine
    from numo_sso.pages.house import House
    from numo_sso.pages.words import Language

__all__ = ["Pages", "language"]

NO_NOTES = Notes()
_TEMPLATES = Path(__file__).parent / "templates"
_STYLE = (_TEMPLATES / "style.css").read_text("utf-8")
_SCRIPT = (_TEMPLATES / "copy.js").read_text("utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


@dataclass(frozen=True)
class Pages:
    """Made once; each method gives a whole HTML document."""

    house: House

    @cached_property
    def framed_policy(self) -> str:
        """For the one page that must be seen in a frame: all it has is a link that leaves it."""
        return "; ".join(
            (
                "default-src 'none'",
                f"style-src '{_hash(self._style)}'",
                f"script-src '{_hash(_SCRIPT)}'",
                "img-src 'self' data:",
                "form-action 'self'",
                "base-uri 'none'",
            )
        )

    @property
    def policy(self) -> str:
        """For every page: one inline stylesheet and the copy button's script, known by their
        hashes, pictures of this service or in the page, and nothing else."""
        return f"{self.framed_policy}; frame-ancestors 'none'"

    @cached_property
    def _style(self) -> str:
        from numo_sso.pages.colours import coloured  # noqa: PLC0415  # with the first page

        return coloured(_STYLE, self.house.colour)

    @cached_property
    def _engine(self) -> Engine:
        from numo_sso.pages.engine import Engine  # noqa: PLC0415  # with the first page

        return Engine(_TEMPLATES, self._style, _SCRIPT, self.house)

    def render_outcome(  # noqa: PLR0913  # all that such a page may show, each by its name
        self,
        outcome: Outcome,
        *,
        language: Language,
        reference: str,
        at: float,
        start_again_url: str,
        entrance_url: str | None = None,
        entrance_name: str | None = None,
        notes: Notes = NO_NOTES,
    ) -> str:
        """The page of an outcome.

        Args:
            outcome: any of the catalogue that has a page of its own.
            language: the language of the page.
            reference: what support looks the request up by.
            at: seconds since 1970.
            start_again_url: where a new login starts.
            entrance_url: the person's own entrance, where it is known; never another's.
            entrance_name: the name of that school.
            notes: what is to be said beside the outcome's own words.
        """
        return self._engine.outcome(
            outcome,
            language,
            reference=reference,
            at=at,
            start_again_url=start_again_url,
            entrance_url=entrance_url,
            entrance_name=entrance_name,
            notes=notes,
        )

    def render_tested(
        self,
        report: Report,
        *,
        language: Language,
        reference: str,
        at: float,
        test_url: str,
    ) -> str:
        """What a test of the connection found, with the own values of whoever made it.

        Args:
            report: as the test gives it.
            language: the language of the page.
            reference: what support looks the test up by.
            at: seconds since 1970.
            test_url: where another test starts.
        """
        return self._engine.tested(
            report,
            language,
            reference=reference,
            at=at,
            test_url=test_url,
        )

    def render_logout_confirm(self, language: Language, action_url: str) -> str:
        """The question before a log-out: its button posts to ``action_url``."""
        return self._engine.logout_confirm(language, action_url)

    def render_logged_out(self, language: Language, start_again_url: str) -> str:
        """What is over, and that the elo is not."""
        return self._engine.logged_out(language, start_again_url)

    def render_same_person(
        self,
        language: Language,
        given_name: str,
        school_name: str,
        continue_url: str,
        reference: str,
        logout_url: str | None = None,
    ) -> str:
        """Another account was asked for, and the elo answered for the same person.

        Whoever is somebody else can end that person's session by ``logout_url``.
        """
        return self._engine.same_person(
            language, given_name, school_name, continue_url, reference, logout_url
        )

    def render_guide(self, language: Language) -> str:
        """The school guide."""
        return self._engine.guide(language)
