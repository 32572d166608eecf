"""The short way to AWS: a call of DynamoDB or SSM without a model of the service.

botocore reads a description of a service, walks it for every value that is sent or received, and
emits a dozen events a call; that is three quarters of what a call costs. Both services speak JSON,
and what is asked of them here is written as they want it, so a call is its JSON, signed and sent.
Credentials and errors are botocore's. See docs/decisions/049-the-short-way-to-aws.md.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from botocore.exceptions import ClientError, HTTPClientError, NoCredentialsError
from botocore.exceptions import ConnectionError as NoConnectionError
from botocore.parsers import ResponseParserError

from edge.aws.signing import Signer
from edge.aws.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from botocore.credentials import Credentials

    from edge.aws.wire import Reply

_GOOD = 200
_BROKEN = frozenset({500, 502, 503, 504})
_THROTTLED = frozenset(
    {
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ThrottlingException",
        "TransactionInProgressException",
    }
)
_BINARY = (b'"B":', b'"BS":')


class Service(NamedTuple):
    """How a service is spoken to."""

    name: str
    target: str
    """Prefix of an operation's name."""
    content_type: str


DYNAMODB = Service("dynamodb", "DynamoDB_20120810", "application/x-amz-json-1.0")
SSM = Service("ssm", "AmazonSSM", "application/x-amz-json-1.1")
SERVICES = {each.name: each for each in (DYNAMODB, SSM)}


class Place(NamedTuple):
    """Where a service is."""

    region: str
    endpoint: str
    """Scheme and host, e.g. ``https://dynamodb.eu-west-1.amazonaws.com``."""


class Patience(NamedTuple):
    """How long a call may take."""

    seconds: float
    """For a connection, and for each part of an answer."""
    attempts: int
    pause: float
    """Seconds at most before the second attempt; before each further one twice as many."""


HURRIED = Patience(1.0, 2, 0.1)
"""A browser waits: a page with a reference must come before Lambda or the gateway gives up, even
where every call hangs. A login tries again by itself."""


class ShortWay:
    """A client of one service. pynamodb takes it for botocore's.

    Args:
        credentials: as botocore finds and renews them; None where it finds none.
        clock: seconds since 1970.
        sleep: waits so many seconds.
        jitter: a factor from 0 to 1 for a pause, so that thirty retries do not meet again.
    """

    _request_signer = None
    """pynamodb makes a client of its own in place of one whose signer has no credentials."""

    def __init__(  # made once
        self,
        service: Service,
        place: Place,
        credentials: Credentials | None,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
        jitter: Callable[[], float],
        patience: Patience = HURRIED,
    ) -> None:
        self._service = service
        self._credentials = credentials
        self._clock = clock
        self._sleep = sleep
        self._jitter = jitter
        self._patience = patience
        self._wire = Wire(place.endpoint, patience.seconds)
        self._signer = Signer(service.name, place.region, self._wire.host)

    def _make_api_call(self, operation: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        """What the service answers. The name is what pynamodb calls.

        Args:
            operation: as the service names it, e.g. ``BatchGetItem``.
            asked: its parameters in the service's own JSON; bytes are written in base64.

        Raises:
            ClientError: the service refused, with its code.
            BotoCoreError: it was not reached, or did not answer in time.
        """
        body = _written(asked).encode()
        for turn in range(self._patience.attempts - 1):
            try:
                return self._call(operation, body)
            except (ClientError, HTTPClientError, NoConnectionError) as error:
                if not _passing(error):
                    raise
            self._sleep(self._patience.pause * 2**turn * self._jitter())
        return self._call(operation, body)

    def close(self) -> None:
        self._wire.close()

    def get_parameters_by_path(self, **asked: Any) -> dict[str, Any]:
        return self._make_api_call("GetParametersByPath", asked)

    def get_parameters(self, **asked: Any) -> dict[str, Any]:
        return self._make_api_call("GetParameters", asked)

    def _call(self, operation: str, body: bytes) -> dict[str, Any]:
        if self._credentials is None:
            raise NoCredentialsError
        headers = {
            "content-type": self._service.content_type,
            "user-agent": "numo-sso",
            "x-amz-target": f"{self._service.target}.{operation}",
        }
        credentials = self._credentials.get_frozen_credentials()
        signed = self._signer.signed(headers, body, credentials, self._clock())
        reply = self._wire.post(signed, body)
        if reply.status != _GOOD:
            raise ClientError(_refusal(reply), operation)
        return _decoded(reply.body)


def _passing(error: ClientError | HTTPClientError | NoConnectionError) -> bool:
    if not isinstance(error, ClientError):
        return True
    status = error.response["ResponseMetadata"]["HTTPStatusCode"]
    return status in _BROKEN or error.response["Error"]["Code"] in _THROTTLED


def _refusal(reply: Reply) -> Any:
    """An error's answer as botocore gives it to ``ClientError``."""
    try:
        told = json.loads(reply.body)
    except ValueError:  # of something between the service and here
        told = {}
    if not isinstance(told, dict):
        told = {}
    code = str(told.get("__type", reply.status)).rpartition("#")[2].partition(":")[0]
    message = told.get("message") or told.get("Message") or ""
    return {
        **told,
        "Error": {"Code": code, "Message": message},
        "ResponseMetadata": {
            "HTTPStatusCode": reply.status,
            "HTTPHeaders": dict(reply.headers),
        },
    }


def _base64(value: object) -> str:
    if isinstance(value, (bytes, bytearray)):
        return base64.b64encode(value).decode("ascii")
    raise TypeError(type(value).__name__)


_written = json.JSONEncoder(separators=(",", ":"), default=_base64).encode


def _decoded(data: bytes) -> dict[str, Any]:
    """An answer; binary values, which are rare, as the bytes that they stand for."""
    has_binary = any(mark in data for mark in _BINARY)
    try:
        answer: dict[str, Any] = json.loads(data, object_hook=_typed if has_binary else None)
    except ValueError as error:
        raise ResponseParserError from error
    return answer


def _typed(value: dict[str, Any]) -> dict[str, Any]:
    """One typed value: ``{"B": "…"}`` holds base64, where an attribute named B holds a value."""
    for kind, held in value.items():
        if kind == "B" and isinstance(held, str):
            return {"B": base64.b64decode(held)}
        if kind == "BS" and isinstance(held, list):
            return {"BS": [base64.b64decode(each) for each in held]}
    return value
