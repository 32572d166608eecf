"""How a new version comes into traffic: behind an alias, checked, guarded by its own alarms."""

from __future__ import annotations

from typing import Any

import pytest

from build import PUBLISHING
from deployment.deployed import (
    ENVIRONMENTS,
    FUNCTIONS,
    RELEASE,
    ROOT,
    TEMPLATE,
    VERSIONS,
    function,
    nested,
    overrides,
    production,
    properties,
)
from edge.metrics import BY_VERSION, NAMESPACE
from numo_local.template.resolving import Resolver
from release.invoking import PAUSES
from sso.app import ROUTES

IN_STEPS = ("Sso", "Session", "Authorizer")
"""What browsers and Numo's other APIs call; the others have no traffic to take a tenth of."""


def test_every_function_that_others_call_is_published_behind_one_alias() -> None:
    assert {function(name)["AutoPublishAlias"] for name in FUNCTIONS} == {"live"}


def test_a_changed_template_of_a_published_function_gives_a_new_version() -> None:
    """The build puts their digest into each package; SAM looks at the code alone."""
    stacks = TEMPLATE["Resources"].values()
    templates = {each["Properties"].get("TemplateURL", "template.yaml") for each in stacks}
    publish = {
        p for p in templates if "AutoPublishAlias: " in (ROOT / p).read_text(encoding="utf-8")
    }
    assert publish == set(PUBLISHING)


def test_nothing_calls_a_function_past_its_alias() -> None:
    """SAM's own events go to the alias; these are written by hand."""
    alias = "arn:aws:local:::SessionFunction.Alias"
    [route] = properties("SessionApi")["DefinitionBody"]["paths"]["/$default"].values()
    assert route["x-amazon-apigateway-integration"]["uri"].endswith(f"{alias}/invocations")
    assert properties("SessionApiPermission")["FunctionName"] == alias
    assert properties("AuthorizerPermission")["FunctionName"].endswith("AuthorizerFunction.Alias")
    told = {key: production().resolve(each["Value"]) for key, each in TEMPLATE["Outputs"].items()}
    assert told["AuthorizerArn"] == "arn:aws:local:::AuthorizerFunction.Alias"
    assert f"{told['AuthorizerArn']}/invocations" in told["AuthorizerUri"]
    assert told["SupportFunctionName"].endswith("-SupportFunction:live")
    assert told["FederationFunctionName"].endswith("-FederationFunction:live")


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_a_tenth_of_the_traffic_goes_first_where_there_is_traffic(environment: str) -> None:
    resolver = Resolver(TEMPLATE, overrides(environment), VERSIONS)
    for name in IN_STEPS:
        written = TEMPLATE["Resources"][f"{name}Function"]["Properties"]["DeploymentPreference"]
        expected = "AllAtOnce" if environment == "dev" else "Canary10Percent5Minutes"
        assert resolver.resolve(written["Type"]) == f"CodeDeployDefault.Lambda{expected}"
        assert written["Hooks"] == {
            "PreTraffic": {"Fn::GetAtt": ["Release", "Outputs.CheckFunction"]}
        }
        assert written["Role"] == {"Fn::GetAtt": ["Release", "Outputs.RolloutRoleArn"]}
    beside = set(FUNCTIONS) - set(IN_STEPS)
    assert not [n for n in beside if "DeploymentPreference" in properties(f"{n}Function")]


def metrics(alarm: dict[str, Any]) -> list[dict[str, Any]]:
    """The metrics that an alarm looks at."""
    if "MetricName" in alarm:
        return [alarm]
    return [each["MetricStat"]["Metric"] for each in alarm["Metrics"] if "MetricStat" in each]


@pytest.mark.parametrize("name", IN_STEPS)
def test_only_alarms_of_the_new_version_send_the_traffic_back(name: str) -> None:
    """Every metric is by version: what befalls the old one is no reason to keep it."""
    written = TEMPLATE["Resources"][f"{name}Function"]["Properties"]["DeploymentPreference"]
    outputs = [each["Fn::GetAtt"][1].removeprefix("Outputs.") for each in written["Alarms"]]
    assert sorted(outputs) == [f"{name}BreaksAlarm", f"{name}FailsAlarm", f"{name}SlowAlarm"]
    for output in outputs:
        assert RELEASE["Outputs"][output]["Value"] == {"Ref": output}
        for metric in metrics(properties(output)):
            told = {each["Name"]: each["Value"] for each in metric["Dimensions"]}
            if metric["Namespace"] == NAMESPACE:
                assert tuple(told) == BY_VERSION
                assert told["version"] == "7"
                assert told["service"] == name.lower()
                assert told["environment"] == "production"
            else:
                assert told["ExecutedVersion"] == "7"
                assert told["Resource"] == f"numo-sso-local-{name.lower()}:live"
                assert told["FunctionName"] == f"numo-sso-local-{name.lower()}"


def test_an_alarm_of_a_roll_out_has_a_floor_and_an_entry_in_the_runbook() -> None:
    runbook = (ROOT / "docs/runbook.md").read_text(encoding="utf-8")
    alarms = [n for n, each in RELEASE["Resources"].items() if each["Type"].endswith("::Alarm")]
    assert len(alarms) == 3 * len(IN_STEPS)
    for name in alarms:
        alarm = properties(name)
        entry = alarm["AlarmDescription"].partition(" (")[0]
        assert f"### {entry}\n" in runbook
        assert alarm["TreatMissingData"] == "notBreaching"
        if entry in {"release-fails", "release-slow"}:
            assert alarm["Metrics"][0]["Expression"].startswith("IF(requests >= 20, ")
        else:
            assert alarm["Threshold"] > 1


@pytest.mark.parametrize("name", IN_STEPS)
def test_a_slow_version_goes_back_but_not_for_its_cold_starts(name: str) -> None:
    """Two minutes in a row, of which the first is cold; within the five of the roll-out."""
    alarm = properties(f"{name}SlowAlarm")
    slow = next(each for each in alarm["Metrics"] if each["Id"] == "slow")["MetricStat"]
    assert (slow["Metric"]["MetricName"], slow["Stat"]) == ("Duration", "p90")
    assert alarm["EvaluationPeriods"] == alarm["DatapointsToAlarm"] == 2
    assert slow["Period"] * alarm["EvaluationPeriods"] < 300
    assert alarm["ComparisonOperator"] == "GreaterThanThreshold"
    assert alarm["Threshold"] < 1000 * int(function(name)["Timeout"])


def test_the_check_asks_the_versions_that_this_deployment_publishes() -> None:
    variables = function("Release")["Environment"]["Variables"]
    for name in IN_STEPS:
        assert variables[f"{name.upper()}_VERSION"] == VERSIONS[f"{name}Function.Version"]
    assert variables["SSO_LIVE"] == VERSIONS["SsoFunction.Version"].replace(":7", ":live")
    assert variables["PUBLIC_URL"] == "https://api.numo.nl"
    assert ("GET", "/v1/sso/metadata") in ROUTES


def test_the_check_outlives_the_slowest_answers_of_what_it_asks() -> None:
    """Seven requests, each of which may run into the timeout of the version that it is put to.

    And four ARNs, of which each may have to be waited for.
    """
    asked = [int(function(name)["Timeout"]) for name in ("Sso",) * 5 + ("Session", "Authorizer")]
    assert sum(asked) + 4 * sum(PAUSES) < int(function("Release")["Timeout"])
    assert nested("Release").parameters["Name"] == "numo-sso-local"
