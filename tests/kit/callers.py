"""An STS that knows two people, and what they sign with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from botocore.credentials import Credentials
from werkzeug.test import Client

from numo_cli.proof import Prover
from numo_local.sts import Sts as StandIn
from numo_local.sts import User

if TYPE_CHECKING:
    from collections.abc import Mapping

STS_URL = "https://sts.eu-west-1.amazonaws.com"
FUNCTION_ARN = "arn:aws:lambda:eu-west-1:123456789012:function:numo-sso-test-support"
JAN = "arn:aws:sts::123456789012:assumed-role/support/jan"
STRANGER = "arn:aws:iam::999999999999:user/jan"
USERS = {"ASIAJAN": User("jans-secret", JAN), "AKIASTRANGER": User("another", STRANGER)}


@dataclass
class Sts:
    """:data:`numo_sso.support.callers.sts.AskSts`, without a network."""

    asked: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)

    def __call__(self, query: str, headers: Mapping[str, str]) -> tuple[int, bytes]:
        self.asked.append((query, headers))
        client = Client(StandIn(USERS))
        with client.get("/", base_url=STS_URL, query_string=query, headers=headers) as response:
            return response.status_code, response.data


def proved(
    request: Mapping[str, Any],
    key: str = "ASIAJAN",
    *,
    secret: str = "",
    session: str | None = "IQoJb3JpZ2luX2VjEJr+/w==",
    function_arn: str = FUNCTION_ARN,
    sts_url: str = STS_URL,
) -> dict[str, Any]:
    """The request as the command of whoever has this key, and session, would send it now."""
    credentials = Credentials(key, secret or USERS[key].secret, session)
    return Prover(credentials, function_arn, sts_url).proved(request)
