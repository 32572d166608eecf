"""CSV for people who open it in a spreadsheet."""

from __future__ import annotations

import csv
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ENCODING = "utf-8-sig"
"""With the mark by which Excel knows UTF-8."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class CsvOut:
    """Lines of cells, separated as a Dutch Excel expects."""

    def __init__(self, file: IO[str], header: Sequence[str]) -> None:
        self._writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        self.write(header)

    def write(self, cells: Sequence[object]) -> None:
        self._writer.writerow([_safe(cell) for cell in cells])


def _safe(cell: object) -> str:
    """A cell that no spreadsheet computes: what begins like a formula gets a quote in front."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
