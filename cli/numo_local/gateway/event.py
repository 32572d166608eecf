"""Makes an event of payload version 2.0 from an HTTP request."""

from __future__ import annotations

import base64
import time
import uuid
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from numo_local.template.resolving import PSEUDO_PARAMETERS

if TYPE_CHECKING:
    from werkzeug.wrappers import Request

    from numo_local.gateway.routes import Match

_API_ID = "local"
_TEXT = ("text/", "application/json", "application/javascript", "application/xml")


def make_event(request: Request, match: Match, body: bytes) -> dict[str, Any]:
    """Build the event that the gateway would send for this request and route."""
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": match.key,
        "rawPath": request.path,
        "rawQueryString": request.query_string.decode("latin-1"),
        "headers": _headers(request),
        "requestContext": _context(request, match),
        "isBase64Encoded": False,
        **_cookies(request),
        **_query(request),
    }
    if match.path_parameters:
        event["pathParameters"] = dict(match.path_parameters)
    if body:
        event |= _body(body, request.headers.get("Content-Type", ""))
    return event


def _headers(request: Request) -> dict[str, str]:
    """Names in lower case, repeated ones joined by commas (by the server), cookies apart."""
    headers = {name.lower(): value for name, value in request.headers if name != "Cookie"}
    return headers | {
        "x-amzn-trace-id": f"Root=1-{int(time.time()):08x}-{uuid.uuid4().hex[:24]}",
        "x-forwarded-for": request.remote_addr or "",
        "x-forwarded-port": request.host.partition(":")[2] or "80",
        "x-forwarded-proto": request.scheme,
    }


def _cookies(request: Request) -> dict[str, list[str]]:
    # A browser sends one header; the server joins several with commas, which no cookie may hold.
    raw = request.headers.get("Cookie", "").replace(",", ";")
    cookies = [part for part in (each.strip(" \t") for each in raw.split(";")) if part]
    return {"cookies": cookies} if cookies else {}


def _query(request: Request) -> dict[str, dict[str, str]]:
    joined: dict[str, str] = {}
    raw = request.query_string.decode("latin-1")
    for name, value in parse_qsl(raw, keep_blank_values=True):
        joined[name] = f"{joined[name]},{value}" if name in joined else value
    return {"queryStringParameters": joined} if joined else {}


def _context(request: Request, match: Match) -> dict[str, Any]:
    now = time.time()
    return {
        "accountId": PSEUDO_PARAMETERS["AWS::AccountId"],
        "apiId": _API_ID,
        "domainName": request.host,
        "domainPrefix": request.host.partition(".")[0],
        "http": {
            "method": request.method,
            "path": request.path,
            "protocol": request.environ.get("SERVER_PROTOCOL", "HTTP/1.1"),
            "sourceIp": request.remote_addr or "",
            "userAgent": request.headers.get("User-Agent", ""),
        },
        "requestId": uuid.uuid4().hex[:15] + "=",
        "routeKey": match.key,
        "stage": "$default",
        "time": time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(now)),
        "timeEpoch": int(now * 1000),
    }


def _body(body: bytes, content_type: str) -> dict[str, Any]:
    """Text as it is, all else (a form is among it) as base64."""
    if content_type.lower().startswith(_TEXT):
        try:
            return {"body": body.decode("utf-8")}
        except UnicodeDecodeError:
            pass
    return {"body": base64.b64encode(body).decode("ascii"), "isBase64Encoded": True}
