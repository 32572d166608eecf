"""The one way to compare codes, in the roster and at login."""

from __future__ import annotations

import unicodedata


def normalise_code(text: str) -> str:
    """A persoonscode or IDGebr as it is stored and looked up: trimmed, NFC, lower case.

    Zeros are never stripped: ``0140136`` and ``140136`` can be two pupils. Nor is case folded:
    that makes ``strauß`` and ``strauss`` one, and they can be two as well.
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text.strip()).lower())
