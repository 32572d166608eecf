"""A lost table, as docs/recovery.md mends it: restored under another name, which then stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from deployment.cloud import sample
from deployment.deployed import TEMPLATE, overrides, root_with, statements_of
from deployment.guard import TABLE_PREFIX, table_arn
from deployment.test_package_runs import ends_on_a_page, posted

if TYPE_CHECKING:
    from deployment.cloud import Cloud

TABLES = ("Schools", "Roster")
"""Of which a login needs what was in them yesterday."""


def outputs(**restored: str) -> dict[str, str]:
    """What the tables' stack tells the root, as the root asks for it."""
    told = root_with({**overrides("production"), **restored}).attributes
    return {name: value for name, value in told.items() if name.startswith("Storage.")}


def role(**restored: str) -> list[dict[str, Any]]:
    """The login's statements in a stack with these parameters."""
    root = root_with({**overrides("production"), **restored})
    return statements_of(root.resolve(TEMPLATE["Resources"]["SsoRole"]["Properties"]))


def reached(statements: list[dict[str, Any]]) -> list[str]:
    [read] = [each for each in statements if each["Sid"] == "ReadSchoolsAndRoster"]
    return [str(each) for each in read["Resource"]]


@pytest.mark.parametrize("name", TABLES)
def test_a_restored_table_stands_in_by_name_and_by_right(name: str) -> None:
    """Its name alone would leave every login denied."""
    restored = outputs(**{f"{name}TableRestored": "as-of-0829"})
    assert restored[f"Storage.Outputs.{name}Table"] == "as-of-0829"
    assert restored[f"Storage.Outputs.{name}TableArn"].endswith(":table/as-of-0829")
    differ = {key for key, value in outputs().items() if restored[key] != value}
    assert differ == {f"Storage.Outputs.{name}Table", f"Storage.Outputs.{name}TableArn"}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_that_was_emptied_is_restored_and_pupils_log_in(cloud: Cloud, name: str) -> None:
    """The emulator restores what a table has at that moment, so here the restore comes first."""
    dynamodb, lost = cloud.aws("dynamodb"), f"{TABLE_PREFIX}{name}Table"
    restored = f"{lost}-restored"
    dynamodb.update_continuous_backups(
        TableName=lost, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
    )
    dynamodb.restore_table_to_point_in_time(
        SourceTableName=lost, TargetTableName=restored, UseLatestRestorableTime=True
    )
    kept = dynamodb.scan(TableName=lost)["Items"]
    for item in kept:
        keys = {key: item[key] for key in ("pk", "sk")}
        dynamodb.delete_item(TableName=lost, Key=keys)
    refused = cloud.invoke("Sso", posted(cloud.invoke("Sso", sample("sso/start.json"))))
    ends_on_a_page(refused, 403, 404, 409)

    parameter, stands_for = {f"{name}TableRestored": restored}, outputs()
    told = outputs(**parameter)
    arn = told[f"Storage.Outputs.{name}TableArn"]
    guard = cloud.guard("Sso")
    guard.statements = [
        {**each, "Resource": [table_arn(restored) if r == arn else r for r in each["Resource"]]}
        for each in known_tables(role(**parameter))
    ]
    assert stands_for[f"Storage.Outputs.{name}TableArn"] not in reached(guard.statements)
    variables = {f"{name.upper()}_TABLE": told[f"Storage.Outputs.{name}Table"]}
    instance = cloud.another("Sso", guard, **variables)
    try:
        started = instance.invoke(sample("sso/start.json"))
        landed = instance.invoke(posted(started))
        assert landed["statusCode"] == 303, landed
        assert not guard.denied
    finally:
        instance.stop()
    for item in kept:
        dynamodb.put_item(TableName=lost, Item=item)


def known_tables(statements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Statements whose tables are called as the guard calls them."""
    names = {f"arn:aws:local:::{n}Table.Arn": f"<{n.lower()}>" for n in ("Sessions", "Traces")}
    return [{**s, "Resource": [names.get(str(r), r) for r in s["Resource"]]} for s in statements]
