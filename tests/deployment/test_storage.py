"""The five tables, held against the models that read and write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from deployment.deployed import STORAGE, TABLES
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


def table(name: str) -> dict[str, Any]:
    resource: dict[str, Any] = STORAGE["Resources"][f"{name}Table"]
    return resource


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
    assert properties["DeletionProtectionEnabled"] is True
    assert properties["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert properties["SSESpecification"]["SSEEnabled"] is True
    assert properties["SSESpecification"]["SSEType"] == "KMS"
    assert properties["BillingMode"] == "PAY_PER_REQUEST"


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
