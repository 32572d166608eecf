"""The one request to STS: with the caller's signature, not with the function's own."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from numo_sso.federation.hosts import LOOPBACK
from numo_sso.support.refusal import SupportRefusal

if TYPE_CHECKING:
    from http.client import HTTPResponse

AskSts = Callable[[str, Mapping[str, str]], tuple[int, bytes]]
"""Sends a query with these headers; the status and the body of what comes back."""

MAX_BYTES = 16_384
_PIECE = 4096
_JSON = {"Accept": "application/json"}


def unreachable(reason: str) -> SupportRefusal:
    """STS has not said who it is; nothing was done."""
    return SupportRefusal(
        "sts-unreachable",
        f"STS did not tell who asks ({reason}).",
        "Nothing was changed: ask again in a minute.",
    )


@dataclass(frozen=True)
class Sts:
    """STS at one URL, over verified TLS; redirects are not followed, and no proxy is used.

    A local stack's own, on the loopback address, goes without TLS.

    Raises:
        ValueError: on construction, for any other URL that is not https.
    """

    url: str
    """Scheme and host."""
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    seconds: float = 4
    """How long it may be silent, and about how long the whole may take."""
    timer: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme != "https" and not self._local:
            raise ValueError(f"STS is not at an https URL: {self.url}")

    def __call__(self, query: str, headers: Mapping[str, str]) -> tuple[int, bytes]:
        """Send the request.

        Raises:
            SupportRefusal: ``sts-unreachable``.
        """
        connection = self._connection()
        try:
            connection.request("GET", f"/?{query}", headers={**_JSON, **headers})
            with connection.getresponse() as response:
                return response.status, self._read(response)
        except (OSError, HTTPException) as error:
            raise unreachable(type(error).__name__) from error
        finally:
            connection.close()

    @property
    def _local(self) -> bool:
        parts = urlsplit(self.url)
        return parts.scheme == "http" and parts.hostname in LOOPBACK

    def _connection(self) -> HTTPConnection:
        host = urlsplit(self.url).netloc
        if self._local:
            return HTTPConnection(host, timeout=self.seconds)
        return HTTPSConnection(host, timeout=self.seconds, context=self.tls)

    def _read(self, response: HTTPResponse) -> bytes:
        """Read piece by piece: a server that drips must not hold us longer than one that hangs."""
        end = self.timer() + self.seconds
        body = b""
        while piece := response.read1(_PIECE):
            body += piece
            if len(body) > MAX_BYTES:
                raise HTTPException
            if self.timer() > end:
                raise TimeoutError
        return body
