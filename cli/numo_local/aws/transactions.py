"""Makes moto's transactions cost what their items cost, and not what their tables hold.

Before a transaction moto copies each table, to be able to go back: with a school's roster in it a
login takes half a second, and one of thirty costs more than the one before. Here a table is its own
copy while a transaction is made, and where one fails its items are put back.
"""

from __future__ import annotations

from contextvars import ContextVar
from copy import copy, deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.models.table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from moto.dynamodb.models.dynamo_type import Item

_transacting: ContextVar[bool] = ContextVar("transacting", default=False)
_transact = DynamoDBBackend.transact_write_items


class _Kept(NamedTuple):
    """An item as it was before a transaction."""

    table: Table
    hash_key: DynamoType
    range_key: DynamoType | None
    item: Item | None
    """None where there was none."""

    def restore(self) -> None:
        items: Any = self.table.items
        place, key = items, self.hash_key
        if self.range_key is not None:
            place, key = items[self.hash_key], self.range_key
        if self.item is None:
            place.pop(key, None)
        else:
            place[key] = self.item
        if not items.get(self.hash_key, True):
            del items[self.hash_key]


def keep_items_alone() -> None:
    """Let every transaction of this process keep its items, and no table."""
    changes: list[tuple[type, str, object]] = [  # moto has no seam for either
        (Table, "__deepcopy__", _itself_or_a_copy),
        (DynamoDBBackend, "transact_write_items", _transact_and_go_back),
    ]
    for owner, name, function in changes:
        setattr(owner, name, function)


def _transact_and_go_back(backend: DynamoDBBackend, transact_items: list[dict[str, Any]]) -> None:
    kept = [each for item in transact_items for each in _kept(backend, item)]
    tables = {each.table.name: each.table for each in kept}
    shards = {name: shard for name, table in tables.items() if (shard := table.stream_shard)}
    told = {name: len(shard.items) for name, shard in shards.items()}
    token = _transacting.set(True)
    try:
        _transact(backend, transact_items)
    except BaseException:
        for each in kept:
            each.restore()
        for name, shard in shards.items():
            del shard.items[told[name] :]
        raise
    finally:
        _transacting.reset(token)


def _kept(backend: DynamoDBBackend, transact_item: Mapping[str, Any]) -> list[_Kept]:
    """The item that one part of a transaction may change; none where moto will refuse it."""
    operation = next(iter(transact_item.values()))
    table = backend.tables.get(operation.get("TableName"))
    key = operation.get("Key") or operation.get("Item")
    if table is None or not key or table.hash_key_attr not in key:
        return []
    hash_key = DynamoType(key[table.hash_key_attr])
    range_key = None
    if table.range_key_attr is not None:
        if table.range_key_attr not in key:
            return []
        range_key = DynamoType(key[table.range_key_attr])
    return [_Kept(table, hash_key, range_key, deepcopy(table.get_item(hash_key, range_key)))]


def _itself_or_a_copy(table: Table, memo: dict[int, Any]) -> Table:
    if _transacting.get():
        return table
    duplicate = copy(table)
    memo[id(table)] = duplicate
    duplicate.__dict__.update(deepcopy(table.__dict__, memo))
    return duplicate
