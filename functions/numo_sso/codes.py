"""The one way to compare codes, in the roster and at login."""

from __future__ import annotations

import unicodedata


def normalise_code(text: str) -> str:
    """A persoonscode or IDGebr as it is stored and looked up: trimmed, NFC, case-folded.

    Zeros are never stripped: ``0140136`` and ``140136`` can be two pupils.
    """
    return unicodedata.normalize("NFC", text.strip().casefold())
