"""The stack as a process: how it starts, what it answers, how it ends."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config

from local.client import Client
from numo_cli.lambda_client import connect
from numo_cli.target import Target
from numo_local.process import running_stack

if TYPE_CHECKING:
    from pathlib import Path

    from numo_local.process import RunningStack


def _ask(stack: RunningStack, method: str, path: str, **request: Any) -> tuple[int, Any]:
    connection = HTTPConnection("127.0.0.1", stack.port, timeout=20)
    connection.request(method, path, **request)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


def _lambda(stack: RunningStack) -> Any:
    return boto3.client(
        "lambda",
        endpoint_url=stack.api,
        region_name="eu-west-1",
        aws_access_key_id="anything",
        aws_secret_access_key="anything",
        config=Config(retries={"total_max_attempts": 1}),
    )


def _invoke(stack: RunningStack, name: str, event: dict[str, Any]) -> Any:
    answer = _lambda(stack).invoke(FunctionName=name, Payload=json.dumps(event))
    return json.loads(answer["Payload"].read())


@pytest.mark.parametrize("name", ["support", "SupportFunction", "numo-sso-local-support"])
def test_boto3_invokes_support(stack: RunningStack, name: str) -> None:
    """The Invoke API answers under each name, with the sample schools in the tables."""
    answer = _invoke(stack, name, {"action": "school.list"})
    assert answer["ok"] is True
    told = json.dumps(answer["data"])
    assert all(entrance in told for entrance in ("petteflat", "regenboog", "waterkant"))


def test_the_federation_function_hears_the_stand_ins_metadata(stack: RunningStack) -> None:
    """Fetched over HTTP from the hub of the stack itself; it says what the stack began with."""
    answer = _invoke(stack, "federation", {})
    assert (answer["ok"], answer["code"]) == (True, "metadata-unchanged")
    shown = _invoke(stack, "support", {"action": "metadata.show"})["data"]
    assert shown["url"] == f"{stack.stand_ins}/hub/metadata"
    assert shown["checked"]["code"] == "metadata-unchanged"
    assert len(shown["versions"]) == 1


def test_a_reference_without_a_record_is_found_in_the_functions_log(stack: RunningStack) -> None:
    """What the functions print is searched as Logs Insights searches it on AWS."""
    status, body = _ask(stack, "GET", "/v1/sso/nowhere")
    assert status == 404
    asked = {"action": "trace.show", "reference": json.loads(body)["reference"]}
    answer = _invoke(stack, "support", asked)
    assert answer["data"]["found_in"] == "log"
    assert answer["data"]["trace"]["outcome"] == "not-found"


def test_an_unknown_function_is_not_found(stack: RunningStack) -> None:
    """The error is the one that AWS gives."""
    client = _lambda(stack)
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.invoke(FunctionName="nobody")


def test_the_command_proves_who_asks(stack: RunningStack) -> None:
    """The same way as on AWS: a proof of another request is refused, and one of a stranger."""
    function = connect(Target(True, stack.port, None, None, "numo-sso"))
    request = {"action": "school.list"}
    assert function.invoke(request)["ok"] is True
    function.client.close()
    proved = function.prover.proved(request)
    for spoiled in (
        {**proved, "dry_run": True},
        {**proved, "proof": proved["proof"].replace("local%2F", "nobody%2F")},
    ):
        assert _invoke(stack, "support", spoiled)["error"]["code"] == "caller-unproved"


def test_an_unsigned_request_invokes_nothing(stack: RunningStack) -> None:
    """A web page that is open in the same browser cannot speak to support."""
    path = "/2015-03-31/functions/support/invocations"
    status, body = _ask(stack, "POST", path, body='{"action":"school.list"}')
    assert status == 403
    assert b"not signed" in body


def test_a_preflight_is_answered_by_the_function(stack: RunningStack) -> None:
    """Numo's app may ask from its own origin, another origin may not."""
    numo = f"http://127.0.0.1:{_app_port(stack)}"
    assert _preflight(stack, numo) == numo
    assert _preflight(stack, "http://another.example") is None


def test_one_more_origin_of_the_app() -> None:
    """An origin that was named may ask for the session too."""
    origin = "https://app.numo.example"
    with running_stack("--app-origin", origin) as running:
        assert _preflight(running, origin) == origin


def _preflight(stack: RunningStack, origin: str) -> str | None:
    connection = HTTPConnection("127.0.0.1", stack.port, timeout=20)
    headers = {"Origin": origin, "Access-Control-Request-Method": "DELETE"}
    connection.request("OPTIONS", "/v1/session", headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.getheader("Access-Control-Allow-Origin")


def _app_port(stack: RunningStack) -> int:
    """Numo's port, as the index page links to it."""
    connection = HTTPConnection("localhost", stack.port, timeout=20)
    connection.request("GET", "/")
    page = connection.getresponse().read().decode()
    connection.close()
    ports = {part.split("/")[0] for part in page.split("http://127.0.0.1:")[1:]}
    return int((ports - {str(stack.port)}).pop())


def test_cookies_beyond_the_gateways_limit_are_431(stack: RunningStack) -> None:
    """Counted over the wire: line and headers of more than 10,240 bytes."""
    fits, too_long = "a" * 9_900, "a" * 10_200
    assert _ask(stack, "GET", "/v1/sso/metadata", headers={"Cookie": f"x={fits}"})[0] == 200
    assert _ask(stack, "GET", "/v1/sso/metadata", headers={"Cookie": f"x={too_long}"})[0] == 431


def test_a_header_that_no_server_reads_is_json_too(stack: RunningStack) -> None:
    """Far beyond the limit the answer keeps its shape."""
    status, body = _ask(stack, "GET", "/v1/sso", headers={"Cookie": "a" * 70_000})
    assert status == 431
    assert "message" in json.loads(body)


def test_a_failure_is_provoked_by_a_button(stack: RunningStack) -> None:
    """After a click on the index page the next request to the API is throttled, and only that."""
    connection = HTTPConnection("localhost", stack.port, timeout=20)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/gateway-fault", body="status=429", headers=form)
    assert connection.getresponse().status == 303
    connection.close()
    status, body = _ask(stack, "GET", "/v1/sso/metadata")
    assert (status, json.loads(body)) == (429, {"message": "Too Many Requests"})
    assert _ask(stack, "GET", "/v1/sso/metadata")[0] == 200


def test_two_stacks_share_no_data(stack: RunningStack) -> None:
    """What support changes in one is unknown to the other, and so are its keys."""
    with running_stack() as other:
        _invoke(other, "support", {"action": "school.suspend", "entrance": "petteflat"})
        shown = _invoke(stack, "support", {"action": "school.list", "state": "active"})
        assert "petteflat" in json.dumps(shown["data"])
        metadata = [_ask(each, "GET", "/v1/sso/metadata")[1] for each in (stack, other)]
        certificates = [each.partition(b"X509Certificate>")[2][:400] for each in metadata]
        assert certificates[0] != certificates[1]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly(number: signal.Signals) -> None:
    """It ends by itself with exit code 0, says nothing more, and gives its port back."""
    with running_stack() as running:
        running.process.send_signal(number)
        assert running.process.wait(5) == 0
        assert running.process.stdout is not None
        assert not running.process.stdout.read()
        socket.create_server(("127.0.0.1", running.port)).close()


def test_a_signal_while_it_starts_ends_it_too() -> None:
    """Nobody has to wait for a start to be able to end it."""
    command = [sys.executable, "-m", "numo_local", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603
    with process:
        time.sleep(2)
        process.terminate()
        out, complaints = process.communicate(timeout=10)
    assert process.returncode == 0
    assert "ready" not in out
    assert "Traceback" not in complaints


def _start(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "numo_local", *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603


def test_where_to_click_comes_before_any_log(tmp_path: Path) -> None:
    """A start that goes well leaves the log empty, and what is asked later is in it."""
    with (tmp_path / "log").open("w+") as log, running_stack(log=log) as running:
        assert (tmp_path / "log").read_text() == ""
        _invoke(running, "support", {"action": "school.list"})
        assert "school.list" in (tmp_path / "log").read_text()


def test_the_api_on_the_stand_ins_name_is_pointed_at(stack: RunningStack) -> None:
    """Whoever types localhost for 127.0.0.1 is told where the API is."""
    page = Client().get(f"{stack.stand_ins}/v1/sso")
    assert page.status == 404
    assert f'href="{stack.api}/v1/sso"'.encode() in page.body


def test_the_index_names_a_command_that_can_be_typed(stack: RunningStack) -> None:
    """The command is not on the PATH, so its path is there."""
    page = Client().get(f"{stack.stand_ins}/")
    assert f".venv/bin/numo-sso --local --port {stack.port} school list".encode() in page.body


def test_a_port_that_is_taken_is_named(stack: RunningStack) -> None:
    """No traceback: which port, and what to type instead."""
    ended = _start("--port", str(stack.port))
    assert ended.returncode == 1
    assert f"Port {stack.port}" in ended.stderr
    assert "--port 0" in ended.stderr
    assert "PORT=8700 make run" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("content", [None, "<no-metadata/>"], ids=["absent", "not-metadata"])
def test_metadata_that_cannot_be_used_is_named(tmp_path: Path, content: str | None) -> None:
    """An identity provider whose metadata is missing or wrong keeps the stack from starting."""
    file = tmp_path / "idp.xml"
    if content:
        file.write_text(content)
    ended = _start("--port", "0", "--idp-metadata", str(file))
    assert ended.returncode == 1
    assert str(file) in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_parameter_that_is_none_of_the_stacks_cannot_be_left_out() -> None:
    """A mistyped name would otherwise leave everything as it is, and nobody would know."""
    ended = _start("--port", "0", "--without", "cookies")
    assert ended.returncode == 1
    assert "There is no parameter /numo-sso/local/cookies to leave out." in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_real_profile_has_no_say(tmp_path: Path) -> None:
    """A developer's own keys, endpoints and profiles are forgotten before anything starts."""
    config = tmp_path / "config"
    config.write_text("[profile work]\nregion = us-east-1\nendpoint_url = http://127.0.0.1:1\n")
    theirs = {
        "AWS_PROFILE": "work",
        "AWS_CONFIG_FILE": str(config),
        "AWS_ENDPOINT_URL_DYNAMODB": "http://127.0.0.1:1",
        "HTTP_PROXY": "http://127.0.0.1:1",
        "http_proxy": "http://127.0.0.1:1",
    }
    with running_stack(environment=theirs) as running:
        assert _ask(running, "GET", "/v1/sso/metadata")[0] == 200
