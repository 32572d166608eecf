"""What docs/deployment.md tells whoever deploys for the first time, held against the templates."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from deployment.deployed import ENVIRONMENTS, NESTED, ROOT, TEMPLATE, handed, overrides, root_with
from numo_local.template.loading import load_template

GUIDE = (ROOT / "docs/deployment.md").read_text(encoding="utf-8")
EDGE = load_template(ROOT / "infra/edge.yaml")
TABLES_KEY = "arn:aws:kms:eu-west-1:123456789012:key/0a"
RIGHTS = {"serverless": "lambda", "apigatewayv2": "apigateway"}
"""The service of IAM, where it has another name than a resource's type."""


def section(heading: str) -> str:
    """The text below a heading, up to the next of its rank or above."""
    rank = heading.partition(" ")[0]
    [_, after] = f"\n{GUIDE}".split(f"\n{heading}\n")
    return re.split(rf"\n#{{2,{len(rank)}}} ", after)[0]


def services(template: dict[str, Any]) -> set[str]:
    """The services of IAM in which a template makes something."""
    types = {each["Type"].split("::")[1].lower() for each in template["Resources"].values()}
    return {RIGHTS.get(each, each) for each in types}


@pytest.mark.parametrize("name", ["", *NESTED, "Edge"])
def test_whoever_deploys_is_told_of_every_service_in_which_something_is_made(name: str) -> None:
    template = {"": TEMPLATE, "Edge": EDGE, **NESTED}[name]
    rows = re.findall(r"^\| (`.+?`) \| ", section("## Who deploys"), re.MULTILINE)
    named = {service for row in rows for service in re.findall(r"`([a-z0-9]+)`", row)}
    assert services(template) <= named


def test_whoever_deploys_is_told_of_the_rights_that_a_copy_takes() -> None:
    """Those of AWS's page on the resource, which are asked in the copy's region too."""
    [row] = [line for line in section("## Who deploys").splitlines() if "`dynamodb`" in line]
    for action in ("CreateTableReplica", "DeleteTableReplica", "BatchWriteItem", "Scan"):
        assert f"`{action}`" in row
    assert "`replication.dynamodb`" in section("## Who deploys")


def test_the_policy_of_a_key_for_the_tables_lets_roles_in_that_name_no_key() -> None:
    """As it is to be pasted. No role of ours may use a key of KMS through DynamoDB by itself."""
    pasted = re.search(
        r"^ {4}(\{.*?\}\}\})$",
        section("## A customer key for the tables"),
        re.MULTILINE | re.DOTALL,
    )
    assert pasted
    statement = json.loads(pasted[1])
    assert {"kms:Decrypt", "kms:GenerateDataKey*", "kms:CreateGrant"} <= set(statement["Action"])
    condition = statement["Condition"]["StringEquals"]
    assert condition.keys() == {"kms:CallerAccount", "kms:ViaService"}
    assert condition["kms:ViaService"] == "dynamodb.eu-west-1.amazonaws.com"
    root = root_with({**overrides("production"), "TableKeyArn": TABLES_KEY})
    for stack in (root, *(handed(root, name) for name in NESTED)):
        for each in stack.template["Resources"].values():
            if each["Type"] == "AWS::IAM::Role":
                assert TABLES_KEY not in str(stack.resolve(each["Properties"]))


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_every_mail_that_has_to_be_confirmed_is_told_of(environment: str) -> None:
    """A topic whose mail nobody confirmed wakes nobody, and no alarm says so."""
    root = root_with(overrides(environment))
    mails = [
        endpoint["Endpoint"]
        for stack in (handed(root, name) for name in NESTED)
        for each in stack.template["Resources"].values()
        if each["Type"] == "AWS::SNS::Topic"
        for endpoint in stack.resolve(each["Properties"])["Subscription"]
    ]
    to_support = root.resolve({"Ref": "SupportMail"})
    to_trail = root.resolve({"Ref": "AlarmMail"})
    assert sorted(mails) == sorted([to_trail, to_support, to_support])
    told = section("## The first deployment")
    assert "three mails" in told
    assert "one to `AlarmMail`" in told
    assert "two to `SupportMail`" in told


def test_whoever_deploys_is_told_which_alarms_ring_before_anything_is_wrong() -> None:
    """Those that take missing data for bad: there is none yet."""
    silent = {
        each["Properties"]["AlarmDescription"].partition(" (")[0]
        for template in NESTED.values()
        for each in template["Resources"].values()
        if each["Type"] == "AWS::CloudWatch::Alarm"
        and each["Properties"]["TreatMissingData"] == "breaching"
    }
    [told] = re.findall(r"Four alarms take silence for bad.*?\n\d\. ", GUIDE, re.DOTALL)
    assert len(silent) == 4
    assert set(re.findall(r"`([a-z]+-[a-z]+)`", told)) == silent


def test_what_a_failed_deployment_leaves_behind_is_told_of() -> None:
    """Whatever is kept for good is also kept when the first deployment is taken back."""
    kept = {
        each["Type"]
        for template in (TEMPLATE, *NESTED.values())
        for each in template["Resources"].values()
        if each.get("DeletionPolicy") == "Retain"
    }
    words = {
        "AWS::CloudFormation::Stack": "nested stack of the tables",
        "AWS::DynamoDB::GlobalTable": "tables",
        "AWS::KMS::Key": "key",
        "AWS::S3::Bucket": "buckets",
    }
    assert kept == words.keys()
    told = section("### When the first deployment fails")
    assert not [word for word in words.values() if word not in told]
