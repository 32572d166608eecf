"""The template's parameters, and the values that samconfig.toml gives them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from deployment.deployed import (
    ENVIRONMENTS,
    EVERY_FUNCTION,
    NESTED,
    ROOT,
    TEMPLATE,
    handed,
    overrides,
    root_with,
)
from edge.settings import Settings
from numo_local.template.model import read_definition
from numo_local.template.resolving import Resolver
from numo_sso.configuration import parse_limits
from parameters import every_parameter
from toolbox import BuildError

if TYPE_CHECKING:
    from pathlib import Path

KEY = "arn:aws:kms:eu-west-1:123456789012:key/0a"
ENCRYPTED = {"AWS::Logs::LogGroup": "KmsKeyId", "AWS::SNS::Topic": "KmsMasterKeyId"}
PARAMETERS: dict[str, dict[str, Any]] = TEMPLATE["Parameters"]


def accepts(parameter: dict[str, Any], value: str) -> bool:
    """Whether CloudFormation would take this value."""
    if "AllowedValues" in parameter:
        return value in {str(each) for each in parameter["AllowedValues"]}
    if parameter["Type"] == "Number":
        return int(parameter["MinValue"]) <= int(value) <= int(parameter["MaxValue"])
    return re.fullmatch(parameter["AllowedPattern"], value) is not None


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_parameter_is_described_and_bounded_and_its_default_is_within(name: str) -> None:
    parameter = PARAMETERS[name]
    assert parameter["Description"].endswith(".")
    assert {"AllowedValues", "AllowedPattern", "MinValue"} & parameter.keys()
    if "AllowedPattern" in parameter:
        assert parameter["ConstraintDescription"].startswith("must ")
    if "Default" in parameter:
        assert accepts(parameter, str(parameter["Default"]))


@pytest.mark.parametrize("name", NESTED)
def test_what_a_nested_stack_is_handed_is_described_there_and_bounded_by_the_root(
    name: str,
) -> None:
    """It takes what the root gives and nothing else, so a bound there would be a second one."""
    declared = NESTED[name]["Parameters"]
    assert all(each["Description"].endswith(".") for each in declared.values())
    given = TEMPLATE["Resources"][name]["Properties"]["Parameters"]
    assert given.keys() <= declared.keys()
    assert {each for each in declared if "Default" not in declared[each]} <= given.keys()
    own = {ref for each in given.values() for ref in re.findall(r"'Ref': '(\w+)'", str(each))}
    assert own <= PARAMETERS.keys() | TEMPLATE["Resources"].keys()


def test_every_parameter_has_a_place_on_the_form() -> None:
    groups = TEMPLATE["Metadata"]["AWS::CloudFormation::Interface"]["ParameterGroups"]
    shown = [name for group in groups for name in group["Parameters"]]
    assert sorted(shown) == sorted(PARAMETERS)


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_samconfig_gives_every_deployment_what_it_needs_and_nothing_unknown(
    environment: str,
) -> None:
    given = overrides(environment)
    assert given["Environment"] == environment
    assert given.keys() <= PARAMETERS.keys()
    assert {name for name, each in PARAMETERS.items() if "Default" not in each} <= given.keys()
    refused = [name for name, value in given.items() if not accepts(PARAMETERS[name], value)]
    assert not refused


def test_only_production_speaks_to_entrees_production() -> None:
    """The production hub is not for testing; its staging one holds no real school."""
    hosts = {name: overrides(name)["IdpMetadataUrl"].split("/")[2] for name in ENVIRONMENTS}
    assert hosts == {
        "dev": "engine.entree-s.kennisnet.nl",
        "staging": "engine.entree-s.kennisnet.nl",
        "production": "engine.entree.kennisnet.nl",
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("IdpMetadataUrl", "https://aselect.entree.kennisnet.nl/metadata"),
        ("IdpMetadataUrl", "https://hub-s.entree.kennisnet.nl/metadata"),
        ("IdpMetadataUrl", "http://engine.entree.kennisnet.nl/metadata"),
        ("IdpHost", "https://engine.entree.kennisnet.nl"),
        ("IdpHost", "ENGINE.entree.kennisnet.nl"),
        ("IdpMetadataCertificate", "-----BEGIN CERTIFICATE-----"),
        ("ConfirmNewKeys", "no"),
        ("EntranceUrl", "https://numo.nl/{entrance}"),
        ("EntranceUrl", "https://school.numo.nl"),
        ("AppOrigins", "https://app.numo.nl/"),
        ("AppOrigins", "*"),
        ("AppOrigins", "http://app.numo.nl"),
        ("DomainName", "https://api.numo.nl"),
        ("CookieDomain", ".numo.nl"),
        ("Providers", "{}"),
        ("CertificateArn", "arn:aws:iam::123456789012:server-certificate/x"),
        ("ReplicaRegion", "us-east-1"),
        ("SecretKeyArn", "alias/aws/ssm"),
        ("AuthorizerCallerArn", "arn:aws:execute-api:eu-west-1:123456789012:*/*"),
    ],
)
def test_a_value_that_would_harm_is_refused_before_anything_is_made(name: str, value: str) -> None:
    assert not accepts(PARAMETERS[name], value)


@pytest.mark.parametrize("given", ["", KEY])
def test_a_customer_key_is_every_log_groups_and_every_topics_or_nobodys(given: str) -> None:
    """Those of nested stacks too, which the root hands it to."""
    root = root_with({**overrides("production"), "LogKeyArn": given})
    keys = {
        logical_id: stack.resolve(each["Properties"]).get(ENCRYPTED[each["Type"]], "")
        for stack in (root, *(handed(root, name) for name in NESTED))
        for logical_id, each in stack.template["Resources"].items()
        if each["Type"] in ENCRYPTED
    }
    logs = {f"{name}Log" for name in (*EVERY_FUNCTION, "Access")}
    assert keys.keys() == logs | {"WakeTopic", "WorkdayTopic", "AlarmTopic"}
    assert set(keys.values()) == {given}


def test_own_domain_without_a_certificate_is_refused_by_a_rule() -> None:
    rule = TEMPLATE["Rules"]["OwnDomainHasCertificate"]
    assert rule["RuleCondition"] == {"Fn::Equals": [{"Ref": "DomainMode"}, "own"]}
    assert rule["Assertions"][0]["Assert"] == {
        "Fn::Not": [{"Fn::Equals": [{"Ref": "CertificateArn"}, ""]}]
    }


def test_those_whose_work_the_trail_records_are_not_the_ones_whom_its_alarms_tell() -> None:
    """Not by their own address, that is: in dev there may be nobody else."""
    rule = TEMPLATE["Rules"]["AlarmsTellSomebodyElse"]
    [assertion] = rule["Assertions"]
    for environment in ENVIRONMENTS:
        resolver = Resolver(TEMPLATE, overrides(environment))
        assert resolver.holds(rule["RuleCondition"]) is (environment != "dev")
        assert resolver.holds(assertion["Assert"]) is (environment != "dev")


def test_the_limits_that_the_template_writes_are_what_the_configuration_reads() -> None:
    providers = [
        {"provider": "https://idp.example/", "entrances": ["petteflat"], "brins": ["01AB"]}
    ]
    values = {**overrides("production"), "Providers": json.dumps(providers)}
    definition = read_definition(ROOT / "template.yaml", values)
    assert list(definition.parameters) == ["/numo-sso/production/limits"]
    limits = parse_limits({"limits": definition.parameters["/numo-sso/production/limits"]})
    assert limits.pupil_idle_seconds < limits.pupil_absolute_seconds
    assert limits.pupil_absolute_seconds < limits.staff_absolute_seconds
    assert limits.providers[0].entrances == ("petteflat",)


def test_the_pages_look_as_the_parameters_say() -> None:
    """Name, colour, links and mail address reach what pages are made of, each under its name."""
    look = {
        "BrandName": "Lumo",
        "BrandColour": "#0a7d4f",
        "CatalogueUrl": "https://catalogue.example/",
        "AttributeFormUrl": "https://form.example/",
        "LogoUrl": "https://logo.example/",
    }
    given = {**overrides("production"), **look, "SupportMail": "help@firm.example"}
    definition = read_definition(ROOT / "template.yaml", given)
    [sso] = [each for each in definition.functions if "sso" in each.aliases]
    settings = Settings.from_environ(sso.environment)
    assert settings.look == {
        "name": "Lumo",
        "colour": "#0a7d4f",
        "catalogue_url": "https://catalogue.example/",
        "attribute_form_url": "https://form.example/",
        "logo_url": "https://logo.example/",
    }
    assert settings.support_mail == "help@firm.example"


def test_a_deployment_is_given_every_parameter_also_what_has_no_line() -> None:
    """SAM would keep what the stack has; so a line that is taken out would stay in force."""
    told = overrides("production")
    found = every_parameter(told, PARAMETERS)
    assert found.keys() == PARAMETERS.keys()
    assert found["SecretKeyArn"] == ""
    assert found["LogRetentionDays"] == "90" == told["LogRetentionDays"]
    assert not [name for name, value in found.items() if not accepts(PARAMETERS[name], value)]
    kept = every_parameter({**told, "SecretKeyArn": KEY}, PARAMETERS)
    assert {name for name in found if found[name] != kept[name]} == {"SecretKeyArn"}


@pytest.mark.parametrize(
    ("told", "code"),
    [({"SecretKeyARN": KEY}, "NB-14"), ({"IdpEntityId": None}, "NB-15")],
)
def test_a_name_that_is_wrong_or_missing_ends_a_deployment(
    told: dict[str, str | None], code: str
) -> None:
    given = {**overrides("production"), **told}
    named = {name: value for name, value in given.items() if value is not None}
    with pytest.raises(BuildError, match=code):
        every_parameter(named, PARAMETERS)


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_sam_is_handed_a_file_of_them_whose_values_are_texts(
    environment: str, tmp_path: Path
) -> None:
    """As ``make deploy`` writes it. A value with spaces or quotation marks arrives whole."""
    out = tmp_path / "parameters.yaml"
    program = [sys.executable, str(ROOT / "infra/parameters.py"), "--out", str(out), "--for"]
    done = subprocess.run([*program, environment], check=False, capture_output=True, text=True)  # noqa: S603  # our own
    assert done.returncode == 0, done.stderr
    read = yaml.safe_load(out.read_text(encoding="utf-8"))
    assert read == every_parameter(overrides(environment), PARAMETERS)
    assert {type(value) for value in read.values()} == {str}
    refused = subprocess.run([*program, "none"], check=False, capture_output=True, text=True)  # noqa: S603  # our own
    assert (refused.returncode, refused.stderr.split(":")[0]) == (1, "NB-13")


def test_make_deploy_hands_it_over() -> None:
    recipe = (ROOT / "Makefile").read_text("utf-8").partition("\ndeploy: build ")[2]
    recipe = recipe.partition("\n.PHONY")[0]
    assert "infra/parameters.py --for $(ENV) --out build/parameters.yaml" in recipe
    assert "--parameter-overrides file://build/parameters.yaml" in recipe
