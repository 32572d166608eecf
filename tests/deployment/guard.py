"""AWS as a role leaves it: moto behind a door that knows the role's statements.

Emulators let everybody do everything. Here a call that the function's role does not allow is
denied as AWS denies it, so a function that runs behind this door runs with its role.
"""

from __future__ import annotations

import io
import json
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from deployment.deployed import statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TABLE_PREFIX = "deployed-"
LOCAL_TABLES, LOCAL_PARAMETERS = "numo-sso-local-", "/numo-sso/local"
"""How the local stack's names begin. The roles are production's, of which it takes the place."""
ARN = "arn:aws:ssm:eu-west-1:123456789012:parameter"
KMS = "arn:aws:kms:eu-west-1:123456789012:key/1"
"""The account's own key for SSM."""
REFUSED_CODES_KEY = "arn:aws:local:::RefusedCodesKey.Arn"
"""The only key that is used without SSM."""
TRANSACTED = {
    "Put": "dynamodb:PutItem",
    "Update": "dynamodb:UpdateItem",
    "Delete": "dynamodb:DeleteItem",
    "Get": "dynamodb:GetItem",
    "ConditionCheck": "dynamodb:ConditionCheckItem",
}

Need = tuple[str, str]
"""An action, and the resource on which it is needed."""


class Guard:
    """A WSGI application in front of moto, for the function of one role."""

    def __init__(self, application: Any, name: str) -> None:
        self._application = application
        self.sealed_under = KMS
        """Under which key the secrets that are there already lie."""
        self.statements = statements(name)
        self.denied: list[Need] = []
        self.used: set[Need] = set()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        target = environ.get("HTTP_X_AMZ_TARGET")
        call = (
            needs(target, json.loads(body or b"{}"), self.sealed_under)
            if target
            else needs_of_s3(environ)
        )
        asked = set(call)
        self.used |= asked
        denied = [need for need in asked if not self._allows(*need)]
        if not denied:
            answer: Iterable[bytes] = self._application(environ, start_response)
            return answer
        self.denied += denied
        start_response("400 Bad Request", [("Content-Type", "application/x-amz-json-1.0")])
        return [json.dumps({"__type": "AccessDeniedException", "message": str(denied)}).encode()]

    def _allows(self, action: str, resource: str) -> bool:
        effects = {
            each["Effect"]
            for each in self.statements
            if action in each["Action"] and any(fnmatchcase(resource, r) for r in each["Resource"])
        }
        return effects == {"Allow"}


def needs(target: str, call: dict[str, Any], sealed_under: str = KMS) -> Iterator[Need]:
    """What a call needs, as AWS's service authorization reference lists it."""
    service, _, operation = target.partition(".")
    if service.startswith("DynamoDB"):
        yield from _of_dynamodb(operation, call)
    elif service == "AmazonSSM":
        yield from _of_ssm(operation, call, sealed_under)
    elif service == "TrentService":
        yield f"kms:{operation}", REFUSED_CODES_KEY
    elif service.startswith("Logs"):
        yield f"logs:{operation}", _log_group(call)
    else:
        yield (target, "*")


def needs_of_s3(environ: dict[str, Any]) -> Iterator[Need]:
    """What a call to S3, which alone names no operation, needs: to put an object, to look at it."""
    method = environ["REQUEST_METHOD"]
    action = {"PUT": "s3:PutObject", "HEAD": "s3:GetObject"}.get(method, method)
    yield action, f"arn:aws:s3:::{environ['PATH_INFO'].removeprefix('/')}"


def _of_dynamodb(operation: str, call: dict[str, Any]) -> Iterator[Need]:
    if operation.startswith("Transact"):
        for item in call["TransactItems"]:
            (kind, request), *_ = item.items()
            yield TRANSACTED[kind], table_arn(request["TableName"])
    elif "RequestItems" in call:
        yield from ((f"dynamodb:{operation}", table_arn(name)) for name in call["RequestItems"])
    else:
        index = f"/index/{call['IndexName']}" if "IndexName" in call else ""
        yield f"dynamodb:{operation}", table_arn(call["TableName"]) + index


def _of_ssm(operation: str, call: dict[str, Any], sealed_under: str) -> Iterator[Need]:
    names = call.get("Names") or [call.get("Name") or call["Path"].rstrip("/")]
    deployed = (name.replace(LOCAL_PARAMETERS, "/numo-sso/production") for name in names)
    yield from ((f"ssm:{operation}", ARN + name) for name in deployed)
    if call.get("WithDecryption"):
        yield "kms:Decrypt", sealed_under
    if call.get("Type") == "SecureString":
        yield "kms:Encrypt", call.get("KeyId", KMS)


def _log_group(call: dict[str, Any]) -> str:
    """The log group as the statements name it; a query's results have none."""
    name = call.get("logGroupName", "")
    return f"arn:aws:local:::{name.rpartition('-')[2]}.Arn" if name else "*"


def table_arn(name: str) -> str:
    """The table as :func:`deployment.deployed.statements` names it."""
    bare = name.removeprefix(TABLE_PREFIX).removeprefix(LOCAL_TABLES)
    return f"<{bare.removesuffix('Table').lower()}>"
