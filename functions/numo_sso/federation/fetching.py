"""The one request that leaves for the internet: the hub's metadata."""

from __future__ import annotations

import ssl
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from numo_sso.federation.codes import MetadataRefused
from numo_sso.federation.document import MAX_BYTES
from numo_sso.federation.hosts import LOOPBACK, shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from http.client import HTTPResponse
    from urllib.parse import SplitResult

_OK = 200
_REDIRECTS = range(300, 400)
_PIECE = 65_536


@dataclass(frozen=True)
class Fetcher:
    """Gets the document at a URL, over verified TLS; redirects are not followed.

    A local stack's own hub, on the loopback address, goes without TLS.
    """

    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    seconds: float = 15
    """How long a connection may be silent, and about how long the whole may take."""
    timer: Callable[[], float] = time.monotonic

    def __call__(self, url: str) -> bytes:
        """The document; of one that is too large its beginning, which the check then refuses.

        Raises:
            MetadataRefused: ``metadata-no-tls``, ``metadata-unreachable``, ``metadata-untrusted``
                or ``metadata-redirected``.
        """
        parts = urlsplit(url)
        connection = self._connection(parts, url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            return self._get(connection, path)
        except ssl.SSLError as error:
            raise MetadataRefused(
                "metadata-untrusted",
                "{url} could not prove itself ({reason}).",
                url=shown(url),
                reason=error.reason,
            ) from error
        except (OSError, HTTPException) as error:
            raise _unreachable(url, type(error).__name__) from error
        finally:
            connection.close()

    def _connection(self, parts: SplitResult, url: str) -> HTTPConnection:
        if parts.scheme == "http" and parts.hostname in LOOPBACK:
            return HTTPConnection(parts.hostname, parts.port, timeout=self.seconds)
        if parts.scheme != "https" or not parts.hostname:
            raise MetadataRefused("metadata-no-tls", "{url} is not https.", url=shown(url))
        return HTTPSConnection(parts.hostname, parts.port, timeout=self.seconds, context=self.tls)

    def _get(self, connection: HTTPConnection, path: str) -> bytes:
        end = self.timer() + self.seconds
        accept = {"Accept": "application/samlmetadata+xml, */*;q=0.1"}
        connection.request("GET", path, headers=accept)
        with connection.getresponse() as response:
            if response.status in _REDIRECTS:
                raise MetadataRefused(
                    "metadata-redirected",
                    "{host} sends us elsewhere (HTTP {status}).",
                    host=connection.host,
                    status=response.status,
                )
            if response.status != _OK:
                raise _unreachable(connection.host, f"HTTP {response.status}")
            return self._read(response, end)

    def _read(self, response: HTTPResponse, end: float) -> bytes:
        """Read piece by piece: a server that drips must not hold us longer than one that hangs."""
        document = b""
        while len(document) <= MAX_BYTES and (piece := response.read1(_PIECE)):
            document += piece
            if self.timer() > end:
                raise TimeoutError
        return document


def _unreachable(where: str, reason: str) -> MetadataRefused:
    return MetadataRefused(
        "metadata-unreachable",
        "{url} gave no metadata ({reason}).",
        url=shown(where),
        reason=shown(reason),
    )
