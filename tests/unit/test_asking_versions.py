"""The check of a release asks versions that it may ask only since a moment ago."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from release.checks import CheckFailed
from release.invoking import PAUSES, LambdaVersions

ARN = "arn:aws:lambda:eu-west-1:123456789012:function:numo-sso-production-sso:12"


class Client:
    """Lambda's client, which answers after so many refusals."""

    def __init__(self, refusals: int, code: str = "AccessDeniedException") -> None:
        self._left, self._code = refusals, code
        self.asked = 0

    def invoke(self, **asked: Any) -> dict[str, Any]:
        assert asked["FunctionName"] == ARN
        self.asked += 1
        if self._left:
            self._left -= 1
            raise ClientError({"Error": {"Code": self._code}}, "Invoke")
        return {"Payload": io.BytesIO(json.dumps({"statusCode": 200}).encode())}


def test_a_right_that_is_not_known_everywhere_yet_is_waited_for() -> None:
    slept: list[float] = []
    client = Client(len(PAUSES))
    answered = LambdaVersions(client, slept.append)(ARN, {})
    assert answered.answer == {"statusCode": 200}
    assert tuple(slept) == PAUSES


def test_a_right_that_never_comes_ends_the_check_within_half_a_minute() -> None:
    slept: list[float] = []
    client = Client(99)
    with pytest.raises(CheckFailed, match="numo-sso-production-sso:12 could not be asked"):
        LambdaVersions(client, slept.append)(ARN, {})
    assert sum(slept) <= 30
    assert client.asked == len(PAUSES) + 1


def test_nothing_else_that_aws_refuses_is_waited_for() -> None:
    slept: list[float] = []
    client = Client(1, "ResourceNotFoundException")
    with pytest.raises(CheckFailed):
        LambdaVersions(client, slept.append)(ARN, {})
    assert (client.asked, slept) == (1, [])
