"""The one request that leaves for the internet: the hub's metadata."""

from __future__ import annotations

import ssl
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from numo_sso.support.metadata import LOOPBACK, MAX_BYTES
from numo_sso.support.refusal import SupportRefusal

if TYPE_CHECKING:
    from urllib.parse import SplitResult

_TIMEOUT_SECONDS = 15
_OK = 200


def fetch(url: str) -> bytes:
    """The document at ``url``, over verified TLS; redirects are not followed.

    A local stack's own hub, on the loopback address, goes without TLS.

    Raises:
        SupportRefusal: ``metadata-unreachable`` or ``metadata-no-tls``.
    """
    parts = urlsplit(url)
    connection = _connection(parts, url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        return _get(connection, path)
    except (OSError, HTTPException) as error:
        raise _unreachable(url, type(error).__name__) from error
    finally:
        connection.close()


def _connection(parts: SplitResult, url: str) -> HTTPConnection:
    if parts.scheme == "http" and parts.hostname in LOOPBACK:
        return HTTPConnection(parts.hostname, parts.port, timeout=_TIMEOUT_SECONDS)
    if parts.scheme != "https" or not parts.hostname:
        raise SupportRefusal(
            "metadata-no-tls",
            f"{url} is not https.",
            "Metadata decides whom we believe; use metadata.refresh with document.",
        )
    context = ssl.create_default_context()
    return HTTPSConnection(parts.hostname, parts.port, timeout=_TIMEOUT_SECONDS, context=context)


def _get(connection: HTTPConnection, path: str) -> bytes:
    connection.request("GET", path, headers={"Accept": "application/samlmetadata+xml, */*;q=0.1"})
    with connection.getresponse() as response:
        if response.status != _OK:
            raise _unreachable(connection.host, f"HTTP {response.status}")
        return response.read(MAX_BYTES + 1)


def _unreachable(where: str, reason: str) -> SupportRefusal:
    return SupportRefusal(
        "metadata-unreachable",
        f"{where} gave no metadata ({reason}).",
        "The last good metadata stays in use. Try again, or metadata.refresh with document.",
    )
