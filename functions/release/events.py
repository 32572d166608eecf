"""Requests as API Gateway would hand them over (payload v2), to ask a version before it does."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

NOBODYS_SESSION = "__Host-numo_session=" + "A" * 43
"""Of the right form, so that it is looked up, and not to be found."""
_CALLER = "192.0.2.1"
"""An address that nobody has (RFC 5737): what it is refused for counts against nobody."""


def http_request(
    method: str, path: str, cookies: Sequence[str] = (), form: bytes = b""
) -> dict[str, Any]:
    """One request. With the full path it is read alike in both modes of the domain."""
    headers = {"content-type": "application/x-www-form-urlencoded"} if form else {}
    return {
        "version": "2.0",
        "routeKey": f"{method} {path}",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"user-agent": "numo-sso-release-check", **headers},
        "cookies": list(cookies),
        "requestContext": {
            "http": {"method": method, "path": path, "sourceIp": _CALLER},
            "requestId": "release-check",
        },
        "body": base64.b64encode(form).decode(),
        "isBase64Encoded": True,
    }


def authorizer_request(cookie: str) -> dict[str, Any]:
    """What another API of Numo asks its authorizer."""
    return {
        **http_request("GET", "/", [cookie]),
        "type": "REQUEST",
        "identitySource": [cookie],
    }
