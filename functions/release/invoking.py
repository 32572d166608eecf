"""Asks a version through Lambda's own API, and reads the end of its log beside its answer."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from release.checks import Answered, CheckFailed

if TYPE_CHECKING:
    from collections.abc import Mapping


class LambdaVersions:
    """:class:`release.checks.Invoke`, on a client of Lambda."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def __call__(self, arn: str, event: Mapping[str, Any]) -> Answered:
        try:
            reply = self._client.invoke(
                FunctionName=arn, Payload=json.dumps(event).encode(), LogType="Tail"
            )
            answer = json.loads(reply["Payload"].read())
        except (ClientError, BotoCoreError, ValueError) as error:
            raise CheckFailed(
                f"{_short(arn)} could not be asked: {type(error).__name__}"
            ) from error
        if "FunctionError" in reply:
            raise CheckFailed(f"{_short(arn)} broke down: {answer.get('errorType')}")
        return Answered(answer, _outcome(base64.b64decode(reply.get("LogResult", ""))))


def _short(arn: str) -> str:
    """The function and its version: ``numo-sso-production-sso:12``."""
    return arn.partition(":function:")[2]


def _outcome(log: bytes) -> str:
    """The outcome in the last line that names one; the tail may begin within a line."""
    for line in reversed(log.decode(errors="replace").splitlines()):
        try:
            found = json.loads(line).get("outcome")
        except (ValueError, AttributeError):
            continue
        if isinstance(found, str):
            return found
    return ""
