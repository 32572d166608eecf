"""The one request to STS: with the caller's signature, not with the function's own."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from io import BufferedReader, RawIOBase
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from numo_sso.federation.hosts import LOOPBACK
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.speech import say

if TYPE_CHECKING:
    import socket

AskSts = Callable[[str, Mapping[str, str]], tuple[int, bytes]]
"""Sends a query with these headers; the status and the body of what comes back."""

MAX_BYTES = 16_384
_PIECE = 4096
_JSON = {"Accept": "application/json"}


def unreachable(reason: str) -> SupportRefusal:
    """STS has not said who it is; nothing was done."""
    return SupportRefusal(
        "sts-unreachable",
        say("STS did not tell who asks ({reason}).", reason=reason),
        say("Nothing was changed: ask again in a minute."),
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
    """How long a connection may take, and how long the whole, from its first byte to its last."""
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
        end = self.timer() + self.seconds
        try:
            connection.request("GET", f"/?{query}", headers={**_JSON, **headers})
            with self._response(connection, end) as response:
                return response.status, _read(response)
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

    def _response(self, connection: HTTPConnection, end: float) -> HTTPResponse:
        """The response, its head read. A server that drips holds us as long as one that hangs."""
        timed = _Timed(connection.sock, lambda: end - self.timer())
        response = HTTPResponse(cast("socket.socket", timed), method="GET")
        response.begin()
        return response


def _read(response: HTTPResponse) -> bytes:
    body = b""
    while piece := response.read1(_PIECE):
        body += piece
        if len(body) > MAX_BYTES:
            raise HTTPException
    return body


class _Timed(RawIOBase):
    """A socket to read from until its time is up, however little comes each time."""

    def __init__(self, sock: socket.socket, left: Callable[[], float]) -> None:
        self._sock, self._left = sock, left

    def makefile(self, _mode: str) -> BufferedReader:
        return BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self._left()
        if left <= 0:
            raise TimeoutError
        self._sock.settimeout(left)
        return self._sock.recv_into(buffer)
