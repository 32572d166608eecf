"""moto's transactions, made fast, still go back as a whole."""

from __future__ import annotations

from typing import Any

import botocore.session
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from numo_local.aws.transactions import copy_tables_once


def put(number: int, condition: str = "attribute_not_exists(pk)") -> dict[str, Any]:
    item = {"pk": {"S": str(number)}}
    return {"Put": {"TableName": "t", "Item": item, "ConditionExpression": condition}}


def test_a_transaction_that_fails_leaves_nothing() -> None:
    """The last of fifty items does not hold: none of them is there, and what was there still is."""
    copy_tables_once()
    with mock_aws():
        client: Any = botocore.session.get_session().create_client("dynamodb", "eu-west-1")
        client.create_table(
            TableName="t",
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        )
        client.transact_write_items(TransactItems=[put(0), put(1)])
        with pytest.raises(ClientError, match="ConditionalCheckFailed"):
            client.transact_write_items(TransactItems=[put(n) for n in range(50, 0, -1)])
        found = client.scan(TableName="t")["Items"]
        assert sorted(item["pk"]["S"] for item in found) == ["0", "1"]
        client.transact_write_items(TransactItems=[put(n) for n in range(2, 52)])
        assert client.scan(TableName="t", Select="COUNT")["Count"] == 52
