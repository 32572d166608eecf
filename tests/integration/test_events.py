"""Every sample event goes through its function's own handler, as Lambda would call it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import botocore.session
import pytest

from edge.http import decode
from kit.session_world import SessionWorld
from kit.world import World

if TYPE_CHECKING:
    from numo_local.process import RunningStack

EVENTS = Path(__file__).parents[2] / "events"
STATUS = {
    "sso/start": 302,
    "sso/test": 302,
    "sso/acs": 400,
    "sso/continue": 409,
    "sso/metadata": 200,
    "sso/help": 200,
    "sso/button-svg": 200,
    "sso/button-png": 200,
    "sso/logout-page": 200,
    "sso/logout": 403,
    "sso/unknown-route": 404,
    "sso/start-mapped": 404,
    "sso/acs-mapped": 404,
    "session/show": 401,
    "session/show-mapped": 404,
    "session/end": 403,
    "session/preflight": 403,
}
"""What a stack on a domain of its own answers; the samples name the origins of production."""


def sample(name: str) -> dict[str, Any]:
    event: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text())
    return event


@pytest.fixture
def functions(stack: RunningStack) -> Any:
    """The functions of a running stack, behind Lambda's own API."""
    return botocore.session.get_session().create_client(
        "lambda",
        "eu-west-1",
        endpoint_url=stack.api,
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
    )


def invoke(functions: Any, name: str) -> dict[str, Any]:
    function = name.partition("/")[0].title() + "Function"
    reply = functions.invoke(FunctionName=function, Payload=json.dumps(sample(name)))
    assert "FunctionError" not in reply, reply["Payload"].read()
    answer: dict[str, Any] = json.loads(reply["Payload"].read())
    return answer


def test_no_sample_is_left_out() -> None:
    """A new sample needs a line here."""
    found = {
        f"{path.parent.name}/{path.stem}"
        for folder in ("sso", "session")
        for path in (EVENTS / folder).glob("*.json")
    }
    assert found == set(STATUS)


@pytest.mark.parametrize("name", STATUS)
def test_a_request_is_answered(functions: Any, name: str) -> None:
    """With its status, in the gateway's own shape."""
    answer = invoke(functions, name)
    assert answer["statusCode"] == STATUS[name]
    assert set(answer) == {"statusCode", "headers", "cookies", "body", "isBase64Encoded"}


def test_the_authorizer_denies_a_session_that_nobody_has(functions: Any) -> None:
    """The simple response of an HTTP API."""
    assert invoke(functions, "authorizer/request") == {"isAuthorized": False, "context": {}}


@pytest.mark.parametrize(("name", "status"), [("sso/start-mapped", 302), ("sso/acs-mapped", 400)])
def test_below_a_mapping_the_same_requests_work(name: str, status: int) -> None:
    """Where the deployment says that it hangs on another's domain."""
    world = World()
    assert world.app.handle(lambda: decode(sample(name), "/v1/sso")).status == status


def test_below_a_mapping_the_session_answers() -> None:
    """401 for the sample's made-up session: the route was found."""
    world = SessionWorld()
    event = sample("session/show-mapped")
    assert world.app.handle(lambda: decode(event, "/v1/session")).status == 401
