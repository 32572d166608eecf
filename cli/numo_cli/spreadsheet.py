"""A spreadsheet's first sheet, as lines of text; what was a number says so."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from numo_cli.failures import unreadable
from numo_cli.speech import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIGNATURES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""Of XLSX, XLSB and ODS; and of XLS."""
_MAX_UNPACKED = 400_000_000
"""A hundred thousand users are a tenth of it; a file made to fill the memory is more."""
_EXACT = 10**15
"""A spreadsheet keeps fifteen digits; of a longer number the rest are zeros."""


class Number(str):
    """A cell that the spreadsheet keeps as a number: whatever zeros it began with are gone."""

    __slots__ = ()


def open_spreadsheet(content: bytes) -> tuple[str, Callable[[], Iterator[tuple[int, list[str]]]]]:
    """What it is called, and its lines, to be read as often as one likes.

    Raises:
        Failure: it is no spreadsheet, or too large.
    """
    # Imported here: it is of no use to any other command.
    from python_calamine import (  # noqa: PLC0415
        CalamineError,
        CalamineWorkbook,
        SheetVisibleEnum,
    )

    _check_size(content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            names = [
                each.name
                for each in book.sheets_metadata
                if each.visible == SheetVisibleEnum.Visible
            ]
            sheet = book.get_sheet_by_name(names[0])
    except (CalamineError, IndexError, OSError, ValueError) as error:
        raise unreadable(
            say("The spreadsheet cannot be opened."),
            say("Save it anew as XLSX, or as CSV (UTF-8)."),
        ) from error

    def lines() -> Iterator[tuple[int, list[str]]]:
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            yield number, [_text(cell) for cell in cells]

    return _form(names), lines


def _form(names: list[str]) -> str:
    if len(names) == 1:
        return say("the sheet {name} of a spreadsheet", name=names[0])
    return say(
        "the sheet {name} of a spreadsheet, the first of {number}",
        name=names[0],
        number=len(names),
    )


def _check_size(content: bytes) -> None:
    if not content.startswith(SIGNATURES[0]):
        return
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError) as error:
        raise unreadable(
            say("The spreadsheet is damaged."), say("Ask the school for it again.")
        ) from error
    if sum(part.file_size for part in parts) > _MAX_UNPACKED:
        raise unreadable(
            say("The spreadsheet is far too large."), say("Save the sheet as CSV (UTF-8).")
        )


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        return str(cell)
    whole = isinstance(cell, int) or (cell.is_integer() and abs(cell) < _EXACT)
    return Number(int(cell) if whole else cell)


def is_exact(cell: Number) -> bool:
    """Whether it has all the digits that somebody typed, but for zeros in front."""
    return cell.isdigit() and int(cell) < _EXACT
