"""Asks a version through Lambda's own API, and reads the end of its log beside its answer.

The right to ask a version is given by the deployment that publishes it, moments before. IAM makes
no promise about when all of AWS knows of it, so a refusal for want of it is waited out.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from release.checks import Answered, CheckFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PAUSES = (2.0, 4.0, 8.0, 16.0)
"""Seconds before each further try of a version that may not be asked yet: half a minute in all."""
_NO_RIGHT = "AccessDeniedException"


class LambdaVersions:
    """:class:`release.checks.Invoke`, on a client of Lambda."""

    def __init__(self, client: Any, sleep: Callable[[float], None]) -> None:
        self._client = client
        self._sleep = sleep

    def __call__(self, arn: str, event: Mapping[str, Any]) -> Answered:
        try:
            reply = self._invoke(arn, json.dumps(event).encode())
            answer = json.loads(reply["Payload"].read())
        except (ClientError, BotoCoreError, ValueError) as error:
            raise CheckFailed(
                f"{_short(arn)} could not be asked: {type(error).__name__}"
            ) from error
        if "FunctionError" in reply:
            raise CheckFailed(f"{_short(arn)} broke down: {answer.get('errorType')}")
        return Answered(answer, _outcome(base64.b64decode(reply.get("LogResult", ""))))

    def _invoke(self, arn: str, payload: bytes) -> Any:
        for pause in PAUSES:
            try:
                return self._client.invoke(FunctionName=arn, Payload=payload, LogType="Tail")
            except ClientError as error:
                if error.response["Error"]["Code"] != _NO_RIGHT:
                    raise
            self._sleep(pause)
        return self._client.invoke(FunctionName=arn, Payload=payload, LogType="Tail")


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
