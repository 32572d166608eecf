"""STS, as far as somebody's proof of who they are needs it: it knows one user, and checks them."""

from __future__ import annotations

import hmac
import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from botocore.auth import SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from werkzeug.wrappers import Request, Response

from numo_local.template.resolving import PSEUDO_PARAMETERS
from numo_sso.times import epoch_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

ACTION = "Action=GetCallerIdentity"
_ACCOUNT = PSEUDO_PARAMETERS["AWS::AccountId"]
_ACCEPTED_SECONDS = 900
"""However short a presigned request says that it holds: so does AWS."""


@dataclass(frozen=True)
class User:
    """Somebody whom STS knows."""

    secret: str
    arn: str


LOCAL = {"local": User("local", f"arn:aws:iam::{_ACCOUNT}:user/local")}
"""By access key: the one that the command uses with ``--local``."""


@dataclass(frozen=True)
class Sts:
    """A WSGI application that answers ``GetCallerIdentity``, presigned."""

    users: Mapping[str, User] = field(default_factory=lambda: LOCAL)
    clock: Callable[[], float] = time.time

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer in JSON, as STS does to whoever accepts it."""
        return self._answer(Request(environ))(environ, start_response)

    def _answer(self, request: Request) -> Response:
        query = request.args.to_dict()
        key = query.get("X-Amz-Credential", "").partition("/")[0]
        user = self.users.get(key)
        if user is None:
            return _refuse("InvalidClientTokenId")
        if self.clock() > epoch_time(query["X-Amz-Date"]) + _ACCEPTED_SECONDS:
            return _refuse("RequestExpired")
        if not hmac.compare_digest(query["X-Amz-Signature"], _signature(request, query, user)):
            return _refuse("SignatureDoesNotMatch")
        account = user.arn.split(":")[4]
        found = {"Account": account, "Arn": user.arn, "UserId": key}
        return _json(200, {"GetCallerIdentityResponse": {"GetCallerIdentityResult": found}})


def _signature(request: Request, query: dict[str, str], user: User) -> str:
    """What this user's signature of the request would be, with the headers that came."""
    key, _, region, service, _ = query["X-Amz-Credential"].split("/")
    names = query["X-Amz-SignedHeaders"].split(";")
    signed = AWSRequest(
        request.method,
        request.base_url,
        headers={name: request.headers.get(name, "") for name in names},
        params={name: value for name, value in query.items() if name != "X-Amz-Signature"},
    )
    signed.context["timestamp"] = query["X-Amz-Date"]
    signer = SigV4QueryAuth(Credentials(key, user.secret), service, region)
    text = signer.string_to_sign(signed, signer.canonical_request(signed))
    return str(signer.signature(text, signed))


def _refuse(code: str) -> Response:
    return _json(403, {"Error": {"Code": code, "Message": code, "Type": "Sender"}})


def _json(status: int, body: dict[str, Any]) -> Response:
    return Response(json.dumps(body), status=status, content_type="application/json")
