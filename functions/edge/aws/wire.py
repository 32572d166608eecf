"""Connections to one AWS service, kept open from one call to the next.

Answers are parsed by llhttp, Node's parser, through httptools: Python's own reads an answer's
headers as those of a mail, which costs more than the rest of a call.
"""

from __future__ import annotations

import socket
import ssl
import weakref
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from botocore.exceptions import (
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)
from botocore.httpsession import get_cert_path
from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser
from urllib3.util import wait_for_read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_PORTS = {"http": 80, "https": 443}
_FINAL = 200
_PIECE = 65_536
"""Bytes that are read at once; most answers are less."""


class Reply(NamedTuple):
    """What came back."""

    status: int
    headers: Mapping[str, str]
    """By names in lower case."""
    body: bytes


def authorities() -> ssl.SSLContext:
    """Botocore's; reading them takes longer than a login."""
    return ssl.create_default_context(cafile=get_cert_path(True))


class Wire:
    """POSTs to the root of ``endpoint``; a thread that finds no idle connection opens one.

    Args:
        endpoint: scheme and host.
        patience: seconds for a connection, and for each part of an answer.
        trust: whom to believe that it is the host, where the scheme is ``https``.
    """

    def __init__(
        self, endpoint: str, patience: float, trust: Callable[[], ssl.SSLContext] = authorities
    ) -> None:
        parts = urlsplit(endpoint)
        self._endpoint = endpoint
        self._patience = patience
        self.host = parts.netloc
        self._name = parts.hostname or ""
        self._port = parts.port or _PORTS[parts.scheme]
        self._secure = trust() if parts.scheme == "https" else None
        self._idle: list[socket.socket] = []
        weakref.finalize(self, _close, self._idle)

    def post(self, headers: Mapping[str, str], body: bytes) -> Reply:
        """Send and wait, once.

        Raises:
            HTTPClientError: the answer did not come, or is none.
            ConnectionError: botocore's; there is no connection.
            ValueError: a header that would not be one line.
        """
        asked = _request({"host": self.host, **headers}, body)
        connection = self._connection()
        answer = _Answer()
        try:
            connection.sendall(asked)
            reply = answer.read(connection)
        except TimeoutError as error:
            connection.close()
            raise ReadTimeoutError(endpoint_url=self._endpoint, error=error) from error
        except (HttpParserError, HttpParserUpgrade, OSError) as error:
            connection.close()
            raise ConnectionClosedError(endpoint_url=self._endpoint, error=error) from error
        if answer.stays:
            self._idle.append(connection)
        else:
            connection.close()
        return reply

    def close(self) -> None:
        """Close what is idle."""
        _close(self._idle)

    def _connection(self) -> socket.socket:
        """One that is open: the service closes what was idle, as while Lambda slept."""
        while self._idle:
            try:
                connection = self._idle.pop()
            except IndexError:  # another thread was quicker
                break
            # an idle one has nothing to say but that it is closed
            if not wait_for_read(connection, timeout=0):
                return connection
            connection.close()
        try:
            return self._connect()
        except TimeoutError as error:
            raise ConnectTimeoutError(endpoint_url=self._endpoint, error=error) from error
        except OSError as error:
            raise EndpointConnectionError(endpoint_url=self._endpoint, error=error) from error

    def _connect(self) -> socket.socket:
        connection = socket.create_connection((self._name, self._port), self._patience)
        # a large call is several packets, and none of them is to wait for the one before
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._secure is None:
            return connection
        try:
            return self._secure.wrap_socket(connection, server_hostname=self._name)
        except OSError:
            connection.close()
            raise


class _Answer:
    """One answer, which the parser tells part by part by the methods that begin with ``on_``."""

    def __init__(self) -> None:
        self._parser = HttpResponseParser(self)
        self._headers: dict[str, str] = {}
        self._body: list[bytes] = []
        self._whole = False
        self.stays = False
        """Whether the connection may carry another call."""

    def read(self, connection: socket.socket) -> Reply:
        """Wait until it is whole.

        Raises:
            OSError: it broke off.
            HttpParserError: it is no answer, or more than one.
        """
        while not self._whole:
            piece = connection.recv(_PIECE)
            if not piece:
                raise ConnectionError("the answer broke off")
            self._parser.feed_data(piece)
        status = self._parser.get_status_code()
        if status < _FINAL:  # nobody asked for one, and the call's own answer is still to come
            raise HttpParserError("an answer in between")
        return Reply(status, self._headers, b"".join(self._body))

    def on_message_begin(self) -> None:
        if self._whole:
            raise HttpParserError("more than was asked for")

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_body(self, piece: bytes) -> None:
        self._body.append(piece)

    def on_message_complete(self) -> None:
        self._whole = True
        self.stays = self._parser.should_keep_alive()


def _request(headers: Mapping[str, str], body: bytes) -> bytes:
    lines = [f"{name}: {value}" for name, value in headers.items()]
    if not "".join(lines).isprintable():
        raise ValueError("a header with a control sign")
    head = "\r\n".join(("POST / HTTP/1.1", *lines, f"content-length: {len(body)}", "", ""))
    return head.encode("ascii") + body


def _close(connections: list[socket.socket]) -> None:
    while connections:
        connections.pop().close()
