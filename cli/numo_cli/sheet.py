"""A file of users as schools export it: which encoding, which separator, which cells.

Its lines are read anew each time that they are asked for, so that no file is ever held as cells.
"""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from numo_cli.columns import known_columns
from numo_cli.failures import unreadable
from numo_cli.speech import later, say
from numo_cli.spreadsheet import SIGNATURES, open_spreadsheet

Line = tuple[int, list[str]]
"""A line's number in the file, and its cells."""

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SEPARATORS = {";": later("semicolon"), ",": later("comma"), "\t": later("tab")}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)


@dataclass(frozen=True)
class Sheet:
    """A header, and lines of cells below it."""

    form: str
    """What it was found to be: ``UTF-8, separated by semicolon``."""
    header: list[str]
    read: Callable[[], Iterator[Line]]
    """From the first line on, the header and empty ones too."""

    @property
    def lines(self) -> Iterator[Line]:
        """Those that have anything in them, below the header."""
        return islice(_filled(self.read()), 1, None)


def read_sheet(content: bytes) -> Sheet:
    """Read a file whatever it was exported by.

    Raises:
        Failure: it is no table of text.
    """
    if content.startswith(SIGNATURES):
        form, read = open_spreadsheet(content)
        return _sheet(form, read)
    text, encoding = _decode(content)
    text, separator = _separator(text)
    form = say(
        "{encoding}, separated by {separator}",
        encoding=encoding,
        separator=say(_SEPARATORS[separator]),
    )
    return _sheet(form, lambda: _csv_lines(text, separator))


def _sheet(form: str, read: Callable[[], Iterator[Line]]) -> Sheet:
    first = list(islice(_filled(read()), 2))
    if len(first) < 2:  # noqa: PLR2004  # a header and one user
        raise unreadable(
            say("The file has no users."), say("It needs a line of headings, then the users.")
        )
    return Sheet(form, first[0][1], read)


def _filled(lines: Iterator[Line]) -> Iterator[Line]:
    return (line for line in lines if any(line[1]))


def _csv_lines(text: str, separator: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error as error:
        message = say(
            "Line {number} cannot be read: {reason}.", number=reader.line_num, reason=error
        )
        raise unreadable(message, say("Is a quotation mark left open?")) from error


def _decode(content: bytes) -> tuple[str, str]:
    for bom, codec, name in _BOMS:
        if content.startswith(bom):
            return _strictly(content, codec), name
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return _strictly(content, "cp1252"), "Windows-1252"


def _strictly(content: bytes, codec: str) -> str:
    try:
        return content.decode(codec)
    except UnicodeDecodeError as error:
        raise unreadable(say("The file is not text."), say("Save it as CSV (UTF-8).")) from error


def _separator(text: str) -> tuple[str, str]:
    """The separator under which most headings are known; Excel's own ``sep=`` line goes first."""
    first, _, rest = text.partition("\n")
    stated = first.strip().strip('"').removeprefix("sep=")
    if first.strip().strip('"').startswith("sep=") and stated in _SEPARATORS:
        return rest, stated
    return text, max(_SEPARATORS, key=lambda each: _score(first, each))


def _score(heading: str, separator: str) -> tuple[int, int]:
    try:
        [cells] = csv.reader([heading.rstrip("\r\n")], delimiter=separator)
    except (csv.Error, ValueError):
        return 0, 0
    return len(known_columns(cells)), len(cells)
