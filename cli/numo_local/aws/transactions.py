"""Makes moto's transactions fast enough for a school's roster.

Before a transaction moto copies the whole table to be able to go back, and it does so once for
each item in it: 300 users take half a minute. One copy a table is as good.
"""

from __future__ import annotations

from contextvars import ContextVar
from copy import deepcopy
from typing import Any

from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.table import Table

_copies: ContextVar[dict[int, Table] | None] = ContextVar("copies", default=None)
_transact = DynamoDBBackend.transact_write_items


def copy_tables_once() -> None:
    """Let every transaction of this process copy each of its tables once."""
    changes: list[tuple[type, str, object]] = [  # moto has no seam for either
        (Table, "__deepcopy__", _copy_once),
        (DynamoDBBackend, "transact_write_items", _transact_with_copies),
    ]
    for owner, name, function in changes:
        setattr(owner, name, function)


def _transact_with_copies(backend: DynamoDBBackend, transact_items: list[dict[str, Any]]) -> None:
    token = _copies.set({})
    try:
        _transact(backend, transact_items)
    finally:
        _copies.reset(token)


def _copy_once(table: Table, memo: dict[int, Any]) -> Table:
    copies = _copies.get()
    if copies is not None and id(table) in copies:
        return copies[id(table)]
    duplicate = object.__new__(type(table))
    memo[id(table)] = duplicate
    duplicate.__dict__.update(deepcopy(table.__dict__, memo))
    if copies is not None:
        copies[id(table)] = duplicate
    return duplicate
