"""What the command says, in the language of its terminal."""

from __future__ import annotations

import gettext
import locale
from pathlib import Path
from typing import TYPE_CHECKING

from numo_sso.support.speech import Catalogue, later, speaking, spoken

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

    from numo_sso.support.speech import Language

__all__ = [
    "counted", "language_of_terminal", "later", "let_typer_speak", "say", "speaking", "spoken",
]  # fmt: skip

_LOCALE = Path(__file__).parent / "locale"
_TEXTS = Catalogue(_LOCALE)
say = _TEXTS.say
counted = _TEXTS.counted
_WHERE = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""Where a locale is said, as gettext looks for it."""


def language_of_terminal(environ: Mapping[str, str]) -> Language:
    """Dutch where the locale is, of whatever country; else English."""
    said = next(filter(None, (environ.get(each) for each in _WHERE)), None)
    # A terminal on Windows says nothing in its environment: `Dutch_Netherlands` is in the system.
    name = said or locale.getlocale()[0] or ""
    return "nl" if name.lower().startswith(("nl", "dutch")) else "en"


def let_typer_speak(language: Language, environ: MutableMapping[str, str]) -> None:
    """Give Typer the Dutch of its own words, before it is imported: it then looks them up.

    It asks gettext's default domain, and gettext the environment, which says nothing on Windows.
    """
    environ["LANGUAGE"] = language
    gettext.bindtextdomain("typer", _LOCALE)
    gettext.textdomain("typer")
