"""API Gateway's payload v2, decoded once and encoded once. Nothing behind this knows its shape."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl

from edge.caller import connected
from numo_sso.cookies import Cookies, parse_cookies
from numo_sso.outcomes import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

QUERY = frozenset({"target", "school", "idp", "brin", "other", "flow", "again", "look", "lang"})
"""Parameters that we read; an elo or a campaign may add others, of any number and form."""
_MAX_QUERY_FIELDS = 100

SECURITY_HEADERS = {
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
}
"""On every response; a page brings a policy of its own."""


class Request(NamedTuple):
    """A request, in plain parts. Header names are lower case, as the gateway sends them."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    cookies: Cookies
    body: bytes
    request_id: str
    address: str = ""
    """Of whoever is connected to the gateway, or to CloudFront where that proves itself; no header
    of a browser's has a say in it."""

    def header(self, name: str) -> str:
        return self.headers.get(name, "")


UNREADABLE = Request("", "", {}, {}, (), b"", "")
"""Stands in for a request that could not be decoded, so that its refusal can be answered too."""


class Malformed(Refused):
    """A request of which only the head could be read: ``head`` says who asks, and how to answer."""

    def __init__(self, detail: str, head: Request) -> None:
        super().__init__("request-malformed", detail)
        self.head = head


@dataclass(frozen=True)
class Response:
    """An answer. ``cookies`` are ``Set-Cookie`` values."""

    status: int
    body: str = ""
    content_type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: list[str] = field(default_factory=list)
    content: bytes = b""
    """A body that is no text, in place of ``body``."""


def redirect(status: int, location: str, cookies: list[str] | None = None) -> Response:
    """A redirect of an empty body."""
    return Response(status, headers={"location": location}, cookies=cookies or [])


def json_response(
    status: int,
    payload: Any,
    headers: Mapping[str, str] | None = None,
    cookies: list[str] | None = None,
) -> Response:
    return Response(status, json.dumps(payload), "application/json", headers or {}, cookies or [])


def decode(event: Mapping[str, Any], mapping: str = "", proof_digest: str = "") -> Request:
    """Read an event of payload v2.

    Args:
        mapping: the API mapping's path, ``/v1/sso`` or ``/v1/session``, where this API hangs on an
            existing domain. Sources differ on whether ``rawPath`` keeps it; both are read alike.
        proof_digest: by which CloudFront's word on who is connected is believed. See
            :func:`edge.caller.connected`.

    Raises:
        Malformed: its query or its body cannot be read.
    """
    http = event["requestContext"]["http"]
    headers = {name.lower(): value for name, value in event.get("headers", {}).items()}
    head = Request(
        method=http["method"],
        path=full_path(event.get("rawPath", "/"), mapping),
        query={},
        headers=headers,
        cookies=parse_cookies(event.get("cookies", ())),
        body=b"",
        request_id=event["requestContext"].get("requestId", ""),
        address=connected(http.get("sourceIp", ""), headers, proof_digest),
    )
    try:
        return head._replace(query=_query(event), body=_body(event))
    except Refused as error:
        raise Malformed(error.detail, head) from error


def full_path(raw_path: str, mapping: str) -> str:
    """The path with its mapping in front and no slash at its end."""
    path = raw_path.rstrip("/")
    if mapping and path != mapping and not path.startswith(mapping + "/"):
        path = mapping + path
    return path or "/"


def encode(response: Response) -> dict[str, Any]:
    """Write an answer of payload v2, with the security headers that it does not override."""
    content = base64.b64encode(response.content).decode("ascii")
    body = response.body or content
    headers = {"content-type": response.content_type} if body else {}
    return {
        "statusCode": response.status,
        "headers": {**SECURITY_HEADERS, **headers, **response.headers},
        "cookies": response.cookies,
        "body": body,
        "isBase64Encoded": bool(content),
    }


def _query(event: Mapping[str, Any]) -> dict[str, str]:
    try:
        query = parse_qsl(
            event.get("rawQueryString", ""),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MAX_QUERY_FIELDS,
        )
    except ValueError as error:
        raise Refused("request-malformed", "an unreadable query") from error
    known = [(name, value) for name, value in query if name in QUERY]
    if len(dict(known)) != len(known):
        raise Refused("request-malformed", "a parameter that occurs twice")
    return dict(known)


def _body(event: Mapping[str, Any]) -> bytes:
    body = event.get("body") or ""
    if not event.get("isBase64Encoded"):
        return str(body).encode()
    try:
        return base64.b64decode(body, validate=True)
    except ValueError as error:  # binascii.Error is one
        raise Refused("request-malformed", "an unreadable body") from error
