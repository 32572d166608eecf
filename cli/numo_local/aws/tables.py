"""Makes the tables that the templates define."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_CREATED_WITH = ("AttributeDefinitions", "BillingMode", "GlobalSecondaryIndexes", "KeySchema")
"""What an emulator understands of a table; backups and encryption have no meaning here."""


def create_tables(dynamodb: Any, tables: Iterable[Mapping[str, Any]]) -> None:
    """Create each table with its keys, its indexes and its TTL."""
    for table in tables:
        name = table["TableName"]
        properties = {key: table[key] for key in _CREATED_WITH if key in table}
        dynamodb.create_table(TableName=name, **properties)
        if "TimeToLiveSpecification" in table:
            dynamodb.update_time_to_live(
                TableName=name, TimeToLiveSpecification=table["TimeToLiveSpecification"]
            )
