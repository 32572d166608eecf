"""An import's CPU per row, beside writing the same items with a bare ``batch_write_item`` loop."""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import boto3

from prove.imports import Line, Memory, file_of, import_of
from race.emulator import running_emulator
from race.storage import Storage, made_storage
from race.test_imports import asking

if TYPE_CHECKING:
    from pathlib import Path

    from bench.rounds import Figures

_BATCH = 25
"""Items that DynamoDB takes in one ``BatchWriteItem``."""


@dataclass(frozen=True)
class Whole:
    """One import of many rows."""

    rows: int
    cpu: float
    """Microseconds a row."""
    megabytes: tuple[int, int]
    """Before, and at most."""


@dataclass(frozen=True)
class Roster:
    """Microseconds of CPU per row, command and function together."""

    rows: int
    figures: Figures
    wholes: list[Whole]


def measure(folder: Path, rows: int, all_rows: int, rounds: int) -> Roster:
    """``rounds`` imports of ``rows``, each beside the bare loop; then one of ``all_rows``."""
    figures: Figures = {"plan": [], "write": [], "bare": []}
    with running_emulator(folder) as endpoint:
        for turn in range(-1, rounds):
            storage = _storage(endpoint)
            plan, write = _import(storage, rows)
            bare = _bare(storage, endpoint, rows)
            if turn >= 0:  # the first fills caches
                figures["plan"].append(plan)
                figures["write"].append(write)
                figures["bare"].append(bare)
        wholes = [_whole(_storage(endpoint), many) for many in (rows, all_rows)]
    return Roster(rows, figures, wholes)


def _storage(endpoint: str) -> Storage:
    return made_storage(endpoint, f"bench{uuid4().hex[:8]}", ())


def _whole(storage: Storage, rows: int) -> Whole:
    with Memory() as memory:
        before = memory.most
        spent = sum(_import(storage, rows))
    return Whole(rows, spent, (before, memory.most))


def _import(storage: Storage, rows: int) -> tuple[float, float]:
    content = file_of(rows)
    line = Line(asking(storage, "measured"))
    _set_apart()
    began = time.process_time()
    work, _ = import_of(content, line)
    work.plan()
    planned = time.process_time()
    written = sum(work.write().values())
    ended = time.process_time()
    if written != rows:
        raise AssertionError(f"{written} of {rows} rows were written")
    return 1e6 * (planned - began) / rows, 1e6 * (ended - planned) / rows


def _set_apart() -> None:
    """Leave what the bench holds to itself: the collector would go through it on either side, more
    often on that which has more to write. The function does so at its start."""
    gc.collect()
    gc.freeze()


def _bare(storage: Storage, endpoint: str, rows: int) -> float:
    """The items that the import left, written anew over themselves."""
    client = boto3.client(
        "dynamodb",
        region_name="eu-west-1",
        endpoint_url=endpoint,
        aws_access_key_id="race",
        aws_secret_access_key="race",
    )
    table = storage.names.roster
    pages = client.get_paginator("scan").paginate(TableName=table)
    items = [item for page in pages for item in page["Items"]]
    _set_apart()
    began = time.process_time()
    for first in range(0, len(items), _BATCH):
        left: Any = {
            table: [{"PutRequest": {"Item": each}} for each in items[first : first + _BATCH]]
        }
        while left:
            left = client.batch_write_item(RequestItems=left).get("UnprocessedItems")
    return 1e6 * (time.process_time() - began) / rows
