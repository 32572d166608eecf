"""The lines that cannot be imported, as a file to send back to the school."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numo_cli.csv_out import ENCODING, CsvOut
from numo_cli.failures import unwritable
from numo_cli.speech import counted, say
from numo_cli.terms import term

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numo_cli.screen import Screen
    from numo_cli.sheet import Sheet


def write_bad_lines(
    screen: Screen, path: Path, sheet: Sheet, invalid: Sequence[dict[str, Any]]
) -> None:
    """Each bad line with its number, its columns and reasons, and its cells as they were."""
    reasons: dict[int, list[dict[str, Any]]] = {}
    for each in invalid:
        reasons.setdefault(each["line"], []).append(each)
    try:
        with path.open("w", encoding=ENCODING, newline="") as file:
            out = CsvOut(file, [say("line"), say("column"), say("reason"), *sheet.header])
            for number, cells in sheet.lines:
                if found := reasons.get(number):
                    columns = ", ".join(term(each["field"]) for each in found)
                    told = "; ".join(f"{term(each['field'])} {each['reason']}" for each in found)
                    out.write([number, columns, told, *cells])
    except OSError as error:
        raise unwritable(path, error) from error
    number = len(reasons)
    screen.tell(
        counted(
            "{number} line to send back: {path}",
            "{number} lines to send back: {path}",
            number,
            path=path,
        )
    )
