"""``numo-sso users import``: what is shown, what is asked, and what an interruption leaves."""

from __future__ import annotations

import csv
import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from kit.spreadsheets import xlsx
from numo_cli.columns import find_columns
from numo_cli.csv_out import ENCODING
from numo_cli.desk import Desk
from numo_cli.failures import Exit, Failure
from numo_cli.rows import Rows
from numo_cli.sheet import read_sheet
from numo_cli.target import Target
from numo_cli.users_import import Import
from numo_sso.support.imports.lease import LEASE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

    from kit.support import Deployment

HERE = ("-e", "petteflat")
HEADING = "Stamnr;Voornaam;Achternaam;IDGebr"


@pytest.fixture
def users(petteflat: Callable[..., Result], tmp_path: Path) -> Callable[..., Result]:
    """Imports these lines into a school that there is."""

    def typed(lines: list[str], *options: str) -> Result:
        path = tmp_path / "users.csv"
        path.write_text("\n".join((HEADING, *lines)), "utf-8")
        return petteflat("users", "import", str(path), *HERE, *options)

    return typed


def people(first: int, last: int, surname: str = "Puk") -> list[str]:
    return [f"{number:04};Pietje;{surname};9{number:04}" for number in range(first, last)]


def test_a_spreadsheet_goes_in_as_a_csv_does(
    petteflat: Callable[..., Result], numo: Deployment, tmp_path: Path
) -> None:
    """Its sheet is named; a code that became a number is shown and stops the import."""
    path = tmp_path / "users.xlsx"
    path.write_bytes(xlsx(HEADING.split(";"), ["0140136", "Zoë", "Puk"], [140137, "Bo", "Smit"]))
    typed = ("users", "import", str(path), *HERE, "--yes")
    refused = petteflat(*typed)
    assert "2 lines; the sheet Leerlingen of a spreadsheet." in refused.stdout
    assert "zeros in front are lost" in refused.stdout
    assert refused.exit_code == Exit.REFUSED
    assert petteflat(*typed, "--plain-numbers").exit_code == Exit.DONE
    assert {"persoonscode#0140136", "persoonscode#140137"} == set(numo.roster("petteflat"))


def test_bad_lines_are_written_to_send_back(users: Callable[..., Result], tmp_path: Path) -> None:
    """Each once, with every reason and its own cells, and without a cell that computes."""
    out = tmp_path / "bad.csv"
    bad = ["=1+1;Q;;9", ";R;S;", "5;T;U;9", "6;V"]
    done = users([*people(1, 3), *bad], "--bad-lines", str(out))
    assert done.exit_code == Exit.REFUSED
    assert "4 lines to send back" in done.stdout
    rows = list(csv.DictReader(out.read_text(ENCODING).splitlines(), delimiter=";"))
    assert [each["line"] for each in rows] == ["4", "5", "6", "7"]
    assert [each["Stamnr"] for each in rows] == ["'=1+1", "", "5", "6"]
    assert rows[0]["column"] == "idgebr"
    assert "persoonscode is empty" in rows[1]["reason"]
    assert rows[3]["reason"] == "line has 2 cells where the heading has 4"
    nowhere = users(bad, "--bad-lines", str(tmp_path / "no" / "bad.csv"))
    assert isinstance(nowhere.exception, Failure)
    assert nowhere.exception.code == "file-unwritable"


def test_the_plan_tells_all_that_a_file_would_do(users: Callable[..., Result]) -> None:
    """New, changed, unchanged, missing, twice in the file, and another name."""
    assert users(people(0, 8), "--yes").exit_code == Exit.DONE
    lines = [*people(0, 3), *people(3, 5, "Puck"), "0005;Bo;Smit;", "9;A;B;", "9;A;B;", "10;C;D;"]
    done = users(lines, "--dry-run", "--skip-invalid")
    told = (
        "1 new, 2 changed, 3 unchanged, 2 invalid, 2 of them twice in the file, "
        "1 with another name, 2 missing from the file."
    )
    assert told in done.stdout
    assert "Missing from the file: ••••, ••••" in done.stdout
    assert "--accept-reused" in done.stdout
    assert "is known with another name" in done.stdout


def test_removing_needs_a_file_without_doubt_and_a_word(
    users: Callable[..., Result], numo: Deployment
) -> None:
    """A line that cannot be read may be somebody who would be removed."""
    assert users(people(0, 10), "--yes").exit_code == Exit.DONE
    assert users(people(0, 9), "--yes").exit_code == Exit.DONE
    assert len(numo.roster("petteflat")) == 20
    doubt = users([*people(0, 8), "0008;P"], "--remove-missing", "--skip-invalid", "--yes")
    assert doubt.exit_code == Exit.REFUSED
    assert "not certain" in doubt.stderr
    asked = users(people(0, 9), "--remove-missing")
    assert isinstance(asked.exception, Failure)
    assert "1 user would be removed." in asked.exception.message
    done = users(people(0, 9), "--remove-missing", "--yes")
    assert "1 removed" in done.stdout
    assert len(numo.roster("petteflat")) == 18


def test_a_large_change_is_said_before_it_is_asked(users: Callable[..., Result]) -> None:
    """And so is a file that knows nobody of the school."""
    assert users(people(0, 30), "--yes").exit_code == Exit.DONE
    asked = users(people(0, 25, "Puck"))
    assert isinstance(asked.exception, Failure)
    assert "More than a fifth of its 30 users: 25 changed." in asked.exception.message
    assert users(people(0, 25, "Puck"), "--yes").exit_code == Exit.DONE
    other = users(people(500, 503))
    assert isinstance(other.exception, Failure)
    assert "Nobody in this file is known there." in other.exception.message


def test_programs_get_the_whole_plan(users: Callable[..., Result]) -> None:
    """With --json, under a dry run and after the import."""
    assert users(people(0, 3), "--yes", "--json").exit_code == Exit.DONE
    document = json.loads(users(people(1, 3), "--remove-missing", "--yes", "--json").stdout)
    counts = document["data"]["counts"]
    assert (counts["removed"], counts["changed"], counts["unchanged"]) == (1, 0, 2)
    assert document["dry_run"] is False


class _Cut(Exception):  # noqa: N818  # a line that broke
    """The connection is gone."""


class _Line:
    """A line to the support function that breaks at one request, before or after it is done."""

    def __init__(self, numo: Deployment, at: int, *, reply_only: bool) -> None:
        self.numo, self.at, self.reply_only = numo, at, reply_only
        self.asked = 0

    def __call__(self, request: dict[str, Any]) -> dict[str, Any]:
        self.asked += 1
        broken = self.asked == self.at
        if broken and not self.reply_only:
            raise _Cut
        answer = self.numo.ask(**json.loads(json.dumps(request)))
        if broken:
            raise _Cut
        return answer


@pytest.mark.parametrize("reply_only", [False, True])
def test_cut_at_any_request_the_same_file_completes_it(
    activated: Deployment, *, reply_only: bool
) -> None:
    """Whichever request or reply is lost: nothing doubled, nothing lost, and no waiting."""
    at = 0
    while True:
        at += 1
        restore(activated)
        line = _Line(activated, at, reply_only=reply_only)
        try:
            import_through(line)
        except _Cut:
            activated.now += 1
            import_through(_Line(activated, 0, reply_only=False))
        assert activated.roster("petteflat").keys() == EXPECTED
        assert activated.roster("petteflat")["idgebr#90000"]["surname"] == "Puck"
        if line.asked < at:
            break
    assert at == 1 + len(REQUESTS)


FILE = "\n".join((HEADING, *people(0, 2, "Puck"), *people(6, 8)))
EXPECTED = {
    f"{kind}{number:04}" for kind in ("persoonscode#", "idgebr#9") for number in (0, 1, 6, 7)
}
REQUESTS = (
    "begin to look", "look", "look", "compare", "begin", "import", "import", "remove", "end",
)  # fmt: skip


def import_through(line: _Line) -> None:
    """The file, two rows a request, over this line."""
    target = Target(local=True, port=1, profile=None, region=None, stack="")
    sheet = read_sheet(FILE.encode())
    work = Import(
        Desk(target, lambda _: line, as_json=True),
        Rows(sheet, find_columns(sheet.header, {})),
        entrance="petteflat",
        ticket=None,
        file_sha256=sha256(FILE.encode()).hexdigest(),
        move_idgebr=False,
        accept_reused=False,
        remove_missing=True,
        chunk_rows=2,
    )
    work.plan()
    if work.work:
        work.write()


def restore(numo: Deployment) -> None:
    """As before the import: four users, two of whom the file lacks, and nobody at work."""
    numo.now += LEASE_SECONDS
    for item in numo.world.tables.user.query("petteflat"):
        item.delete()
    rows = [
        {"persoonscode": f"{n:04}", "given_name": "Pietje", "surname": "Puk", "idgebr": f"9{n:04}"}
        for n in range(4)
    ]
    numo.done("users.import", entrance="petteflat", rows=rows)
