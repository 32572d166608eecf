"""The window that a request is for, as the browser itself tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.outcomes import Refused

if TYPE_CHECKING:
    from edge.http import Request

_FRAMES = frozenset({"iframe", "frame", "embed", "object", "fencedframe"})


def check_window(request: Request) -> None:
    """Begin no login in a part of another page: neither our cookies nor the hub work there.

    A browser that does not tell (Safari before 16.4) is let through.

    Raises:
        Refused: ``framed``.
    """
    if request.header("sec-fetch-dest") in _FRAMES:
        raise Refused("framed", "in a part of another page")
