"""Reads of several items, also of several tables, in one round trip; and storage's errors."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.exceptions import PynamoDBException

from numo_sso.outcomes import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pynamodb.connection import Connection
    from pynamodb.models import Model

_MAX_ROUNDS = 3

Key = tuple[type["Model"], str, str | None]
"""A bound model, its partition key and its sort key."""


@contextmanager
def storage_errors() -> Iterator[None]:
    """Turn every error of DynamoDB and its client into the outcome ``storage-failed``."""
    try:
        yield
    except (PynamoDBException, BotoCoreError, ClientError) as error:
        raise Refused("storage-failed", error_code(error)) from error


def error_code(error: Exception) -> str:
    """DynamoDB's own code for what went wrong, or the name of the client's error.

    pynamodb's ``cause_response_code`` raises where the client got no response at all.
    """
    cause = getattr(error, "cause", None) or error
    response = getattr(cause, "response", None) or {}
    return str(response.get("Error", {}).get("Code") or type(cause).__name__)


def read_items(connection: Connection, keys: Sequence[Key]) -> list[Model]:
    """The items that exist among ``keys`` (100 at most), in no order, eventually consistent.

    Raises:
        Refused: ``storage-failed``; also when DynamoDB keeps leaving keys unread.
    """
    models = {(model.Meta.table_name, pk, sk): model for model, pk, sk in keys}
    wanted: dict[str, Any] = {}
    for table, pk, sk in models:
        key = {"pk": {"S": pk}} | ({"sk": {"S": sk}} if sk is not None else {})
        wanted.setdefault(table, {"Keys": []})["Keys"].append(key)
    items: list[Model] = []
    with storage_errors():
        for _ in range(_MAX_ROUNDS):
            reply = connection.dispatch("BatchGetItem", {"RequestItems": wanted})
            for table, found in reply.get("Responses", {}).items():
                for raw in found:
                    sort = raw["sk"]["S"] if "sk" in raw else None
                    items.append(models[table, raw["pk"]["S"], sort].from_raw_data(raw))
            wanted = reply.get("UnprocessedKeys") or {}
            if not wanted:
                return items
    raise Refused("storage-failed", "keys left unread")
