"""The window that a request is for, as the browser itself tells it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from numo_sso.outcomes import Refused

if TYPE_CHECKING:
    from edge.http import Request

_FRAMES = frozenset({"iframe", "frame", "embed", "object", "fencedframe"})

_APPS = re.compile(
    r"; wv\)"  # Android's WebView names itself
    r"|\b(?:FBAN|FBAV|FB_IAB|Instagram|MicroMessenger|Snapchat|GSA|Line|Teams)/"
    r"|\((?:iPhone|iPad|iPod)(?!.*\bSafari/)"  # on iOS all say Safari but web views
)


def in_app(request: Request) -> bool:
    """Whether this looks like the built-in browser of an app. It chooses words, and nothing else:

    many such browsers do log in, and a user agent is only what it says.
    """
    return _APPS.search(request.header("user-agent")[:500]) is not None


def check_window(request: Request) -> None:
    """Begin no login in a part of another page: neither our cookies nor the hub work there.

    A browser that does not tell (Safari before 16.4) is let through.

    Raises:
        Refused: ``framed``.
    """
    if request.header("sec-fetch-dest") in _FRAMES:
        raise Refused("framed", "in a part of another page")
