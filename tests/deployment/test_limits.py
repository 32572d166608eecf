"""AWS's own limits, which no linter knows and a deployment meets half-way through."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from deployment.deployed import (
    ENVIRONMENTS,
    NESTED,
    ROOT,
    TEMPLATE,
    handed,
    overrides,
    root_with,
    statements_of,
)
from numo_local.template.loading import load_template

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numo_local.template.resolving import Resolver

KEY = "arn:aws:kms:eu-west-1:123456789012:key/" + "0" * 36
LARGE = {
    "SecretKeyArn": KEY,
    "SecretsMoving": "true",
    "IdpMetadataCertificate": "A"
    * int(TEMPLATE["Parameters"]["IdpMetadataCertificate"]["MaxLength"]),
    "AppOrigins": "https://" + "a" * (int(TEMPLATE["Parameters"]["AppOrigins"]["MaxLength"]) - 8),
    "IdpHost": "engine.entree.kennisnet.nl",
    "EdgeProofDigest": "0" * 64,
}
"""The largest that production may be given."""
NAME, ARN = "n" * 70, "a" * 150
"""What AWS makes of a nested stack's table: ``numo-sso-production-Storage-…-SessionsTable-…``."""
DAY, WEEK = 86_400, 7 * 86_400


def stacks(environment: str = "production") -> Iterator[tuple[str, Resolver]]:
    """Every stack of a deployment that is given the most, by name; the root has none."""
    root = root_with({**overrides(environment), **LARGE})
    yield "", root
    yield from ((name, handed(root, name)) for name in NESTED)


def made(kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The resolved properties of every resource of a type."""
    for _, stack in stacks():
        for name, each in stack.template["Resources"].items():
            if each["Type"] == kind and ("Condition" not in each or stack.holds(each["Condition"])):
                yield name, stack.resolve(each["Properties"])


def as_long_as_in_aws(text: str) -> str:
    """A text with names and ARNs of the length that they have there."""
    text = re.sub(r"<\w+>|arn:aws:local:::[\w.]+", ARN, text)
    return re.sub(r"numo-sso-local-\w+", NAME, text)


def test_no_functions_environment_is_beyond_four_kilobytes() -> None:
    """Lambda measures it as JSON, names and quotation marks too."""
    measured = {}
    for _, stack in stacks():
        common = stack.resolve(stack.template.get("Globals", {}).get("Function", {}))
        shared = common.get("Environment", {}).get("Variables", {})
        for name, each in stack.template["Resources"].items():
            if each["Type"] == "AWS::Serverless::Function":
                own = stack.resolve(each["Properties"])["Environment"]["Variables"]
                written = json.dumps({**shared, **own}, separators=(",", ":"))
                measured[name] = len(as_long_as_in_aws(written))
    assert len(measured) == 9
    assert {name: size for name, size in measured.items() if size > 4096} == {}
    assert measured["SupportFunction"] > 3072, "it is the one that the bounds are for"


def test_no_roles_policy_is_beyond_what_iam_keeps() -> None:
    """10,240 characters of all inline policies of a role together, without white space."""
    roles = dict(made("AWS::IAM::Role"))
    assert len(roles) > 10
    for name, role in roles.items():
        written = json.dumps(statements_of(role), separators=(",", ":"))
        assert len(as_long_as_in_aws(written)) < 10_240, name


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_no_name_that_we_choose_is_longer_than_aws_takes(environment: str) -> None:
    """64 characters for a function, and for a schedule, whose stack's name comes first."""
    stack = f"numo-sso-{environment}"
    texts = [ROOT / "template.yaml", *(ROOT / "infra").glob("*.yaml")]
    ends = {
        end
        for path in texts
        for end in re.findall(r"\$\{(?:AWS::StackName|Name)\}(-[a-z-]+)", path.read_text("utf-8"))
    }
    assert "-watch-silent" in ends
    assert not [end for end in ends if len(stack + end) > 64]


def test_an_alarm_looks_no_further_back_than_cloudwatch_does() -> None:
    """A day, or a week where a datapoint is an hour; of ten metrics at most; and it has words."""
    alarms = dict(made("AWS::CloudWatch::Alarm"))
    assert len(alarms) > 30
    for name, alarm in alarms.items():
        asked = [each["MetricStat"] for each in alarm.get("Metrics", ()) if "MetricStat" in each]
        periods = {int(each["Period"]) for each in asked or [alarm]}
        assert len(periods) == 1, name
        [period] = periods
        assert period in {10, 30} or period % 60 == 0
        assert period * int(alarm["EvaluationPeriods"]) <= (DAY if period < 3600 else WEEK), name
        assert len(asked) <= 10, name
        assert len(alarm["AlarmDescription"]) <= 1024, name
        returned = [each for each in alarm.get("Metrics", ()) if each.get("ReturnData", True)]
        assert len(returned) == bool(asked), name


def test_a_dashboard_and_a_saved_query_fit() -> None:
    for name, board in made("AWS::CloudWatch::Dashboard"):
        widgets = json.loads(board["DashboardBody"])["widgets"]
        metrics = [len(each["properties"].get("metrics", ())) for each in widgets]
        assert len(widgets) <= 500, name
        assert max(metrics) <= 500, name
        assert sum(metrics) <= 2500, name
    for name, query in made("AWS::Logs::QueryDefinition"):
        assert len(query["QueryString"]) <= 10_000, name
        assert len(query["LogGroupNames"]) <= 50, name


def test_a_firewalls_own_page_fits() -> None:
    """Four kilobytes a body of WAF's own answers."""
    edge = load_template(ROOT / "infra/edge.yaml")
    bodies = edge["Resources"]["Firewall"]["Properties"]["CustomResponseBodies"]
    assert bodies
    assert all(len(each["Content"].encode()) <= 4096 for each in bodies.values())


def test_what_sam_makes_of_a_template_is_within_cloudformations_limits(
    expanded: dict[str, dict[str, Any]],
) -> None:
    """A megabyte uploaded; 500 resources; 200 parameters, outputs and conditions each."""
    for name, template in (*NESTED.items(), *expanded.items()):
        assert len(json.dumps(template)) < 1_000_000, name
        assert len(template["Resources"]) <= 500, name
        for part in ("Parameters", "Outputs", "Mappings"):
            assert len(template.get(part, {})) <= 200, (name, part)
        for parameter in template.get("Parameters", {}).values():
            assert len(str(parameter.get("Default", ""))) <= 4096
            assert len(parameter.get("Description", "")) <= 4000
