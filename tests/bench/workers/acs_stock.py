"""An ACS as manuals have it: Powertools' resolver, python3-saml with settings built at each call,

and two puts by boto3: the session, and the response's id that may come once.
"""

from __future__ import annotations

import base64
import os
import secrets
import time
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from onelogin.saml2.auth import OneLogin_Saml2_Auth

from bench.workers.hub import PUBLIC, TOLD, posted
from bench.workers.timed import serve

TABLE = os.environ["SESSIONS_TABLE"]
logger = Logger(service="stock")
app = APIGatewayHttpResolver()
dynamodb = boto3.client("dynamodb")


@app.post("/v1/sso/acs")
def acs() -> Response[str]:
    form = parse_qs(base64.b64decode(app.current_event.body or "").decode())
    auth = OneLogin_Saml2_Auth(
        {
            "https": "on",
            "http_host": "api.numo.nl",
            "script_name": "/v1/sso/acs",
            "get_data": {},
            "post_data": {name: values[0] for name, values in form.items()},
        },
        settings(),
    )
    auth.process_response(request_id=_request_id)
    if auth.get_errors():
        return Response(403, "text/plain", str(auth.get_last_error_reason()))
    value = secrets.token_urlsafe(32)
    user = auth.get_attributes()["nlEduPersonRealId"][0]
    _put(f"session#{sha256(value.encode()).hexdigest()}", user)
    _put(f"assertion#{auth.get_last_assertion_id()}", user)
    logger.info("login", extra={"outcome": "logged-in"})
    cookie = f"__Host-numo_session={value}; Path=/; Secure; HttpOnly; SameSite=Lax"
    headers: dict[str, str | list[str]] = {
        "Location": "https://petteflat.numo.nl/",
        "Set-Cookie": [cookie],
    }
    return Response(303, headers=headers)


def settings() -> dict[str, Any]:
    return {
        "strict": True,
        "sp": {
            "entityId": f"{PUBLIC}/v1/sso/metadata",
            "assertionConsumerService": {"url": f"{PUBLIC}/v1/sso/acs"},
        },
        "idp": {
            "entityId": TOLD["issuer"],
            "singleSignOnService": {"url": TOLD["sso_url"]},
            "x509cert": TOLD["certificate"],
        },
        "security": {"wantAssertionsSigned": True, "requestedAuthnContext": False},
    }


def _put(key: str, user: str) -> None:
    now = int(time.time())
    dynamodb.put_item(
        TableName=TABLE,
        Item={"pk": {"S": key}, "user": {"S": user}, "ttl": {"N": str(now + 14_400)}},
        ConditionExpression="attribute_not_exists(pk)",
    )


_request_id = ""


def _posted() -> dict[str, Any]:
    global _request_id  # noqa: PLW0603  # a browser's cookie, as far as this handler has one
    _request_id = f"_{secrets.token_hex(16)}"
    return posted(_request_id, [])


@dataclass
class _Context:
    """Of Lambda; Powertools looks at none of it here."""

    aws_request_id: str = "request"


def _landed(answer: dict[str, Any]) -> bool:
    return bool(answer["statusCode"] == 303)


def _resolve(event: dict[str, Any]) -> dict[str, Any]:
    return app.resolve(event, _Context())  # type: ignore[arg-type]  # it looks at none of it


serve(_posted, _resolve, _landed)
