"""The support function, invoked on AWS or on a local stack."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from numo_cli.aws_failures import explain, explain_stranger
from numo_cli.failures import Exit, Failure
from numo_cli.proof import Prover
from numo_cli.speech import say

if TYPE_CHECKING:
    from numo_cli.target import Target

_OUTPUTS = ("SupportFunctionName", "SupportFunctionArn", "StsUrl")
_LOCAL_NAME = "support"
_LOCAL_ARN = "arn:aws:lambda:eu-west-1:123456789012:function:numo-sso-local-support"
_LOCAL_SECRET = "local"  # noqa: S105  # of the one user that a local stack's STS knows
_READ_SECONDS = 310
"""A little more than the function itself may take."""


@dataclass(frozen=True)
class SupportFunction:
    """One function to invoke, found once."""

    client: Any
    name: str
    target: Target
    prover: Prover

    def invoke(self, request: dict[str, Any]) -> dict[str, Any]:
        """Ask it, and prove who asks.

        Raises:
            Failure: it could not be reached, or broke down; or the request is no text.
        """
        try:
            payload = _encode(self.prover.proved(request))
            response = self.client.invoke(FunctionName=self.name, Payload=payload)
            body = response["Payload"].read()
        except (BotoCoreError, ClientError) as error:
            raise explain(error, self.target, "lambda:InvokeFunction") from error
        if "FunctionError" in response:
            raise Failure(
                Exit.UNREACHABLE,
                "function-failed",
                say(
                    "The function {name} broke down ({reason}).",
                    name=self.name,
                    reason=response["FunctionError"],
                ),
                say(
                    "Its log says where: aws logs tail /aws/lambda/{name}",
                    name=self.name.partition(":")[0],
                ),
            )
        return self._read(body)

    def _read(self, body: bytes) -> dict[str, Any]:
        try:
            answer = json.loads(body)
        except ValueError:
            answer = None
        if isinstance(answer, dict) and "ok" in answer:
            return answer
        if self.target.local:
            raise explain_stranger(self.target)
        raise Failure(
            Exit.UNREACHABLE,
            "answer-unreadable",
            say("The function {name} did not answer as the support function does.", name=self.name),
            say("Is --stack right?"),
        )


def _encode(request: dict[str, Any]) -> bytes:
    try:
        return json.dumps(request, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:  # bytes of an argument that Python could not read as text
        raise Failure(
            Exit.USAGE,
            "argument-unreadable",
            say("An argument is not UTF-8."),
            say("Type it, or paste it as text; and is this terminal's locale UTF-8 (locale)?"),
        ) from error


def connect(target: Target) -> SupportFunction:
    """Find the function.

    Raises:
        Failure: no credentials, no region, no such stack, no right to see it.
    """
    try:
        return _connect_local(target) if target.local else _connect_aws(target)
    except (BotoCoreError, ClientError) as error:
        raise explain(error, target, "cloudformation:DescribeStacks") from error


def _connect_local(target: Target) -> SupportFunction:
    session = boto3.Session(_LOCAL_SECRET, _LOCAL_SECRET, region_name="eu-west-1")
    client = session.client(
        "lambda",
        endpoint_url=target.local_url,
        # A proxy of the surroundings is not for this machine itself.
        config=_config(connect_timeout=3, proxies={}),
    )
    prover = Prover(session.get_credentials(), _LOCAL_ARN, target.local_url)
    return SupportFunction(client, _LOCAL_NAME, target, prover)


def _connect_aws(target: Target) -> SupportFunction:
    session = boto3.Session(profile_name=target.profile, region_name=target.region)
    stacks = session.client("cloudformation", config=_config(connect_timeout=10))
    [stack] = stacks.describe_stacks(StackName=target.stack)["Stacks"]
    outputs = {each["OutputKey"]: each["OutputValue"] for each in stack.get("Outputs", [])}
    if missing := [each for each in _OUTPUTS if each not in outputs]:
        raise Failure(
            Exit.UNREACHABLE,
            "stack-without-support",
            say("The stack {stack} has no output {output}.", stack=target.stack, output=missing[0]),
            say("Is it a stack of Numo SSO, and has its deployment ended well? Give --stack."),
        )
    client = session.client("lambda", config=_config(connect_timeout=10))
    name, arn, sts_url = (outputs[each] for each in _OUTPUTS)
    return SupportFunction(client, name, target, Prover(session.get_credentials(), arn, sts_url))


def _config(**options: Any) -> Config:
    # Not again by itself: after a timeout the first request may still be at work.
    return Config(read_timeout=_READ_SECONDS, retries={"total_max_attempts": 1}, **options)
