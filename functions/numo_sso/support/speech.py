"""What support says, in the language of whoever asked.

The English text stands in the code, where it is said; the Dutch one in ``locale/nl.po`` beside
this module, by the English. ``make texts`` brings the two together.
"""

from __future__ import annotations

import gettext
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Iterator

Language = Literal["en", "nl"]

_SPOKEN: ContextVar[Language] = ContextVar("spoken", default="en")
"""Of the request or command underway: no text below has to be handed its language."""


class Catalogue:
    """The texts of one directory ``locale``, in every language that is spoken here."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._translations = cache(self._load)

    def say(self, template: str, /, **parts: object) -> str:
        """``template`` in the language spoken, with its parts in it.

        Args:
            template: the English text, with fields such as ``{entrance}``.
            parts: what stands in the fields; what is said within a text was said before.
        """
        return self._translations(_SPOKEN.get()).gettext(template).format(**parts)

    def counted(self, one: str, many: str, number: int, /, **parts: object) -> str:
        """``one`` or ``many``, by ``number``, which is their field ``{number}``."""
        template = self._translations(_SPOKEN.get()).ngettext(one, many, number)
        return template.format(number=number, **parts)

    def _load(self, language: Language) -> gettext.NullTranslations:
        if language == "en":
            return gettext.NullTranslations()
        with (self._directory / f"{language}.mo").open("rb") as file:
            return gettext.GNUTranslations(file)


_TEXTS = Catalogue(Path(__file__).parent / "locale")
say = _TEXTS.say
counted = _TEXTS.counted


def later(template: str) -> str:
    """A text of a table that is made once: it is marked here and said when it is used."""
    return template


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Say what is said within in ``language``."""
    token = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def spoken() -> Language:
    """The language of the request or command underway."""
    return _SPOKEN.get()


def language_of(event: Any) -> Language:
    """Which language a request asks for, before it is known whether it is one; else English."""
    wanted = event.get("language") if isinstance(event, dict) else None
    return next((each for each in get_args(Language) if each == wanted), "en")
