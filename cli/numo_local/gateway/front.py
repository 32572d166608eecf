"""The gateway: limits, route, event, function, response."""

from __future__ import annotations

import json
import sys
import traceback
from typing import TYPE_CHECKING

from werkzeug.exceptions import ClientDisconnected
from werkzeug.wrappers import Request, Response

from numo_local.gateway.answer import make_response
from numo_local.gateway.event import make_event
from numo_local.gateway.faults import ANSWERS
from numo_local.serving import HEAD_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from numo_local.functions import Functions
    from numo_local.gateway.faults import Faults
    from numo_local.gateway.routes import Routes

MAX_HEAD_BYTES = 10_240
"""API Gateway's limit for request line and headers together."""
MAX_EVENT_BYTES = 6 * 1024 * 1024
"""Lambda's limit for an event: a body in base64 counts for a third more."""
MAX_BODY_BYTES = 10 * 1024 * 1024
"""API Gateway's own limit for a body."""


class Gateway:
    """A WSGI application that calls functions as an HTTP API does."""

    def __init__(self, routes: Routes, functions: Functions, faults: Faults) -> None:
        self._routes = routes
        self._functions = functions
        self._faults = faults

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        return self._answer(Request(environ))(environ, start_response)

    def _answer(self, request: Request) -> Response:
        if request.environ[HEAD_BYTES] > MAX_HEAD_BYTES:
            return refuse(431)
        fault = self._faults.next()
        if fault is not None:
            return refuse(fault)
        try:
            body = _read(request)
        except (OSError, ClientDisconnected):  # chunks that are none
            return refuse(400)
        if body is None:
            return refuse(413)
        return self._dispatch(request, body)

    def _dispatch(self, request: Request, body: bytes) -> Response:
        match = self._routes.match(request.method, request.path)
        if match is None:
            return refuse(404)
        function = self._functions.by_name[match.function]
        event = make_event(request, match, body)
        if len(json.dumps(event)) > MAX_EVENT_BYTES:
            return refuse(413)
        try:
            return make_response(function.invoke(event))
        except Exception:  # noqa: BLE001  # the gateway tells nobody what a function raised
            traceback.print_exc(file=sys.stderr)
            return refuse(500)


def refuse(status: int) -> Response:
    """Answer as the gateway does when it asks no function: JSON, and no page."""
    body = json.dumps({"message": ANSWERS[status]})
    return Response(body, status=status, content_type="application/json")


def _read(request: Request) -> bytes | None:
    """The body; None where it is larger than the gateway takes."""
    if (request.content_length or 0) > MAX_BODY_BYTES:
        return None
    body = request.stream.read(MAX_BODY_BYTES + 1)
    return body if len(body) <= MAX_BODY_BYTES else None
