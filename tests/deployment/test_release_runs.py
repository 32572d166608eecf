"""The check of a release, built, asking built versions as CodeDeploy has it do."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.wrappers import Request, Response

from deployment.cloud import Cloud, sample, serve
from deployment.deployed import VERSIONS, function
from deployment.packaged import WIDE
from deployment.runtime import FunctionFailed, Lambda, link_runtime_client

if TYPE_CHECKING:
    from pathlib import Path

    from numo_local.serving import Server

LIVE = VERSIONS["SsoFunction.Version"].replace(":7", ":live")
NAMES = {arn: key.removesuffix("Function.Version") for key, arn in VERSIONS.items()} | {LIVE: "Sso"}
Answer = Callable[[Any], Any]


class Aws:
    """Lambda's Invoke in front of built functions, and CodeDeploy, which hears how it ended."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud
        self.told: list[dict[str, Any]] = []
        self.instead: dict[str, Answer] = {}
        """What answers in a version's place, by its ARN."""

    def __call__(self, environ: Any, start_response: Any) -> Any:
        request = Request(environ)
        if request.headers.get("X-Amz-Target"):
            self.told.append(json.loads(request.get_data()))
            return Response("{}")(environ, start_response)
        arn = request.path.split("/")[3]
        return self._invoke(arn, json.loads(request.get_data()))(environ, start_response)

    def _invoke(self, arn: str, event: Any) -> Response:
        try:
            answer = self.instead.get(arn, self._built(NAMES[arn]))(event)
        except FunctionFailed as failed:
            broke = {"X-Amz-Function-Error": "Unhandled"}
            return Response(json.dumps({"errorType": type(failed).__name__}), headers=broke)
        return Response(json.dumps(answer), headers={"X-Amz-Log-Result": self._tail(NAMES[arn])})

    def _built(self, name: str) -> Answer:
        return lambda event: self._cloud.invoke(name, event)

    def _tail(self, name: str) -> str:
        lines = [json.dumps(line) for line in self._cloud.log(name)[-3:]]
        return base64.b64encode("\n".join(lines).encode()).decode()


@pytest.fixture
def aws(cloud: Cloud) -> Iterator[tuple[Aws, Server]]:
    application = Aws(cloud)
    server = serve(application)
    yield application, server
    server.stop()


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """What the check itself prints."""
    return tmp_path / "log"


@pytest.fixture
def check(
    built: Path, aws: tuple[Aws, Server], tmp_path: Path, log: Path
) -> Iterator[Callable[[], dict[str, Any]]]:
    """Runs the check once, as CodeDeploy asks it."""
    variables = dict(function("Release")["Environment"]["Variables"])
    variables["AWS_ENDPOINT_URL"] = f"http://127.0.0.1:{aws[1].port}"
    client = link_runtime_client(tmp_path / "runtime")
    running = Lambda(built / "release", client, "release.handler.handler", variables, log)
    yield lambda: running.invoke(sample("release/pre-traffic.json"))
    running.stop()


def test_versions_that_answer_as_they_have_to_may_have_the_traffic(
    cloud: Cloud, aws: tuple[Aws, Server], check: Callable[[], dict[str, Any]]
) -> None:
    """All of it by the packages that are deployed, each within its role."""
    answer = check()
    assert answer["status"] == "Succeeded", answer
    assert answer["checked"] == [
        "tables",
        "session",
        "authorizer",
        "start",
        "metadata",
        "refusal",
    ]
    assert [told["status"] for told in aws[0].told] == ["Succeeded"]
    assert aws[0].told[0]["deploymentId"] == sample("release/pre-traffic.json")["DeploymentId"]
    assert not [guard.denied for guard in cloud.guards.values() if guard.denied]
    reads = {resource for action, resource in cloud.guards["Sso"].used if "dynamodb" in action}
    assert reads >= {"<schools>", "<roster>", "<sessions>", "<traces>"}
    refused = [line for line in cloud.log("Sso") if line.get("outcome") == "response-untrusted"]
    assert "signature" in refused[-1]["detail"]


def test_a_check_is_one_wide_line_which_says_how_it_ended(
    aws: tuple[Aws, Server], check: Callable[[], dict[str, Any]], log: Path
) -> None:
    """With what every function's line has; the runbook's entry begins at this one."""
    check()
    aws[0].instead[VERSIONS["SessionFunction.Version"]] = breaking
    check()
    accepted, refused = (json.loads(line) for line in log.read_text("utf-8").splitlines())
    for line in (accepted, refused):
        assert not (WIDE | {"status", "deployment"}) - line.keys()
        assert (line["service"], line["environment"]) == ("release", "production")
    assert (accepted["outcome"], accepted["level"]) == ("release-accepted", "INFO")
    assert (refused["outcome"], refused["level"]) == ("release-refused", "ERROR")
    assert "session:7 broke down" in refused["failed"]
    assert (accepted["cold_start"], refused["cold_start"]) == (True, False)


def breaking(_event: Any) -> Any:
    raise FunctionFailed("at init")


@pytest.mark.parametrize("version", ["SsoFunction", "SessionFunction", "AuthorizerFunction"])
def test_a_version_that_breaks_down_gets_no_traffic(
    aws: tuple[Aws, Server], check: Callable[[], dict[str, Any]], version: str
) -> None:
    aws[0].instead[VERSIONS[f"{version}.Version"]] = breaking
    answer = check()
    assert answer["status"] == "Failed"
    assert f"numo-sso-local-{version.removesuffix('Function').lower()}:7" in answer["failed"]
    assert [told["status"] for told in aws[0].told] == ["Failed"]


@pytest.mark.parametrize(
    ("asked", "answered", "failed"),
    [
        ("/v1/sso/acs", {"statusCode": 303}, "nobody signed"),
        ("/v1/sso/metadata", {"statusCode": 500, "body": ""}, "metadata"),
        ("tables", {"read": ["schools"]}, "schools"),
        ("/v1/sso", {"statusCode": 503, "body": "NS-901"}, "a start"),
    ],
)
def test_a_version_that_answers_otherwise_gets_no_traffic(
    cloud: Cloud,
    aws: tuple[Aws, Server],
    check: Callable[[], dict[str, Any]],
    asked: str,
    answered: dict[str, Any],
    failed: str,
) -> None:
    def other(event: Any) -> Any:
        path = event.get("rawPath", event.get("check"))
        return answered if path == asked else cloud.invoke("Sso", event)

    aws[0].instead[VERSIONS["SsoFunction.Version"]] = other
    answer = check()
    assert answer["status"] == "Failed"
    assert failed in answer["failed"]


def test_an_authorizer_that_cannot_look_gets_no_traffic(
    cloud: Cloud, aws: tuple[Aws, Server], check: Callable[[], dict[str, Any]]
) -> None:
    """It says no to everybody, as to one whom nobody knows; its log tells them apart."""
    cookie = sample("authorizer/request.json")["cookies"][0]

    def confused(event: Any) -> Any:
        return cloud.invoke("Authorizer", {**event, "cookies": [cookie, *event["cookies"]]})

    aws[0].instead[VERSIONS["AuthorizerFunction.Version"]] = confused
    answer = check()
    assert answer["status"] == "Failed"
    assert "session-ambiguous" in answer["failed"]


def test_before_there_are_keys_a_version_is_no_worse_than_what_is_live(
    aws: tuple[Aws, Server], check: Callable[[], dict[str, Any]]
) -> None:
    """The second deployment may come before the first keys; a version that loses them may not."""

    def without_keys(event: Any) -> Any:
        if event.get("check"):
            return {"read": ["roster", "schools", "sessions", "traces"]}
        return {"statusCode": 503, "body": "<p>NS-501</p>"}

    aws[0].instead[VERSIONS["SsoFunction.Version"]] = without_keys
    assert check()["status"] == "Failed"
    aws[0].instead[LIVE] = without_keys
    answer = check()
    assert (answer["status"], answer["checked"][-1]) == (
        "Succeeded",
        "not configured, as what is live",
    )
