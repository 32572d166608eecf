"""A file of users as schools export it: which encoding, which separator, which cells."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass

from numo_cli.columns import known_columns
from numo_cli.failures import Exit, Failure

_SEPARATORS = {";": "semicolon", ",": "comma", "\t": "tab"}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)


@dataclass(frozen=True)
class Sheet:
    """A header and lines of cells, each with its number in the file."""

    encoding: str
    separator: str
    header: list[str]
    lines: list[tuple[int, list[str]]]


def read_sheet(content: bytes) -> Sheet:
    """Read a file whatever it was exported by.

    Raises:
        Failure: it is no table of text.
    """
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise _unreadable("This is a spreadsheet.", "Save it as CSV (UTF-8), then import that.")
    text, encoding = _decode(content)
    text, separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        lines = [(reader.line_num, [cell.strip() for cell in line]) for line in reader]
    except csv.Error as error:
        message = f"Line {reader.line_num} cannot be read: {error}."
        raise _unreadable(message, "Is a quotation mark left open?") from error
    lines = [line for line in lines if any(line[1])]
    if len(lines) < 2:  # noqa: PLR2004  # a header and one user
        raise _unreadable("The file has no users.", "It needs a line of headings, then the users.")
    return Sheet(encoding, _SEPARATORS[separator], lines[0][1], lines[1:])


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
        raise _unreadable("The file is not text.", "Save it as CSV (UTF-8).") from error


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


def _unreadable(message: str, hint: str) -> Failure:
    return Failure(Exit.REFUSED, "file-unreadable", message, hint)
