"""What CloudFormation gets: the templates as SAM itself expands them.

The other tests read what is written, by the resolver that the local stack uses too. Here SAM's own
translator says what it makes of that: that it is the same, and what it adds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from deployment.deployed import (
    ENVIRONMENTS,
    EVERY_FUNCTION,
    NESTED,
    RELEASE,
    VERSIONS,
    handed,
    overrides,
    root_with,
)
from deployment.expanding import WRITTEN
from numo_local.template.resolving import Resolver
from session.app import ROUTES as SESSION_ROUTES
from sso.app import ROUTES as SSO_ROUTES

if TYPE_CHECKING:
    from collections.abc import Iterator

ADDED = {
    "AWS::ApiGatewayV2::Stage",
    "AWS::CodeDeploy::Application",
    "AWS::CodeDeploy::DeploymentGroup",
    "AWS::Lambda::Alias",
    "AWS::Lambda::EventInvokeConfig",
    "AWS::Lambda::Permission",
    "AWS::Lambda::Version",
    "AWS::Scheduler::Schedule",
}
"""What SAM makes of ours. No role, no policy and no log group: those are written out."""
ASIS = {"Description", "FunctionName", "Handler", "Role", "LoggingConfig", "Environment"}
SHARED = {"Runtime", "Architectures", "MemorySize", "Timeout"}
MAPPED = {"DomainMode": "mapped"}
OWN = {"DomainMode": "own", "CertificateArn": "arn:aws:acm:eu-west-1:123456789012:certificate/0f"}
KEY = "arn:aws:kms:eu-west-1:123456789012:key/0a"
TOPIC = "arn:aws:sns:eu-west-1:123456789012:on-call"
CHOSEN = {
    **dict.fromkeys(("TableKeyArn", "ReplicaKeyArn", "LogKeyArn", "SecretKeyArn"), KEY),
    **dict.fromkeys(("AlarmTopicArn", "WakeTopicArn", "WorkdayTopicArn"), TOPIC),
    "ReplicaRegion": "eu-central-1",
    "SecretsMoving": "true",
    "SnapStart": "true",
    "HostedZoneId": "Z1",
    "IdpHost": "hub.example",
    "RecordCalls": "false",
    "SchoolsTableRestored": "as-of-0829",
}
"""What differs from production wherever a template asks."""
PREDEFINED = re.compile(r"CodeDeployDefault\.Lambda(AllAtOnce|Canary10Percent5Minutes)")
_MADE = re.compile(r"(\w+?)(?:Alias(live)|(Version)[0-9a-f]{10}|ApiGatewayDefault(Stage))")


def written(stack: str, **given: str) -> Resolver:
    """What is written of a stack, resolved with production's parameters and these."""
    root = root_with({**overrides("production"), **given})
    return handed(root, stack) if stack else root


def made_of(expanded: dict[str, dict[str, Any]], stack: str, **given: str) -> Resolver:
    """The same of what SAM made of it; what it made is called what the written one calls it."""
    template, source = expanded[stack], written(stack, **given)
    names = {}
    for name in template["Resources"]:
        if (found := _MADE.fullmatch(name)) and name not in source.template["Resources"]:
            kind = found[3] or found[4] or "Alias"
            path = f"{found[1]}.{kind}"
            names[name] = source.attributes.get(path, f"arn:aws:local:::{path}")
    return Resolver(template, {**source.parameters, **names}, source.attributes)


def of_type(stack: Resolver, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Resolved properties of each resource of a type that exists with these parameters."""
    for name, each in stack.template["Resources"].items():
        if each["Type"] == kind and ("Condition" not in each or stack.holds(each["Condition"])):
            yield name, stack.resolve(each.get("Properties", {}))


@pytest.mark.parametrize("given", [{}, {**OWN, **CHOSEN}], ids=["production", "chosen"])
@pytest.mark.parametrize("stack", WRITTEN)
def test_what_the_other_tests_read_is_what_cloudformation_gets(
    expanded: dict[str, dict[str, Any]], stack: str, given: dict[str, str]
) -> None:
    """Roles, log groups, alarms, nested stacks and their parameters; and each function's own."""
    source, made = written(stack, **given), made_of(expanded, stack, **given)
    globally = source.resolve(source.template.get("Globals", {}).get("Function", {}))
    shared = globally.get("Environment", {}).get("Variables", {})
    for name, resource in source.template["Resources"].items():
        found = made.template["Resources"][name]
        read = source.resolve(resource.get("Properties", {}))
        gets = made.resolve(found.get("Properties", {}))
        for policy in ("DeletionPolicy", "UpdateReplacePolicy", "Condition", "DependsOn"):
            assert found.get(policy) == resource.get(policy)
        if resource["Type"] == "AWS::Serverless::Function":
            assert found["Type"] == "AWS::Lambda::Function"
            read["Environment"] = {"Variables": {**shared, **read["Environment"]["Variables"]}}
            read = {key: read.get(key, globally.get(key)) for key in ASIS | SHARED}
            gets = {key: gets[key] for key in read}
        if not resource["Type"].endswith("::HttpApi"):
            assert gets == read, name


def test_sam_adds_no_role_no_policy_and_no_log_group(expanded: dict[str, dict[str, Any]]) -> None:
    """A role that SAM writes has managed policies, and a star for a resource."""
    added = {
        each["Type"]
        for stack, template in expanded.items()
        for name, each in template["Resources"].items()
        if name not in WRITTEN[stack]["Resources"]
    }
    assert added == ADDED


def test_there_is_no_function_that_the_tests_do_not_know(
    expanded: dict[str, dict[str, Any]],
) -> None:
    functions = [
        (name.removesuffix("Function"), each["Properties"])
        for template in expanded.values()
        for name, each in template["Resources"].items()
        if each["Type"] == "AWS::Lambda::Function"
    ]
    assert sorted(name for name, _ in functions) == sorted(EVERY_FUNCTION)
    for name, each in functions:
        assert each["Role"] == {"Fn::GetAtt": [f"{name}Role", "Arn"]}


def routes(api: dict[str, Any]) -> dict[str, str]:
    """Each route of an API's definition, and what it is integrated with."""
    found = {}
    for path, methods in api["Body"]["paths"].items():
        for method, operation in methods.items():
            default = operation.get("isDefaultRoute", False)
            key = "$default" if default else f"{method.upper()} {path}"
            integration = operation["x-amazon-apigateway-integration"]
            assert integration["payloadFormatVersion"] == "2.0"
            found[key] = integration["uri"].partition("/functions/")[2]
    return found


def alias(name: str) -> str:
    return f"arn:aws:local:::{name}Function.Alias/invocations"


def test_every_route_leads_to_the_alias_of_its_function(
    expanded: dict[str, dict[str, Any]],
) -> None:
    apis = dict(of_type(made_of(expanded, "", **MAPPED), "AWS::ApiGatewayV2::Api"))
    assert apis.keys() == {"Api", "SessionApi"}
    expected = {f"{method} {path}": alias("Sso") for method, path in SSO_ROUTES}
    expected |= {f"{method} {path}": alias("Session") for method, path in SESSION_ROUTES}
    assert routes(apis["Api"]) == {**expected, "$default": alias("Sso")}
    assert routes(apis["SessionApi"]) == {"$default": alias("Session")}
    for api in apis.values():
        [endpoint] = [each["x-amazon-apigateway-endpoint-configuration"] for each in servers(api)]
        assert endpoint == {"disableExecuteApiEndpoint": True}


def servers(api: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api["Body"]["servers"]
    return found


@pytest.mark.parametrize(("mode", "apis"), [(MAPPED, 2), (OWN, 1)], ids=["mapped", "own"])
def test_every_route_that_exists_is_throttled(
    expanded: dict[str, dict[str, Any]], mode: dict[str, str], apis: int
) -> None:
    """By its API's stage; and no rate is for a route that is none, where AWS would refuse it."""
    stack = made_of(expanded, "", **mode)
    bodies = {f"numo-sso-local-{n}": each for n, each in of_type(stack, "AWS::ApiGatewayV2::Api")}
    stages = [each for _, each in of_type(stack, "AWS::ApiGatewayV2::Stage")]
    assert len(stages) == len(bodies) == apis
    for stage in stages:
        assert stage.get("RouteSettings", {}).keys() <= routes(bodies[stage["ApiId"]]).keys()
        for each in (stage["DefaultRouteSettings"], *stage.get("RouteSettings", {}).values()):
            assert int(each["ThrottlingRateLimit"]) > 0
            assert int(each["ThrottlingBurstLimit"]) > 0
        assert stage["AccessLogSettings"]["DestinationArn"] == "arn:aws:local:::AccessLog.Arn"


def test_only_the_gateway_may_invoke_and_only_for_a_route_of_ours(
    expanded: dict[str, dict[str, Any]],
) -> None:
    """Each permission is of an alias, and names the API and the route that it is for."""
    stack = made_of(
        expanded, "", AuthorizerCallerArn="arn:aws:execute-api:eu-west-1:1:a/authorizers/*"
    )
    here = "arn:aws:execute-api:eu-west-1:123456789012:numo-sso-local-"
    sources = {}
    for name, each in of_type(stack, "AWS::Lambda::Permission"):
        assert (each["Action"], each["Principal"]) == (
            "lambda:InvokeFunction",
            "apigateway.amazonaws.com",
        )
        assert each["FunctionName"].endswith("Function.Alias")
        sources[name] = (each["FunctionName"], each["SourceArn"].removeprefix(here))
    given = {
        source for function, source in sources.values() if "AuthorizerFunction" not in function
    }
    own = {f"Api/*/{method}{path}" for method, path in (*SSO_ROUTES, *SESSION_ROUTES)}
    assert given == {*own, "Api/*/*", "SessionApi/*/$default"}
    assert len(sources) == len(given) + 1
    for name in set(WRITTEN) - {""}:
        assert not list(of_type(made_of(expanded, name), "AWS::Lambda::Permission"))


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_codedeploy_knows_how_each_alias_is_to_be_moved(
    expanded: dict[str, dict[str, Any]], environment: str
) -> None:
    """SAM makes AWS's name of a way that is written as such; of one in a mapping it does not."""
    stack = made_of(expanded, "", **overrides(environment))
    groups = dict(of_type(stack, "AWS::CodeDeploy::DeploymentGroup"))
    assert groups.keys() == {
        f"{n}FunctionDeploymentGroup" for n in ("Sso", "Session", "Authorizer")
    }
    for name, group in groups.items():
        found = PREDEFINED.fullmatch(group["DeploymentConfigName"])
        assert found
        assert (found[1] == "AllAtOnce") is (environment == "dev")
        assert group["ServiceRoleArn"] == "arn:aws:local:::RolloutRole.Arn"
        assert "DEPLOYMENT_STOP_ON_ALARM" in group["AutoRollbackConfiguration"]["Events"]
        alarms = {
            each["Name"].removeprefix("numo-sso-local-")
            for each in group["AlarmConfiguration"]["Alarms"]
        }
        assert len(alarms) == 3
        assert alarms <= RELEASE["Resources"].keys()
        updated = expanded[""]["Resources"][name.replace("DeploymentGroup", "Aliaslive")]
        policy = stack.resolve(updated["UpdatePolicy"])["CodeDeployLambdaAliasUpdate"]
        assert policy["BeforeAllowTrafficHook"] == "numo-sso-local-ReleaseFunction"


def test_every_version_outlives_its_release(expanded: dict[str, dict[str, Any]]) -> None:
    """`make rollback` goes back to one of them; each function behind an alias has one."""
    versions = [
        each
        for template in expanded.values()
        for each in template["Resources"].values()
        if each["Type"] == "AWS::Lambda::Version"
    ]
    assert len(versions) == len(VERSIONS)
    assert {each["DeletionPolicy"] for each in versions} == {"Retain"}


def test_a_schedule_takes_a_role_of_ours_to_what_it_calls(
    expanded: dict[str, dict[str, Any]],
) -> None:
    """Of the function that has an alias, the alias; and it fails no event into a queue of SAM's."""
    called = {}
    for stack in ("Federation", "Watch"):
        for name, each in of_type(made_of(expanded, stack), "AWS::Scheduler::Schedule"):
            called[name] = each["Target"]["Arn"]
            assert each["Target"]["RoleArn"].endswith("ScheduleRole.Arn")
            assert each["Target"]["RetryPolicy"] == {"MaximumRetryAttempts": 0}
            assert each["Name"].startswith("numo-sso-local-")
    assert called == {
        "FederationFunctionHourly": "arn:aws:local:::FederationFunction.Alias",
        "WatchFunctionOften": "arn:aws:local:::WatchFunction.Arn",
        "WatchFunctionDaily": "arn:aws:local:::WatchFunction.Arn",
        "HeartbeatFunctionOften": "arn:aws:local:::HeartbeatFunction.Arn",
    }


def test_what_is_not_expanded_needs_no_expansion() -> None:
    """A template without the transform has no resource of SAM's, and asks nobody's stage."""
    for name in NESTED.keys() - WRITTEN.keys():
        kinds = {each["Type"] for each in NESTED[name]["Resources"].values()}
        assert not [kind for kind in kinds if kind.startswith("AWS::Serverless::")]
