"""moto's transactions, made fast, still go back as a whole."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import botocore.session
import pytest
from botocore.exceptions import ClientError
from hypothesis import given, settings
from hypothesis import strategies as st
from moto import mock_aws
from moto.dynamodb.models import dynamodb_backends

from numo_local.aws.transactions import keep_items_alone

if TYPE_CHECKING:
    from collections.abc import Iterator

KEYS = {"hash": ("pk",), "range": ("pk", "sk")}
EVERY = [str(number) for number in range(6)]


@contextmanager
def emulated(keys: tuple[str, ...]) -> Iterator[Any]:
    keep_items_alone()
    with mock_aws():
        client: Any = botocore.session.get_session().create_client("dynamodb", "eu-west-1")
        client.create_table(
            TableName="t",
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
            KeySchema=[
                {"AttributeName": key, "KeyType": kind}
                for key, kind in zip(keys, ("HASH", "RANGE"), strict=False)
            ],
            StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
        )
        yield client


def part(kind: str, key: dict[str, Any], condition: str = "") -> dict[str, Any]:
    """One part of a transaction, of any kind."""
    asked: dict[str, Any] = {"TableName": "t"}
    if kind == "ConditionCheck":
        condition = condition or "attribute_not_exists(elsewhere)"
    if condition:
        asked["ConditionExpression"] = condition
    if kind == "Put":
        asked["Item"] = key | {"put": {"S": "new"}, "list": {"L": [{"S": "new"}]}}
    else:
        asked["Key"] = key
    if kind == "Update":
        asked["UpdateExpression"] = "SET #l = list_append(#l, :l), #n = :n"
        asked["ExpressionAttributeNames"] = {"#l": "list", "#n": "more"}
        asked["ExpressionAttributeValues"] = {":l": {"L": [{"S": "more"}]}, ":n": {"S": "more"}}
    return {kind: asked}


def everything(client: Any) -> tuple[list[Any], int]:
    """All items, and how many changes the stream told of."""
    found = client.scan(TableName="t")["Items"]
    (backends,) = dynamodb_backends.values()
    shard: Any = backends["eu-west-1"].tables["t"].stream_shard
    return sorted(found, key=str), len(shard.items)


@settings(max_examples=40, deadline=None)
@given(
    keys=st.sampled_from(list(KEYS.values())),
    there=st.sets(st.sampled_from(EVERY)),
    kinds=st.dictionaries(
        st.sampled_from(EVERY),
        st.sampled_from(["Put", "Delete", "Update", "ConditionCheck"]),
        min_size=1,
    ),
)
def test_a_transaction_that_fails_changes_nothing(
    keys: tuple[str, ...], there: set[str], kinds: dict[str, str]
) -> None:
    """Whatever its parts, of which the last never holds; one that holds does what it says."""

    def key(number: str) -> dict[str, Any]:
        return {name: {"S": number} for name in keys}

    with emulated(keys) as client:
        for number in there:
            client.put_item(TableName="t", Item=key(number) | {"list": {"L": [{"S": "old"}]}})
        before = everything(client)
        parts = [
            part(kind, key(number))
            for number, kind in kinds.items()
            if kind != "Update" or number in there
        ]
        last = part("Put", key("last"), "attribute_exists(pk)")
        with pytest.raises(ClientError, match="ConditionalCheckFailed"):
            client.transact_write_items(TransactItems=[*parts, last])
        assert everything(client) == before
        twice = [part("Put", key("twice"))] * 2
        with pytest.raises(ClientError):
            client.transact_write_items(TransactItems=[*parts, *twice])
        assert everything(client) == before
        if not parts:
            return
        client.transact_write_items(TransactItems=parts)
        found = {item["pk"]["S"]: item for item in everything(client)[0]}
    assert {number for number in EVERY if number in found} == {
        number
        for number in EVERY
        if (number in there and kinds.get(number) != "Delete") or kinds.get(number) == "Put"
    }
    for number, kind in kinds.items():
        assert (found.get(number, {}).get("more") is not None) == (
            kind == "Update" and number in there
        )


def test_a_table_is_still_copied_for_a_backup() -> None:
    """What a restore brings back is what was there, and not what is there by then."""
    with emulated(("pk",)) as client:
        client.put_item(TableName="t", Item={"pk": {"S": "old"}})
        arn = client.create_backup(TableName="t", BackupName="backup")["BackupDetails"]["BackupArn"]
        client.put_item(TableName="t", Item={"pk": {"S": "new"}})
        client.restore_table_from_backup(TargetTableName="restored", BackupArn=arn)
        assert client.scan(TableName="restored")["Items"] == [{"pk": {"S": "old"}}]
