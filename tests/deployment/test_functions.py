"""Each function as the template configures it."""

from __future__ import annotations

import pytest

from deployment.deployed import (
    EVERY_FUNCTION,
    FUNCTIONS,
    ROOT,
    TABLES,
    TEMPLATE,
    function,
    overrides,
    production,
    properties,
    statements,
)
from edge.federation import make_federation
from edge.settings import Settings
from numo_cli.lambda_client import _READ_SECONDS
from numo_sso.federation.metadata import Expected
from numo_sso.support.keys.store import CLAIM_SECONDS

CODE = {
    "Sso": "login",
    "Session": "session",
    "Authorizer": "session",
    "Support": "support",
    "Federation": "federation",
}
WAITS = {
    "Sso": 30,  # the gateway
    "Session": 30,
    "Authorizer": 10,  # the gateway, for an authorizer
    "Support": _READ_SECONDS,  # the command
    "Federation": 900,  # nobody; Lambda itself
    "Audit": 900,
    "Watch": 900,
    "Heartbeat": 900,
    "Release": 3600,  # CodeDeploy
}
"""Seconds after which whoever calls a function has gone."""
LONGEST = {"Support": 300, "Federation": 60}
"""Nobody waits for these but the command, or nobody at all."""


@pytest.mark.parametrize("name", FUNCTIONS)
def test_it_runs_on_arm64_and_python_3_13_and_logs_json_to_a_group_that_forgets(name: str) -> None:
    configured = function(name)
    assert configured["Architectures"] == ["arm64"]
    assert configured["Runtime"] == "python3.13"
    assert configured["LoggingConfig"]["LogFormat"] == "JSON"
    assert configured["LoggingConfig"]["LogGroup"] == f"numo-sso-local-{name}Log"
    group = properties(f"{name}Log")
    assert group["LogGroupName"] == f"/aws/lambda/{configured['FunctionName']}"
    assert int(group["RetentionInDays"]) == 90


@pytest.mark.parametrize("name", FUNCTIONS)
def test_it_has_memory_for_a_quick_start_and_a_timeout_below_the_gateways(name: str) -> None:
    """The gateway waits 30 s."""
    configured = function(name)
    assert configured["MemorySize"] >= 512
    assert 5 <= configured["Timeout"] <= LONGEST.get(name, 29)


@pytest.mark.parametrize("name", EVERY_FUNCTION)
def test_it_ends_while_its_caller_still_waits_and_its_log_forgets(name: str) -> None:
    """Also those of nested templates: none logs to a group that Lambda makes, which keeps all."""
    assert int(function(name)["Timeout"]) < WAITS[name]
    group = properties(f"{name}Log")
    assert group["LogGroupName"] == f"/aws/lambda/{function(name)['FunctionName']}"
    assert int(group["RetentionInDays"]) == 90


@pytest.mark.parametrize("name", FUNCTIONS)
def test_its_code_is_the_package_that_holds_its_handler(name: str) -> None:
    configured = function(name)
    module = name.lower()
    assert configured["CodeUri"].removeprefix("../") == f"build/{CODE[name]}"
    assert configured["Handler"] == f"{module}.handler.handler"
    assert (ROOT / "functions" / module / "handler.py").is_file()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_it_is_told_of_exactly_the_tables_that_its_role_names(name: str) -> None:
    variables = function(name)["Environment"]["Variables"]
    told = {table for table in TABLES if f"{table.upper()}_TABLE" in variables}
    resources = {resource for each in statements(name) for resource in each["Resource"]}
    assert told == {table for table in TABLES if f"<{table.lower()}>" in resources}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_its_environment_is_what_the_settings_read(name: str) -> None:
    variables = function(name)["Environment"]["Variables"]
    settings = Settings.from_environ(variables)
    assert settings.environment == "production"
    assert settings.public_url == "https://api.numo.nl"
    if name != "Federation":  # which sends nobody anywhere
        assert settings.entrance_url == "https://{entrance}.numo.nl"
        assert settings.mapped is True
    assert settings.parameters_path == "/numo-sso/production/"
    assert variables["POWERTOOLS_SERVICE_NAME"] == name.lower()
    assert variables["POWERTOOLS_METRICS_NAMESPACE"] == "NumoSso"


def test_support_has_ended_before_its_claim_on_a_ring_of_keys_has() -> None:
    """Two that write one ring would lose a key."""
    assert function("Support")["Timeout"] < CLAIM_SECONDS


def test_support_asks_the_sts_of_its_region_about_a_proof_made_for_itself() -> None:
    """The scheme is no parameter; what the command signs for is what the function checks."""
    variables = function("Support")["Environment"]["Variables"]
    told = {key: production().resolve(each["Value"]) for key, each in TEMPLATE["Outputs"].items()}
    assert variables["STS_URL"] == told["StsUrl"] == "https://sts.eu-west-1.amazonaws.com"
    arn = "arn:aws:lambda:eu-west-1:123456789012:function:numo-sso-local-support"
    assert variables["SUPPORT_FUNCTION_ARN"] == told["SupportFunctionArn"] == arn
    assert arn.endswith(f":{function('Support')['FunctionName']}")


def hub_variables(name: str) -> dict[str, str]:
    """What a function is told of the hub."""
    variables = function(name)["Environment"]["Variables"]
    return {n: v for n, v in variables.items() if n.startswith("IDP_") or n == "CONFIRM_NEW_KEYS"}


def test_two_functions_know_the_hub_and_know_the_same() -> None:
    """Login trusts the digest that they made of its metadata, and fetches nothing."""
    assert hub_variables("Support") == hub_variables("Federation")
    assert [name for name in FUNCTIONS if hub_variables(name)] == ["Support", "Federation"]
    federation = make_federation(function("Federation")["Environment"]["Variables"], None)
    assert federation.url == overrides("production")["IdpMetadataUrl"]
    assert federation.expected == Expected(
        entity_id=overrides("production")["IdpEntityId"],
        host="engine.entree.kennisnet.nl",
        environment="production",
    )
    assert federation.confirm_new_keys is True


def test_the_hub_is_asked_every_hour_and_not_twice_for_one_failure() -> None:
    """Neither the scheduler nor Lambda tries again: the next hour does."""
    configured = function("Federation")
    [event] = configured["Events"].values()
    schedule = event["Properties"]
    assert (event["Type"], schedule["ScheduleExpression"]) == ("ScheduleV2", "rate(1 hour)")
    assert schedule["FlexibleTimeWindow"]["Mode"] == "FLEXIBLE"
    assert schedule["RetryPolicy"]["MaximumRetryAttempts"] == 0
    assert configured["EventInvokeConfig"]["MaximumRetryAttempts"] == 0


def test_every_schedule_is_named_by_its_deployment() -> None:
    """SAM names it by its place in the template, and an account takes no two of one name."""
    events = [each for name in EVERY_FUNCTION for each in function(name).get("Events", {}).values()]
    named = [each["Properties"]["Name"] for each in events if each["Type"] == "ScheduleV2"]
    assert len(set(named)) == len(named) == 4
    assert all(name.startswith("numo-sso-local-") for name in named)
