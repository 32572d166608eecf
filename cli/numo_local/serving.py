"""HTTP servers in threads."""

from __future__ import annotations

import json
import socket
import sys
import threading
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

HEAD_BYTES = "numo.head_bytes"
"""Key in the WSGI environment: bytes of the request line and the headers, as they came."""


class _Handler(WSGIRequestHandler):
    """Counts the bytes of a request's head, and answers what it cannot read as the gateway does."""

    def make_environ(self) -> dict[str, Any]:
        environ = super().make_environ()
        headers = sum(len(name) + len(value) + 4 for name, value in self.headers.items())
        environ[HEAD_BYTES] = len(self.raw_requestline) + headers + 2
        return environ

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer a head that http.server refuses: too many headers, or a line that is too long."""
        del explain
        body = json.dumps({"message": message or HTTPStatus(code).phrase}).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """One line without the query: a SAML request fills a screen."""
        del size
        path = self.path.partition("?")[0]
        status = code.value if isinstance(code, HTTPStatus) else code
        sys.stderr.write(f"{self.command} {path} {status}\n")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the base class's name
        sys.stderr.write(f"{format % args}\n")


class _SilentHandler(_Handler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


class Server:
    """A threaded server of one WSGI application, from construction on bound to its port.

    Raises:
        OSError: on construction, where the port cannot be had.
    """

    def __init__(
        self, host: str, port: int, application: WSGIApplication, name: str, *, log: bool = False
    ) -> None:
        handler = _Handler if log else _SilentHandler
        # werkzeug ends the process where a port is taken; bound here, it is an OSError
        with _listen(host, port) as bound:
            self._server: BaseWSGIServer = make_server(
                host,
                bound.getsockname()[1],
                application,
                threaded=True,
                request_handler=handler,
                fd=bound.fileno(),
            )
        self._thread = threading.Thread(target=self._serve, name=name, daemon=True)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Stop serving, and give the port back."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()

    def _serve(self) -> None:
        self._server.serve_forever(poll_interval=0.1)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=128)
