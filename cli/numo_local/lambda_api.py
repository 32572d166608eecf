"""Lambda's Invoke API: what boto3 and ``aws lambda invoke --endpoint-url`` speak."""

from __future__ import annotations

import json
import sys
import traceback
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from numo_local.functions import Function, Functions

PREFIX = "/2015-03-31/functions/"
_SUFFIX = "/invocations"
_SIGNED = "AWS4-HMAC-SHA256 "


class LambdaApi:
    """A WSGI application that invokes functions."""

    def __init__(self, functions: Functions) -> None:
        self._functions = functions

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer ``POST /2015-03-31/functions/{name}/invocations``."""
        return self._answer(Request(environ))(environ, start_response)

    def _answer(self, request: Request) -> Response:
        # Any credentials will do, but some must be there, as with AWS: a web page that is open in
        # the same browser can send a request here, but not this header.
        if not request.headers.get("Authorization", "").startswith(_SIGNED):
            return _refuse(403, "MissingAuthenticationTokenException", "The request is not signed")
        if request.method != "POST" or not request.path.endswith(_SUFFIX):
            return _refuse(404, "UnknownOperationException", "Only Invoke is answered here")
        name = request.path[len(PREFIX) : -len(_SUFFIX)]
        function = self._functions.find(name)
        if function is None:
            return _refuse(404, "ResourceNotFoundException", f"Function not found: {name}")
        try:
            event = json.loads(request.get_data() or b"{}")
        except ValueError:
            return _refuse(400, "InvalidRequestContentException", "The payload is not JSON")
        return _invoke(function, event, request.headers.get("X-Amz-Invocation-Type", ""))


def _invoke(function: Function, event: Any, kind: str) -> Response:
    headers = {"X-Amz-Executed-Version": "$LATEST"}
    if kind == "DryRun":
        return Response(status=204, headers=headers)
    try:
        answer = function.invoke(event)
    except Exception as error:  # noqa: BLE001  # Lambda reports whatever a handler raises
        traceback.print_exc(file=sys.stderr)
        headers["X-Amz-Function-Error"] = "Unhandled"
        answer = {"errorMessage": str(error), "errorType": type(error).__name__, "stackTrace": []}
    if kind == "Event":
        return Response(status=202, headers=headers)
    body = json.dumps(answer)
    return Response(body, status=200, headers=headers, content_type="application/json")


def _refuse(status: int, kind: str, message: str) -> Response:
    return Response(
        json.dumps({"Type": "User", "message": message, "Message": message}),
        status=status,
        headers={"X-Amzn-ErrorType": kind},
        content_type="application/json",
    )
