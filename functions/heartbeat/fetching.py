"""One GET as a browser does it, whose redirect is seen and not followed."""

from __future__ import annotations

import http.client
import ssl
from urllib.parse import urlsplit

from numo_sso.watch.probe import Unreachable

_TIMEOUT = 8
"""Seconds for the connection, and for each read."""


def fetch(url: str) -> tuple[int, str]:
    """Status and ``Location`` of what ``url`` answers. Nothing of its body is read.

    Raises:
        Unreachable: no answer; the words name the kind of failure and no address.
    """
    parts = urlsplit(url)
    connection = http.client.HTTPSConnection(
        parts.hostname or "", parts.port, timeout=_TIMEOUT, context=ssl.create_default_context()
    )
    try:
        target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        connection.request("GET", target, headers={"accept": "text/html"})
        response = connection.getresponse()
        return response.status, response.getheader("location") or ""
    except (OSError, http.client.HTTPException) as error:
        raise Unreachable(type(error).__name__) from error
    finally:
        connection.close()
