"""The support function as Lambda calls it: always a coded answer, one line in the log."""

from __future__ import annotations

import importlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from moto import mock_aws

from kit.support import REQUEST_ID
from numo_sso.support.ssm import SsmParameters
from support.wiring import make_handler, make_world

if TYPE_CHECKING:
    from kit.support import Deployment

ENVIRONMENT = {
    "NUMO_ENVIRONMENT": "dev",
    "PUBLIC_URL": "https://api.numo.nl",
    "ENTRANCE_URL": "https://{entrance}.numo.nl",
    "PARAMETERS_PATH": "/numo-sso/dev/",
    "IDP_METADATA_URL": "https://hub.example/md",
    "IDP_ENTITY_ID": "https://hub.example/md",
    "IDP_HOST": "",
    "IDP_METADATA_CERTIFICATE": "",
    "CONFIRM_NEW_KEYS": "true",
    "LOGIN_LOG": "/aws/lambda/numo-sso-sso",
    "REFUSED_CODES_KEY": "11111111-2222-3333-4444-555555555555",
    "STS_URL": "https://sts.eu-west-1.amazonaws.com",
    "SUPPORT_FUNCTION_ARN": "arn:aws:lambda:eu-west-1:123456789012:function:numo-sso-support",
    "AWS_DEFAULT_REGION": "eu-west-1",
}


def last_line(numo: Deployment) -> dict[str, Any]:
    line: dict[str, Any] = json.loads(numo.log.getvalue().splitlines()[-1])
    return line


@pytest.mark.parametrize("event", [None, [], "x", 7, {}, {"action": None}, {"action": "school.x"}])
def test_an_unknown_action_is_told_which_there_are(numo: Deployment, event: object) -> None:
    """Whoever invokes the function by hand learns from the error."""
    answer = make_handler(numo.world, numo.logger)(event, None)
    assert answer["error"]["code"] == "action-unknown"
    assert "school.activate" in answer["error"]["hint"]


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"brin": "01AB"}, "entrance"),
        ({"entrance": "a", "brin": "01AB", "brinn": "x"}, "brinn"),
        ({"entrance": "a", "brin": "01AB", "name": " "}, "name"),
        ({"entrance": "a", "brin": "01AB", "name": "a\nb"}, "name"),
        ({"entrance": "a", "brin": "01AB", "ticket": "Jan Jansen"}, "ticket"),
        ({"entrance": ["a"], "brin": "01AB"}, "entrance"),
        ({"entrance": "a", "brin": 1}, "brin"),
    ],
)
def test_a_bad_field_is_named(numo: Deployment, fields: dict[str, Any], named: str) -> None:
    """The error names the field and what the action takes, not what was in it."""
    error = numo.refused("school.activate", **fields)
    assert error["code"] == "request-invalid"
    assert named in error["message"]
    assert "entrance" in error["hint"]


def test_one_line_says_what_was_done(activated: Deployment) -> None:
    """The log has action, outcome and request id of each request, as JSON."""
    line = last_line(activated)
    assert (line["action"], line["outcome"]) == ("school.activate", "done")
    assert line["request_id"] == REQUEST_ID
    activated.refused("school.show", entrance="nergens")
    assert last_line(activated)["outcome"] == "entrance-unknown"


class _FailingParameters(SsmParameters):
    """Parameters that cannot be read."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def read(self) -> dict[str, str]:
        raise self.error


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (ClientError({"Error": {"Code": "AccessDeniedException"}}, "GetParametersByPath"), "role"),
        (EndpointConnectionError(endpoint_url="https://ssm"), "again"),
    ],
)
def test_failing_storage_says_what_to_do(numo: Deployment, error: Exception, word: str) -> None:
    """A missing right is told from a passing failure."""
    numo.world = replace(numo.world, parameters=_FailingParameters(error))
    refusal = numo.refused("keys.create")
    assert refusal["code"] == "storage-failed"
    assert word in refusal["hint"]


class _Forgetful:
    """A client whose first answers are lost: it sends the same again, as every client of AWS does.

    It honours a transaction's token, as DynamoDB does and moto does not.
    """

    _request_signer = None

    def __init__(self, real: Any) -> None:
        self._real = real
        self._done: set[str] = set()

    def _make_api_call(self, name: str, asked: dict[str, Any]) -> Any:
        if name != "TransactWriteItems":
            return self._real._make_api_call(name, asked)
        token = asked.get("ClientRequestToken", "")
        assert token not in self._done  # one for each change
        answer = self._real._make_api_call(name, dict(asked))
        if not token:
            return self._real._make_api_call(name, dict(asked))
        assert len(token) <= 36
        self._done.add(token)
        return answer


def test_a_change_whose_answer_was_lost_is_told_as_done(numo: Deployment) -> None:
    """The client's own second attempt must not find the first, and call it somebody else's."""
    connection: Any = numo.world.tables.connection
    connection._client = _Forgetful(numo.dynamodb)
    made = {"entrance": "petteflat", "brin": "01AB", "create": True, "name": "Petteflat"}
    assert len(numo.done("school.activate", **made)["changes"]) == 3
    assert numo.done("school.suspend", entrance="petteflat")["changes"]
    assert len(numo.audit()) == 2


def test_a_defect_gets_a_code_and_its_place_in_the_log(numo: Deployment) -> None:
    """What the exception says may quote a pupil, so the log has its type and place alone."""
    numo.world = replace(numo.world, parameters=_FailingParameters(RuntimeError("geheim77")))
    assert numo.refused("keys.create")["code"] == "unexpected"
    assert "RuntimeError" in numo.log.getvalue()
    assert "geheim77" not in numo.log.getvalue()


def test_the_handler_builds_itself_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the template's variables importing the handler is all that Lambda has to do."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    handler = importlib.import_module("support.handler").handler
    assert handler({}, None)["error"]["code"] == "action-unknown"


def test_a_forgotten_variable_fails_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """A deployment without the hub's entity ID does not begin to believe any hub."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    with mock_aws(), pytest.raises(KeyError):
        make_world({k: v for k, v in ENVIRONMENT.items() if k != "IDP_ENTITY_ID"})
