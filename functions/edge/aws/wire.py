"""Connections to one AWS service, kept open from one call to the next."""

from __future__ import annotations

import ssl
import weakref
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from botocore.exceptions import (
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)
from botocore.httpsession import get_cert_path
from urllib3.util import wait_for_read

if TYPE_CHECKING:
    from collections.abc import Mapping
    from email.message import Message


class Reply(NamedTuple):
    """What came back."""

    status: int
    headers: Message
    body: bytes


class Wire:
    """POSTs to the root of ``endpoint``; a thread that finds no idle connection opens one.

    Args:
        endpoint: scheme and host.
        patience: seconds for a connection, and for each part of an answer.
    """

    def __init__(self, endpoint: str, patience: float) -> None:
        self._endpoint = endpoint
        self._patience = patience
        self.host = urlsplit(endpoint).netloc
        self._secure = _trust() if urlsplit(endpoint).scheme == "https" else None
        self._idle: list[HTTPConnection] = []
        weakref.finalize(self, _close, self._idle)

    def post(self, headers: Mapping[str, str], body: bytes) -> Reply:
        """Send and wait, once.

        Raises:
            HTTPClientError: one of botocore's, by what failed.
        """
        connection = self._connection()
        try:
            connection.request("POST", "/", body, headers)
            answer = connection.getresponse()
            reply = Reply(answer.status, answer.headers, answer.read())
        except TimeoutError as error:
            connection.close()
            raise ReadTimeoutError(endpoint_url=self._endpoint, error=error) from error
        except (HTTPException, OSError) as error:
            connection.close()
            raise ConnectionClosedError(endpoint_url=self._endpoint, error=error) from error
        self._idle.append(connection)
        return reply

    def close(self) -> None:
        """Close what is idle."""
        _close(self._idle)

    def _connection(self) -> HTTPConnection:
        """One that is open: the service closes what was idle, as while Lambda slept."""
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._new()
        # an idle one has nothing to say but that it is closed
        if connection.sock is not None and not wait_for_read(connection.sock, timeout=0):
            return connection
        connection.close()
        try:
            connection.connect()
        except TimeoutError as error:
            raise ConnectTimeoutError(endpoint_url=self._endpoint, error=error) from error
        except OSError as error:
            raise EndpointConnectionError(endpoint_url=self._endpoint, error=error) from error
        return connection

    def _new(self) -> HTTPConnection:
        if self._secure is None:
            return HTTPConnection(self.host, timeout=self._patience)
        return HTTPSConnection(self.host, timeout=self._patience, context=self._secure)


def _close(connections: list[HTTPConnection]) -> None:
    while connections:
        connections.pop().close()


def _trust() -> ssl.SSLContext:
    """Botocore's authorities, read once: that takes longer than a login."""
    return ssl.create_default_context(cafile=get_cert_path(True))
