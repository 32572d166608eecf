"""What the command says, in the language of its terminal."""

from __future__ import annotations

import locale
from pathlib import Path
from typing import TYPE_CHECKING

from numo_sso.support.speech import Catalogue, later, speaking, spoken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numo_sso.support.speech import Language

__all__ = ["counted", "language_of_terminal", "later", "say", "speaking", "spoken"]

_TEXTS = Catalogue(Path(__file__).parent / "locale")
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
