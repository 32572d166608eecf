"""The local stack is made from the files that are deployed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from numo_local.provisioning import TEMPLATE
from numo_local.template.model import Definition, ScheduleDefinition, read_definition
from numo_local.template.resolving import Resolver, TemplateError

if TYPE_CHECKING:
    from pathlib import Path

PARAMETERS = {
    "Environment": "local",
    "AlarmMail": "nobody@localhost.test",
    "DomainName": "127.0.0.1:8600",
    "IdpMetadataUrl": "http://localhost/metadata",
    "IdpEntityId": "http://localhost/metadata",
}


@pytest.fixture(scope="module")
def definition() -> Definition:
    return read_definition(TEMPLATE, PARAMETERS)


def test_a_function_gets_only_the_tables_that_its_definition_names(definition: Definition) -> None:
    """What the template withholds from a function is not in its environment here either."""
    environments = {each.logical_id: each.environment for each in definition.functions}
    assert "AUDIT_TABLE" in environments["SupportFunction"]
    assert "AUDIT_TABLE" not in environments["SsoFunction"]
    assert "ROSTER_TABLE" not in environments["SessionFunction"]


def test_a_nested_table_and_the_environment_agree_on_its_name(definition: Definition) -> None:
    """The name goes through the nested template's outputs, as CloudFormation sends it."""
    names = {table["TableName"] for table in definition.tables}
    support = next(each for each in definition.functions if each.logical_id == "SupportFunction")
    used = {value for name, value in support.environment.items() if name.endswith("_TABLE")}
    assert used == names
    assert len(names) == 5


def test_functions_answer_to_a_plain_name(definition: Definition) -> None:
    """``support`` works, whatever the stack is called."""
    support = next(each for each in definition.functions if each.logical_id == "SupportFunction")
    assert {"support", "SupportFunction", support.name} == support.aliases


def test_the_templates_own_parameters_are_made(definition: Definition) -> None:
    """The limits are the template's, with its defaults."""
    assert '"pupil_idle_seconds": 2700' in definition.parameters["/numo-sso/local/limits"]


def test_a_parameter_without_a_value_is_named() -> None:
    """A new parameter without a default fails the start, by its name."""
    with pytest.raises(TemplateError, match="IdpEntityId"):
        read_definition(TEMPLATE, {k: v for k, v in PARAMETERS.items() if k != "IdpEntityId"})


def test_a_function_that_the_clock_calls_has_its_schedule(definition: Definition) -> None:
    """Every hour the hub is asked."""
    assert definition.schedules == (ScheduleDefinition("FederationFunction", 3600),)


@pytest.mark.parametrize(
    "event",
    [
        "{Type: Sqs}",
        '{Type: ScheduleV2, Properties: {ScheduleExpression: "cron(0 4 * * ? *)"}}',
    ],
)
def test_an_event_that_cannot_be_imitated_is_refused(tmp_path: Path, event: str) -> None:
    """What the stack cannot imitate stops the start instead of being left out."""
    template = tmp_path / "template.yaml"
    template.write_text(
        "Resources:\n"
        "  Job:\n"
        "    Type: AWS::Serverless::Function\n"
        "    Properties:\n"
        "      Handler: job.handler\n"
        f"      Events: {{Nightly: {event}}}\n"
    )
    with pytest.raises(TemplateError, match=r"Job\.Nightly"):
        read_definition(template, {})


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"Fn::Equals": [{"Ref": "Mode"}, "own"]}, True),
        ({"Fn::Not": [{"Fn::Equals": [{"Ref": "Mode"}, "own"]}]}, False),
        ({"Fn::Or": [{"Condition": "Own"}, {"Fn::Equals": ["a", "b"]}]}, True),
        ({"Fn::And": [{"Condition": "Own"}, {"Fn::Equals": ["a", "b"]}]}, False),
    ],
)
def test_conditions(condition: object, expected: bool) -> None:
    """Conditions decide as CloudFormation's do."""
    template = {
        "Parameters": {"Mode": {"Default": "own"}},
        "Conditions": {"Own": {"Fn::Equals": [{"Ref": "Mode"}, "own"]}},
        "Resources": {},
    }
    assert Resolver(template, {}).holds(condition) is expected


def test_no_value_removes_its_key() -> None:
    """``AWS::NoValue`` leaves neither a key nor an item behind."""
    resolver = Resolver({"Resources": {}}, {"Name": "x"})
    nothing = {"Ref": "AWS::NoValue"}
    assert resolver.resolve({"a": nothing, "b": [nothing, {"Fn::Sub": "${Name}-y"}]}) == {
        "b": ["x-y"]
    }
