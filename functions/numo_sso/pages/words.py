"""The form that every page's words have. Dutch and English stand side by side, so neither lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["nl", "en"]


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page in one language. Words between backticks are set as code."""

    title: str
    """What happened, for a twelve-year-old."""
    what: str
    """The same in a sentence or two."""
    steps: tuple[str, ...]
    """What to do now, in this order."""
    admin: str
    """For the school's administrator: whose move it is, and which attribute or step."""
    hints: tuple[str, ...] = ()
    """What often helps, in a fold-out."""


@dataclass(frozen=True, kw_only=True)
class Text:
    """The page of an outcome."""

    nl: Page
    en: Page
    again: bool = False
    """Whether starting again can help by itself: then its button comes first."""
    guide: str = "problems"
    """The section of the school guide that helps the administrator."""
    entrance: bool = False
    """Whether user name and password at the school's own entrance are a way in meanwhile."""

    new_tab: bool = False
    """Whether starting again must leave this window: in a frame or an app it would fail again."""

    def page(self, language: Language) -> Page:
        return self.nl if language == "nl" else self.en


@dataclass(frozen=True, kw_only=True)
class Notes:
    """What an outcome's page says beside its own text."""

    test: bool = False
    """It ended a test of the connection, and not a login."""
    in_app: bool = False
    """This looks like the built-in browser of an app."""
    wait: int | None = None
    """Seconds before another try has a chance."""


TELL_NL = "Laat deze pagina zien aan je docent of aan de beheerder van Numo op je school."
TELL_EN = "Show this page to your teacher, or to the person who manages Numo at your school."
