"""Files of users: whatever is in them, rows and mistakes come out, or one failure that says why."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from numo_cli.columns import find_columns
from numo_cli.failures import Failure
from numo_cli.rows import chunks, make_rows
from numo_cli.sheet import read_sheet

HEADING = "Stamnr;IDGebr;Roepnaam;Tussenv.;Achternaam;Klas\n"
lines = st.lists(st.text('ab;,"\t\n\r 0é\x00', max_size=30), max_size=8).map("\n".join)
cells = st.lists(st.lists(st.text(max_size=8), min_size=6, max_size=6), min_size=1, max_size=5)


def read(content: bytes) -> None:
    """Read a file to its end, as the import does; nothing is lost and nothing is made up."""
    try:
        sheet = read_sheet(content)
        rows, invalid = make_rows(sheet, find_columns(sheet.header, {}))
    except Failure as failure:
        assert failure.hint  # noqa: PT017  # the failure is one of two good ends
        return
    numbers = [line for line, _ in sheet.lines]
    assert {row["line"] for row in rows} | {each["line"] for each in invalid} == set(numbers)
    assert [row for part in chunks(rows) for row in part] == list(rows)


@given(st.binary(max_size=300))
def test_any_bytes(content: bytes) -> None:
    """Also those that are no text at all."""
    read(content)


@given(st.one_of(st.binary(max_size=80), lines.map(str.encode)))
def test_any_lines_below_a_heading(content: bytes) -> None:
    """Quotes left open, cells too many, line breaks within cells, NUL."""
    read(HEADING.encode() + content)


@given(st.sampled_from(("utf-16", "utf-8-sig", "cp1252", "utf-16-le")), lines)
def test_any_encoding(codec: str, text: str) -> None:
    """Bytes of one encoding that may not be valid in another."""
    read((HEADING + text).encode(codec, "replace"))


@given(cells)
def test_what_a_spreadsheet_writes_is_read_back(table: list[list[str]]) -> None:
    """Cells with separators, quotes and line breaks come back as they were, but for blanks."""
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=";").writerows([HEADING.strip().split(";"), *table])
    try:
        sheet = read_sheet(written.getvalue().encode("utf-8", "replace"))
    except Failure:
        return
    expected = [[cell.strip() for cell in row] for row in table]
    kept = [row for row in expected if any(row)]
    assert [row for _, row in sheet.lines] == [
        [cell.encode("utf-8", "replace").decode().strip() for cell in row] for row in kept
    ]
