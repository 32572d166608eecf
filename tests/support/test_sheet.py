"""Files of users, as schools and their systems export them."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from kit.spreadsheets import xlsx
from numo_cli.columns import find_columns, parse_mapping
from numo_cli.failures import Failure
from numo_cli.rows import chunks, make_rows
from numo_cli.sheet import read_sheet

MAGISTER = (
    "Stamnr;IDGebr;Roepnaam;Tussenv.;Achternaam;Klas\r\n"
    '0140136;77001;Zoë;"van de";"Berg; junior";1A\r\n'
)
WANTED = {
    "line": 2,
    "persoonscode": "0140136",
    "idgebr": "77001",
    "given_name": "Zoë",
    "infix": "van de",
    "surname": "Berg; junior",
    "group": "1A",
}


def rows_of(content: bytes, *mapping: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    sheet = read_sheet(content)
    rows, invalid = make_rows(sheet, find_columns(sheet.header, parse_mapping(mapping)))
    return list(rows), invalid


def failure_of(content: bytes, *mapping: str) -> Failure:
    with pytest.raises(Failure) as failure:
        rows_of(content, *mapping)
    assert failure.value.hint
    return failure.value


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("cp1252", "Windows-1252"),
        ("utf-16", "UTF-16"),
    ],
)
def test_every_usual_encoding_is_recognised(codec: str, name: str) -> None:
    """A name keeps its accents, whichever system wrote the file."""
    content = MAGISTER.encode(codec)
    assert read_sheet(content).form == f"{name}, separated by semicolon"
    assert rows_of(content) == ([WANTED], [])


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("E-mail,Achternaam,VOORNAAM,Gebruikersnaam\na@b.c,Puk,P,1\n", "comma"),
        ("username\tfirst name\tlast name\n1\tP\tPuk\n", "tab"),
        ("Stamnr;Voornaam, roepnaam;Achternaam;Voornaam\n1;x;Puk;P\n", "semicolon"),
        ("sep=;\nStamnr;Voornaam;Achternaam\n1;P;Puk\n", "semicolon"),
    ],
)
def test_separator_and_headings_are_found(text: str, separator: str) -> None:
    """Dutch or English, in any order and case, with the separator that fits the headings."""
    assert read_sheet(text.encode()).form.endswith(separator)
    [[row], invalid] = rows_of(text.encode())
    assert (row["persoonscode"], row["given_name"], row["surname"]) == ("1", "P", "Puk")
    assert invalid == []


def test_a_line_keeps_its_number_in_the_file() -> None:
    """Empty lines and cells of several lines shift no number."""
    text = 'Stamnr;Voornaam;Achternaam\n\n1;P;"P\nuk"\n;;\n2;Q;R\n'
    rows, _ = rows_of(text.encode())
    assert [(row["persoonscode"], row["line"]) for row in rows] == [("1", 4), ("2", 6)]


def test_mistakes_that_only_the_whole_file_shows_are_found() -> None:
    """Cells too few or too many, and codes that occur twice anywhere in it."""
    text = "Stamnr;Voornaam;Achternaam;IDGebr\n1;P;Q;9\n2;P\n1;R;S;\nx;T;U;9\n3;V;W;\n4;a;b;c;d\n"
    rows, invalid = rows_of(text.encode())
    assert [row["persoonscode"] for row in rows] == ["3"]
    assert sorted((each["line"], each["field"]) for each in invalid) == [
        (2, "idgebr"), (2, "persoonscode"), (3, "line"), (4, "persoonscode"), (5, "idgebr"),
        (7, "line"),
    ]  # fmt: skip


def test_two_columns_for_one_field_need_a_decision() -> None:
    """A file with both a student number and a user name says not which one logins carry."""
    text = b"Stamnr;Gebruikersnaam;Voornaam;Achternaam\n1;jan;P;Q\n"
    failure = failure_of(text)
    assert failure.code == "columns-ambiguous"
    assert "--map persoonscode=Gebruikersnaam" in failure.hint
    [[row], _] = rows_of(text, "persoonscode=gebruikersnaam")
    assert row["persoonscode"] == "jan"


@pytest.mark.parametrize(
    ("content", "mapping", "code"),
    [
        (b"Stamnr;Voornaam\n1;P\n", (), "columns-missing"),
        (b"a;b\n1;2\n", (), "columns-missing"),
        (b"Stamnr;Voornaam;Achternaam\n1;P;Q\n", ("role=Rol",), "column-unknown"),
        (b"Stamnr;Voornaam;Achternaam\n1;P;Q\n", ("rol=Stamnr",), "map-malformed"),
        (b"", (), "file-unreadable"),
        (b"Stamnr;Voornaam;Achternaam\n", (), "file-unreadable"),
        (b"PK\x03\x04rest", (), "file-unreadable"),
        (b"\xd0\xcf\x11\xe0rest", (), "file-unreadable"),
        (xlsx(["Stamnr", "Voornaam", "Achternaam"]), (), "file-unreadable"),
        (xlsx(), (), "file-unreadable"),
        (b'Stamnr;Voornaam;Achternaam\n1;"P;Q\n', (), "file-unreadable"),
        (b"Stamnr;Voornaam;Achternaam\n1;\x81\x8d;Q\n", (), "file-unreadable"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(
    content: bytes, mapping: tuple[str, ...], code: str
) -> None:
    """Nothing is sent of a file that is not understood."""
    assert failure_of(content, *mapping).code == code


HEADING = ["Stamnr", "Voornaam", "Achternaam", "IDGebr"]


def test_a_spreadsheet_is_read_as_a_csv_is() -> None:
    """Text cells keep their zeros, and lines their numbers, with empty ones in between."""
    content = xlsx(HEADING, [], ["0140136", "Zoë", "Puk", "077"], ["jan", "Jan", "Smit"])
    rows, invalid = rows_of(content)
    assert [(each["line"], each["persoonscode"], each["idgebr"]) for each in rows] == [
        (3, "0140136", "077"), (4, "jan", ""),
    ]  # fmt: skip
    assert invalid == []
    assert read_sheet(content).form == "the sheet Leerlingen of a spreadsheet"


def test_a_code_that_became_a_number_is_refused_by_name() -> None:
    """0140136 kept as 140136 is another pupil's; numbers in other columns harm nobody."""
    content = xlsx(
        HEADING, [140136, "A", "B"], ["2", "C", 7, 77001], ["3", "D", 8], [1.5, "E", "F"]
    )
    rows, invalid = rows_of(content)
    assert [(row["persoonscode"], row["surname"]) for row in rows] == [("3", "8")]
    assert [(each["line"], each["field"]) for each in invalid] == [
        (2, "persoonscode"), (3, "idgebr"), (5, "persoonscode"),
    ]  # fmt: skip
    assert "zeros in front are lost" in invalid[0]["reason"]
    assert "rounded" in invalid[2]["reason"]


def test_numbers_are_taken_when_no_code_begins_with_zero() -> None:
    """Said by whoever knows the school; what was rounded is no code all the same."""
    content = xlsx(HEADING, [140136, "A", "B", 77001], [1.2345678901234567e17, "C", "D"])
    sheet = read_sheet(content)
    rows, invalid = make_rows(sheet, find_columns(sheet.header, {}), plain_numbers=True)
    assert [(row["persoonscode"], row["idgebr"]) for row in rows] == [("140136", "77001")]
    assert [each["line"] for each in invalid] == [3]


def test_a_spreadsheet_made_to_fill_the_memory_is_refused() -> None:
    """Entities are not put in, and what unpacks to far more than a school is not unpacked."""
    entity = '<!DOCTYPE worksheet [<!ENTITY a "1"><!ENTITY b "&a;&a;&a;&a;">]>'
    bomb = xlsx(HEADING, ["1&b;", "A", "B"], before=entity)
    assert [row["persoonscode"] for row in rows_of(bomb)[0]] == ["1&b;"]
    large = io.BytesIO(xlsx(HEADING))
    with zipfile.ZipFile(large, "a", zipfile.ZIP_DEFLATED) as package:
        for number in range(5):
            package.writestr(f"xl/media/{number}", bytes(100_000_000))
    assert "too large" in failure_of(large.getvalue()).message


def test_chunks_hold_every_row_once_and_stay_small() -> None:
    """Requests stay far below what an invocation takes, in rows and in bytes."""
    rows = [{"line": n, "surname": "é" * 900} for n in range(1200)]
    parts = list(chunks(rows))
    assert [row for part in parts for row in part] == rows
    assert max(len(part) for part in parts) <= 500
    assert list(chunks([])) == []
