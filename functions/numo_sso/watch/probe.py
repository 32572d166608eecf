"""The door from outside: whether a start answers, and the hub to which it sends people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

_REDIRECT, _BROKEN = 302, 500


class Unreachable(Exception):  # noqa: N818  # what was found, not what this did
    """No answer: no name, no connection, no TLS, no time."""


class Fetch(Protocol):
    def __call__(self, url: str) -> tuple[int, str]:
        """Status and ``Location`` of the answer, which is not followed.

        Raises:
            Unreachable: there is none.
        """
        ...


@dataclass(frozen=True)
class Found:
    """What a round found. ``detail`` is for the log and quotes no URL: it holds a request."""

    start_up: bool
    hub_up: bool
    milliseconds: float
    """Until the start had answered."""
    detail: str = ""


def probe(start_url: str, hub_host: str, fetch: Fetch, timer: Callable[[], float]) -> Found:
    """Begin a login as a browser does, and see whether the hub opens its door for it."""
    began = timer()
    try:
        status, location = fetch(start_url)
    except Unreachable as error:
        return Found(start_up=False, hub_up=False, milliseconds=0.0, detail=f"start: {error}")
    spent = round((timer() - began) * 1000, 1)
    host = urlsplit(location).hostname or ""
    if status != _REDIRECT or host != hub_host:
        detail = f"start: HTTP {status} to {host or 'nowhere'}"
        return Found(start_up=False, hub_up=False, milliseconds=spent, detail=detail)
    try:
        status, _ = fetch(location)
    except Unreachable as error:
        return Found(start_up=True, hub_up=False, milliseconds=spent, detail=f"hub: {error}")
    hub_up = status < _BROKEN
    detail = "" if hub_up else f"hub: HTTP {status}"
    return Found(start_up=True, hub_up=hub_up, milliseconds=spent, detail=detail)
