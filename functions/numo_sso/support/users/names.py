"""Names as they are compared where nobody should have to spell."""

from __future__ import annotations

import unicodedata


def fold(name: str) -> str:
    """Without capitals and accents."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each))
