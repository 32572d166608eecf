"""The short way to AWS: signed as botocore signs, sent once or twice, told in botocore's words."""

from __future__ import annotations

import base64
import json
import threading
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials, ReadOnlyCredentials
from botocore.exceptions import ClientError, EndpointConnectionError, NoCredentialsError
from botocore.parsers import ResponseParserError
from hypothesis import given
from hypothesis import strategies as st

from edge.aws.clients import ShortWays
from edge.aws.short_way import DYNAMODB, HURRIED, SSM, Patience, Place, ShortWay
from edge.aws.signing import Signer
from kit.ports import unused_port

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NOW = 1_787_000_000.0
CREDENTIALS = Credentials("AKIDEXAMPLE", "secret", "token")
THROTTLED = (400, {"__type": "com.amazonaws.dynamodb.v20120810#ThrottlingException"})

Told = tuple[int, Any]
"""A status, and JSON or bytes; or a status of 0: the connection is closed without an answer."""


class Service:
    """A service that tells what it is given to tell, one after the other."""

    def __init__(self) -> None:
        self.tells: list[Told] = []
        self.asked: list[tuple[dict[str, str], Any]] = []
        self.connections: set[int] = set()
        self.endpoint = ""


@contextmanager
def listening() -> Iterator[Service]:
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            service.asked.append((headers, json.loads(body)))
            service.connections.add(self.client_address[1])
            status, told = service.tells.pop(0)
            if status == 0:
                self.close_connection = True
                return
            content = told if isinstance(told, bytes) else json.dumps(told).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(content)))
            self.send_header("x-amzn-RequestId", "request")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    service.endpoint = f"http://127.0.0.1:{server.server_port}"
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def service() -> Iterator[Service]:
    with listening() as made:
        yield made


def way(endpoint: str, pauses: list[float] | None = None, **changes: Any) -> ShortWay:
    fields = {"service": DYNAMODB, "credentials": CREDENTIALS, "patience": HURRIED, **changes}
    return ShortWay(
        fields["service"],
        Place("eu-west-1", endpoint),
        fields["credentials"],
        lambda: NOW,
        (pauses if pauses is not None else []).append,
        lambda: 0.5,
        fields["patience"],
    )


def ask(service: Service, tells: Sequence[Told], **changes: Any) -> dict[str, Any]:
    service.tells += tells
    with closing(way(service.endpoint, **changes)) as made:
        return made._make_api_call("GetItem", {"TableName": "t"})  # pynamodb's own name for it


TEXTS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=40)


@given(
    body=st.binary(max_size=300),
    target=TEXTS,
    secret=TEXTS,
    token=st.none() | TEXTS,
    now=st.integers(1_500_000_000, 2_500_000_000),
    service=st.sampled_from([DYNAMODB, SSM]),
)
def test_every_call_is_signed_as_botocore_signs_it(
    body: bytes, target: str, secret: str, token: str | None, now: int, service: Any
) -> None:
    host = "dynamodb.eu-west-1.amazonaws.com"
    credentials = ReadOnlyCredentials("AKIDEXAMPLE", secret, token)
    headers = {"content-type": service.content_type, "x-amz-target": target}
    ours = Signer(service.name, "eu-west-1", host).signed(headers, body, credentials, now)
    request = AWSRequest("POST", f"https://{host}/", dict(headers), body)
    with pytest.MonkeyPatch.context() as patch:  # its clock is no argument
        patch.setattr(
            "botocore.auth.get_current_datetime", lambda: datetime.fromtimestamp(now, UTC)
        )
        SigV4Auth(credentials, service.name, "eu-west-1").add_auth(request)
    assert ours["authorization"] == request.headers["Authorization"]
    assert ours["x-amz-date"] == request.headers["X-Amz-Date"]
    assert ours.get("x-amz-security-token") == request.headers["X-Amz-Security-Token"]


def test_a_new_day_and_new_credentials_have_a_key_of_their_own() -> None:
    signer = Signer("dynamodb", "eu-west-1", "host")

    def signature(secret: str, now: float, by: Signer) -> str:
        credentials = ReadOnlyCredentials("AKID", secret, None)
        return by.signed({}, b"", credentials, now)["authorization"]

    for secret, now in (("a", NOW), ("a", NOW + 86_400), ("b", NOW + 86_400), ("a", NOW)):
        fresh = Signer("dynamodb", "eu-west-1", "host")
        assert signature(secret, now, signer) == signature(secret, now, fresh)


def test_a_call_says_what_is_asked_and_who_asks(service: Service) -> None:
    assert ask(service, [(200, {"Item": {"pk": {"S": "é"}}})]) == {"Item": {"pk": {"S": "é"}}}
    headers, body = service.asked[0]
    assert body == {"TableName": "t"}
    assert headers["x-amz-target"] == "DynamoDB_20120810.GetItem"
    assert headers["content-type"] == "application/x-amz-json-1.0"
    assert headers["x-amz-security-token"] == "token"
    assert headers["user-agent"] == "numo-sso"


def test_parameters_are_asked_as_botocore_asks_them(service: Service) -> None:
    service.tells += [(200, {"Parameters": []})] * 2
    with closing(way(service.endpoint, service=SSM)) as ssm:
        ssm.get_parameters_by_path(Path="/numo", Recursive=True)
        ssm.get_parameters(Names=["/numo/epoch"])
    assert [headers["x-amz-target"] for headers, _ in service.asked] == [
        "AmazonSSM.GetParametersByPath",
        "AmazonSSM.GetParameters",
    ]
    assert [body for _, body in service.asked] == [
        {"Path": "/numo", "Recursive": True},
        {"Names": ["/numo/epoch"]},
    ]
    assert service.asked[0][0]["content-type"] == "application/x-amz-json-1.1"


def test_bytes_travel_as_base64_and_come_back(service: Service) -> None:
    sealed = base64.b64encode(b"\x00sealed").decode()
    item = {
        "B": {"B": sealed},  # an attribute that is called as a type is
        "set": {"BS": [sealed]},
        "map": {"M": {"BS": {"S": "text"}}},
    }
    service.tells.append((200, {"Item": item}))
    with closing(way(service.endpoint)) as dynamodb:
        found = dynamodb._make_api_call("PutItem", {"Item": {"b": {"B": b"\x00sealed"}}})
        with pytest.raises(TypeError):
            dynamodb._make_api_call("PutItem", {"Item": {"b": {"B": object()}}})
    assert service.asked[0][1] == {"Item": {"b": {"B": sealed}}}
    assert found["Item"] == {
        "B": {"B": b"\x00sealed"},
        "set": {"BS": [b"\x00sealed"]},
        "map": {"M": {"BS": {"S": "text"}}},
    }


def test_a_refusal_is_told_as_botocore_tells_it(service: Service) -> None:
    reasons = [{"Code": "None"}, {"Code": "ConditionalCheckFailed", "Item": {"pk": {"S": "x"}}}]
    kind = "com.amazonaws.dynamodb.v20120810#TransactionCanceledException"
    told = {"__type": kind, "Message": "cancelled", "CancellationReasons": reasons}
    with pytest.raises(ClientError) as caught:
        ask(service, [(400, told)])
    response: Any = caught.value.response
    assert response["Error"] == {"Code": "TransactionCanceledException", "Message": "cancelled"}
    assert response["CancellationReasons"] == reasons
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert response["ResponseMetadata"]["HTTPHeaders"]["x-amzn-requestid"] == "request"
    assert len(service.asked) == 1


@pytest.mark.parametrize("told", [b"<html>busy</html>", b"[]"])
def test_what_is_no_answer_of_the_service_has_its_status_as_code(
    service: Service, told: bytes
) -> None:
    with pytest.raises(ClientError) as caught:
        ask(service, [(403, told)])
    assert caught.value.response["Error"]["Code"] == "403"


def test_a_good_status_without_json_is_an_error_too(service: Service) -> None:
    with pytest.raises(ResponseParserError):
        ask(service, [(200, b"<html>")])


@pytest.mark.parametrize("passing", [THROTTLED, (500, {}), (503, b"busy"), (0, b"")])
def test_what_passes_is_tried_once_more_after_a_pause(service: Service, passing: Told) -> None:
    pauses: list[float] = []
    assert ask(service, [passing, (200, {"ok": 1})], pauses=pauses) == {"ok": 1}
    assert pauses == [0.05]


def test_who_cannot_be_reached_is_tried_once_more_too() -> None:
    pauses: list[float] = []
    with (
        closing(way(f"http://127.0.0.1:{unused_port()}", pauses)) as dynamodb,
        pytest.raises(EndpointConnectionError),
    ):
        dynamodb._make_api_call("GetItem", {})
    assert pauses == [0.05]


def test_and_only_once_more(service: Service) -> None:
    with pytest.raises(ClientError) as caught:
        ask(service, [THROTTLED, THROTTLED])
    assert caught.value.response["Error"]["Code"] == "ThrottlingException"
    assert not service.tells


def test_who_has_time_tries_longer_with_longer_pauses(service: Service) -> None:
    pauses: list[float] = []
    tells = [THROTTLED, (0, b""), (503, b"busy"), (200, {"ok": 1})]
    assert ask(service, tells, pauses=pauses, patience=Patience(5, 4, 1.0)) == {"ok": 1}
    assert pauses == [0.5, 1.0, 2.0]


def test_nothing_is_asked_without_credentials(service: Service) -> None:
    with pytest.raises(NoCredentialsError):
        ask(service, [], credentials=None)
    assert not service.asked


def test_services_are_where_the_environment_says_or_at_aws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "local")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "local")

    def host(environ: dict[str, str], service: str = "dynamodb") -> str:
        made: ShortWay = ShortWays(environ).get(service)
        return made._wire.host

    assert host({}) == "dynamodb.eu-west-1.amazonaws.com"
    assert host({}, "ssm") == "ssm.eu-west-1.amazonaws.com"
    everything = {"AWS_ENDPOINT_URL": "http://127.0.0.1:1"}
    assert host(everything, "ssm") == "127.0.0.1:1"
    assert host(everything | {"AWS_ENDPOINT_URL_DYNAMODB": "http://127.0.0.1:2"}) == "127.0.0.1:2"
    clients = ShortWays({})
    assert clients.get("dynamodb") is clients.get("dynamodb")
    assert clients.get("kms").meta.service_model.service_name == "kms"
