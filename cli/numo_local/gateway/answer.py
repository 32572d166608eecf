"""Makes an HTTP response from what a function answered."""

from __future__ import annotations

import base64
import json
from typing import Any

from werkzeug.datastructures import Headers
from werkzeug.wrappers import Response


class MalformedAnswerError(Exception):
    """The function answered something that the gateway cannot send."""


def make_response(answer: Any) -> Response:
    """Turn a function's answer into a response, each cookie a ``Set-Cookie`` of its own."""
    if not isinstance(answer, dict) or "statusCode" not in answer:
        # payload 2.0 infers a response from any other JSON value
        return Response(json.dumps(answer), status=200, content_type="application/json")
    headers = Headers()
    for name, value in (answer.get("headers") or {}).items():
        headers.add(name, str(value))
    for cookie in answer.get("cookies") or []:
        headers.add("Set-Cookie", cookie)
    if answer.get("body") and "content-type" not in headers:
        headers.add("Content-Type", "text/plain;charset=UTF-8")
    response = Response(_body(answer), status=_status(answer), headers=headers)
    if "content-type" not in {name.lower() for name in answer.get("headers") or {}}:
        response.headers.pop("Content-Type", None)
    return response


def _status(answer: dict[str, Any]) -> int:
    try:
        return int(answer["statusCode"])
    except (TypeError, ValueError) as error:
        raise MalformedAnswerError("statusCode is not a number") from error


def _body(answer: dict[str, Any]) -> bytes:
    body = answer.get("body") or ""
    if not isinstance(body, str):
        raise MalformedAnswerError("body is not text")
    return base64.b64decode(body) if answer.get("isBase64Encoded") else body.encode()
