"""From a sheet to the rows of requests, and the mistakes that only the whole file shows.

Of the whole file only its codes are held at once: the cells are read again at each passage.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from numo_cli.speech import counted, later, say
from numo_cli.spreadsheet import Number, is_exact
from numo_sso.codes import normalise_code

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from numo_cli.sheet import Sheet

CHUNK_ROWS = 500
_CHUNK_BYTES = 1_000_000
"""Well below the 6 MB that an invocation takes."""
_MAX_CELL = 1000
_CODES = ("persoonscode", "idgebr")
REPEATED = later("occurs more than once in the file")

Row = dict[str, Any]


class Rows:
    """The rows to send, in the order of the file; read anew at each passage.

    Args:
        plain_numbers: take codes that a spreadsheet keeps as numbers, since none begins with zero.
    """

    def __init__(
        self, sheet: Sheet, columns: dict[str, int], *, plain_numbers: bool = False
    ) -> None:
        self._sheet = sheet
        self._columns = columns
        self._plain_numbers = plain_numbers
        self._bad: set[int] = set()
        self.invalid: list[Row] = []
        """What is wrong already: ``line``, ``field``, ``reason``."""
        self.lines = 0
        self.codes: list[str] = []
        """Every persoonscode in the roster's order, of bad lines too if they can be read."""
        self._inspect()

    def __iter__(self) -> Iterator[Row]:
        return (row for row in self._read() if row["line"] not in self._bad)

    def __len__(self) -> int:
        return self.lines - len(self._bad)

    def leave_out(self, lines: Collection[int]) -> None:
        """Send these lines no more."""
        self._bad |= set(lines)

    def _inspect(self) -> None:
        codes: dict[str, list[str]] = {field: [] for field in _CODES}
        for number, cells in self._sheet.lines:
            self.lines += 1
            for field, reason in self._mistakes(cells):
                self._refuse(number, field, reason)
            if number not in self._bad:
                row = self._row(number, cells)
                for field, found in codes.items():
                    found.append(code_of(row, field))
        self._refuse_repeated({field: _repeated(found) for field, found in codes.items()})
        self.codes = list(dict.fromkeys(filter(None, codes["persoonscode"])))

    def _refuse_repeated(self, repeated: dict[str, set[str]]) -> None:
        if not any(repeated.values()):
            return
        again = [
            (row["line"], field)
            for row in self
            for field in _CODES
            if code_of(row, field) in repeated[field]
        ]
        for line, field in again:
            self._refuse(line, field, say(REPEATED))

    def _refuse(self, line: int, field: str, reason: str) -> None:
        self.invalid.append({"line": line, "field": field, "reason": reason})
        self._bad.add(line)

    def _read(self) -> Iterator[Row]:
        for number, cells in self._sheet.lines:
            if number not in self._bad:
                yield self._row(number, cells)

    def _row(self, number: int, cells: list[str]) -> Row:
        return {"line": number} | {name: str(cells[at]) for name, at in self._columns.items()}

    def _mistakes(self, cells: list[str]) -> Iterator[tuple[str, str]]:
        if reason := _misshapen(cells, len(self._sheet.header)):
            yield "line", reason
            return
        for field in _CODES:
            cell = cells[self._columns[field]] if field in self._columns else ""
            if isinstance(cell, Number) and (reason := self._lost(cell)):
                yield field, reason

    def _lost(self, cell: Number) -> str | None:
        if not is_exact(cell):
            return say("was rounded by the spreadsheet")
        if self._plain_numbers:
            return None
        return say("is kept as a number, so zeros in front are lost: make the column text")


def make_rows(
    sheet: Sheet, columns: dict[str, int], *, plain_numbers: bool = False
) -> tuple[Rows, list[Row]]:
    """The rows to send, and those that are wrong already (``line``, ``field``, ``reason``)."""
    rows = Rows(sheet, columns, plain_numbers=plain_numbers)
    return rows, rows.invalid


def reading(sheet: Sheet, rows: Rows) -> str:
    """What the file was found to be, for people."""
    return counted("{number} line; {form}.", "{number} lines; {form}.", rows.lines, form=sheet.form)


def chunks(rows: Iterable[Row], most: int = CHUNK_ROWS) -> Iterator[list[Row]]:
    """Requests' worth of rows, ``most`` at a time."""
    chunk: list[Row] = []
    size = 0
    for row in rows:
        length = len(json.dumps(row, ensure_ascii=False).encode())
        if chunk and (len(chunk) == most or size + length > _CHUNK_BYTES):
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
        return say(
            "has {number} cells where the heading has {expected}",
            number=len(cells),
            expected=expected,
        )
    return say("has a very long cell") if any(len(cell) > _MAX_CELL for cell in cells) else None


def _repeated(codes: list[str]) -> set[str]:
    codes.sort()
    return {one for one, next_one in pairwise(codes) if one and one == next_one}
