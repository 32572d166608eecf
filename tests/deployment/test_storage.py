"""The five tables, held against the models that read and write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from deployment.deployed import (
    STORAGE,
    TABLES,
    TEMPLATE,
    handed,
    overrides,
    production,
    root_with,
)
from numo_local.template.resolving import Resolver
from numo_sso.storage import tables

if TYPE_CHECKING:
    from pynamodb.models import Model

MODELS: dict[str, list[type[Model]]] = {
    "Schools": [tables.School, tables.Brin, tables.RosterCount, tables.RingClaim],
    "Roster": [tables.RosterUser],
    "Sessions": [tables.Session, tables.ConsumedFlow, tables.ConsumedAssertion],
    "Traces": [tables.Trace, tables.LearnedPair],
    "Audit": [tables.AuditRecord],
}
EXPIRING = {"Sessions", "Traces"}
COPIED = {"Schools", "Roster"}
PROTECTED: dict[str, Any] = {
    "DeletionProtectionEnabled": True,
    "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
}
KEY = "arn:aws:kms:eu-west-1:123456789012:key/0a"
COPYS_KEY = "arn:aws:kms:eu-central-1:123456789012:key/0b"


def table(name: str) -> dict[str, Any]:
    resource: dict[str, Any] = STORAGE["Resources"][f"{name}Table"]
    return resource


def made(name: str, **given: str) -> dict[str, Any]:
    """A table's properties in a deployment with these parameters."""
    storage = handed(root_with({**overrides("production"), **given}), "Storage")
    resolved: dict[str, Any] = storage.resolve(table(name)["Properties"])
    return resolved


def keys(schema: Any) -> dict[str, str]:
    """The name of each kind of key; pynamodb lists them by name, CloudFormation by kind."""
    return {each["KeyType"]: each["AttributeName"] for each in schema}


def index_keys(indexes: Any) -> dict[str, tuple[Any, Any]]:
    """Keys and projection of each index, by name."""
    return {
        each.get("IndexName", each.get("index_name")): (
            keys(each.get("KeySchema", each.get("key_schema"))),
            each.get("Projection", each.get("projection")),
        )
        for each in indexes
    }


def test_there_are_five_tables_and_no_other() -> None:
    """Beside them only the key for what lies in one of them, which is kept as they are."""
    assert set(STORAGE["Resources"]) == {*(f"{name}Table" for name in TABLES), "RefusedCodesKey"}
    key = STORAGE["Resources"]["RefusedCodesKey"]
    assert key["DeletionPolicy"] == key["UpdateReplacePolicy"] == "Retain"


@pytest.mark.parametrize("name", TABLES)
def test_a_table_outlives_mistakes(name: str) -> None:
    """It is restorable to any second, encrypted, and no stack or hand deletes it at once."""
    resource = table(name)
    properties = resource["Properties"]
    assert resource["DeletionPolicy"] == resource["UpdateReplacePolicy"] == "Retain"
    assert properties["SSESpecification"] == {"SSEEnabled": True, "SSEType": "KMS"}
    assert properties["BillingMode"] == "PAY_PER_REQUEST"
    assert made(name)["Replicas"] == [{"Region": "eu-west-1", **PROTECTED}]


@pytest.mark.parametrize("name", TABLES)
def test_what_login_reads_has_a_copy_in_another_region_where_one_is_asked_for(name: str) -> None:
    """As protected as the table itself, under a key of its own region, and fed by a stream."""
    given = {"TableKeyArn": KEY, "ReplicaRegion": "eu-central-1", "ReplicaKeyArn": COPYS_KEY}
    here, *there = made(name, **given)["Replicas"]
    under = {"SSESpecification": {"KMSMasterKeyId": KEY}}
    assert here == {"Region": "eu-west-1", **PROTECTED, **under}
    copy = {"Region": "eu-central-1", **PROTECTED}
    copy["SSESpecification"] = {"KMSMasterKeyId": COPYS_KEY}
    assert there == ([copy] if name in COPIED else [])
    streams = {"StreamViewType": "NEW_AND_OLD_IMAGES"}
    assert made(name, **given).get("StreamSpecification") == (
        streams if name in {*COPIED, "Audit"} else None
    )
    assert ("StreamSpecification" in made(name)) is (name == "Audit")


def test_nothing_that_one_region_must_decide_alone_has_a_copy() -> None:
    """A used assertion, a session that ended, and the trail, whose stream is followed here."""
    assert not COPIED & {"Sessions", "Traces", "Audit"}


@pytest.mark.parametrize(
    ("tables", "copy", "accepted"),
    [("", "", True), (KEY, COPYS_KEY, True), (KEY, "", False), ("", COPYS_KEY, False)],
)
def test_a_copy_is_under_a_customer_key_exactly_where_the_table_is(
    tables: str, copy: str, *, accepted: bool
) -> None:
    rule = TEMPLATE["Rules"]["CopyHasAKeyOfItsOwn"]
    given = {"TableKeyArn": tables, "ReplicaKeyArn": copy, "ReplicaRegion": "eu-central-1"}
    root = root_with({**overrides("production"), **given})
    assert root.holds(rule["RuleCondition"])
    assert root.holds(rule["Assertions"][0]["Assert"]) is accepted
    assert not production().holds(rule["RuleCondition"])


@pytest.mark.parametrize(
    ("region", "accepted"), [("", True), ("eu-central-1", True), ("eu-west-1", False)]
)
def test_a_copy_is_in_another_region_than_the_table(region: str, *, accepted: bool) -> None:
    """DynamoDB refuses two replicas of one region when half of the stack is made."""
    [assertion] = TEMPLATE["Rules"]["CopyIsElsewhere"]["Assertions"]
    root = root_with({**overrides("production"), "ReplicaRegion": region})
    assert root.holds(assertion["Assert"]) is accepted


@pytest.mark.parametrize("name", TABLES)
def test_old_items_expire_where_they_are_due_to_and_nowhere_else(name: str) -> None:
    expected = {"AttributeName": "ttl", "Enabled": True} if name in EXPIRING else None
    assert table(name)["Properties"].get("TimeToLiveSpecification") == expected
    for model in MODELS[name]:
        assert ("ttl" in model.get_attributes()) is (name in EXPIRING)


@pytest.mark.parametrize("name", TABLES)
def test_keys_and_indexes_are_those_of_the_models(name: str) -> None:
    """Names, kinds of key, types and projections, of the table and of each index."""
    properties = table(name)["Properties"]
    definitions: dict[str, str] = {}
    indexes: dict[str, Any] = {}
    for model in MODELS[name]:
        schema = model._get_schema()
        assert keys(schema["key_schema"]) == keys(properties["KeySchema"])
        definitions |= {
            each["AttributeName"]: each["AttributeType"] for each in schema["attribute_definitions"]
        }
        indexes |= index_keys(schema["global_secondary_indexes"])
    assert definitions == {
        each["AttributeName"]: each["AttributeType"] for each in properties["AttributeDefinitions"]
    }
    assert indexes == index_keys(properties.get("GlobalSecondaryIndexes", []))


def test_the_audit_trail_streams_what_was_and_what_is() -> None:
    """A record put over another one cannot be forbidden, but it is seen."""
    stream = table("Audit")["Properties"]["StreamSpecification"]
    assert stream == {"StreamViewType": "NEW_AND_OLD_IMAGES"}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_handed_to_the_root_by_name_and_arn(name: str) -> None:
    stack = Resolver(STORAGE, {}, {f"{name}Table.Arn": "<arn>"})
    outputs = {key: stack.resolve(STORAGE["Outputs"][key]["Value"]) for key in told(name)}
    assert outputs == {
        f"{name}Table": stack.resolve({"Ref": f"{name}Table"}),
        f"{name}TableArn": "<arn>",
    }


def told(name: str) -> tuple[str, str]:
    return f"{name}Table", f"{name}TableArn"
