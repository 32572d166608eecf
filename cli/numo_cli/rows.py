"""From a sheet to the rows of requests, and the mistakes that only the whole file shows."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from numo_sso.codes import normalise_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numo_cli.sheet import Sheet

_CHUNK_ROWS = 500
_CHUNK_BYTES = 1_000_000
"""Well below the 6 MB that an invocation takes."""
_MAX_CELL = 1000

Row = dict[str, Any]


def make_rows(sheet: Sheet, columns: dict[str, int]) -> tuple[list[Row], list[Row]]:
    """The rows to send, and those that are wrong already (``line``, ``field``, ``reason``)."""
    rows: list[Row] = []
    invalid: list[Row] = []
    for number, cells in sheet.lines:
        if reason := _misshapen(cells, len(sheet.header)):
            invalid.append({"line": number, "field": "line", "reason": reason})
        else:
            fields = {field: cells[position] for field, position in columns.items()}
            rows.append({"line": number} | fields)
    repeated = _repeated(rows)
    bad = {each["line"] for each in repeated}
    return [row for row in rows if row["line"] not in bad], invalid + repeated


def chunks(rows: list[Row]) -> Iterator[list[Row]]:
    """Requests' worth of rows."""
    chunk: list[Row] = []
    size = 0
    for row in rows:
        length = len(json.dumps(row, ensure_ascii=False).encode())
        if chunk and (len(chunk) == _CHUNK_ROWS or size + length > _CHUNK_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(row)
        size += length
    if chunk:
        yield chunk


def code_of(row: Row, field: str) -> str:
    return normalise_code(row.get(field, ""))


def _misshapen(cells: list[str], expected: int) -> str | None:
    if len(cells) != expected:
        return f"has {len(cells)} cells where the heading has {expected}"
    return "has a very long cell" if any(len(cell) > _MAX_CELL for cell in cells) else None


def _repeated(rows: list[Row]) -> list[Row]:
    found = []
    for field in ("persoonscode", "idgebr"):
        counts = Counter(code for row in rows if (code := code_of(row, field)))
        found += [
            {"line": row["line"], "field": field, "reason": "occurs more than once in the file"}
            for row in rows
            if counts[code_of(row, field)] > 1
        ]
    return found
