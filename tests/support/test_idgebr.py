"""A file of Stamnr and IDGebr: to the right user, and nobody is made."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pytest

from kit.support import row
from numo_cli.csv_out import ENCODING
from numo_cli.failures import Exit, Failure

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

    from kit.support import Deployment

HERE = ("-e", "petteflat")


def link(persoonscode: str, idgebr: str = "", **fields: Any) -> dict[str, Any]:
    return {"persoonscode": persoonscode, "idgebr": idgebr} | fields


def ask(numo: Deployment, *rows: dict[str, Any], **fields: Any) -> dict[str, Any]:
    data: dict[str, Any] = numo.done(
        "users.idgebr", entrance="petteflat", rows=list(rows), **fields
    )["data"]
    return data


@pytest.fixture
def school(activated: Deployment) -> Deployment:
    """Three users; one is staff with more about her, one has an IDGebr."""
    rows = [
        row("1", role="docent", mail="a@b.example", infix="de"),
        row("2", idgebr="92"),
        row("3"),
    ]
    activated.done("users.import", entrance="petteflat", rows=rows)
    return activated


def test_an_idgebr_comes_to_the_right_user(school: Deployment) -> None:
    """All else of that user stays, nobody is made, and what matches nobody is told by line."""
    data = ask(school, link("1", "91"), link("3"), link("03", "93"), link("9", "99"))
    told = {name: data["counts"][name] for name in ("changed", "new", "nobody", "empty")}
    assert told == {"changed": 1, "new": 0, "nobody": 2, "empty": 1}
    assert data["nobody"] == [3, 4]
    roster = school.roster("petteflat")
    assert roster.keys() == {f"persoonscode#{n}" for n in "123"} | {"idgebr#91", "idgebr#92"}
    one = roster["idgebr#91"]
    assert (one["persoonscode"], one["role"], one["mail"], one["infix"]) == (
        "1", "teacher", "a@b.example", "de",
    )  # fmt: skip
    assert ask(school, link("1", "91"))["counts"]["unchanged"] == 1


def test_it_is_an_import_in_all_else(school: Deployment) -> None:
    """Bad rows stop it, another's IDGebr stays theirs, and a dry run changes nothing."""
    asked = {"entrance": "petteflat", "rows": [link("1", "92")]}
    refused = school.refused("users.idgebr", **asked)
    assert refused["details"]["invalid"][0]["field"] == "idgebr"
    for bad in (link("", "9"), link("1", "1,4E+05"), link("1", "9", given_name="x")):
        error = school.refused("users.idgebr", entrance="petteflat", rows=[bad, link("3", "93")])
        assert error["code"] == "rows-invalid"
    ask(school, link("3", "93"), dry_run=True)
    assert "idgebr#93" not in school.roster("petteflat")
    ask(school, link("1", "92"), may_move=["92"])
    assert school.roster("petteflat")["idgebr#92"]["persoonscode"] == "1"
    asked = {"entrance": "petteflat", "file_sha256": "a" * 64}
    school.done("users.import_begin", **asked)
    error = school.refused("users.idgebr", entrance="petteflat", rows=[link("3", "93")])
    assert error["code"] == "import-underway"


def test_who_has_none_is_listed(school: Deployment) -> None:
    """Masked, unless asked for in full, which the trail keeps."""
    data = school.done("users.unlinked", entrance="petteflat", personal_data=True)["data"]
    assert [each["persoonscode"] for each in data["users"]] == ["1", "3"]
    assert school.audit()[-1]["after"] == {"read": "unlinked", "users": 2}
    masked = school.done("users.unlinked", entrance="petteflat")["data"]["users"]
    assert [each["persoonscode"] for each in masked] == ["•", "•"]


def test_the_command_proposes_the_switch(
    petteflat: Callable[..., Result], numo: Deployment, tmp_path: Path
) -> None:
    """Lines of nobody, who has none yet, the coverage, and the command that switches."""
    numo.done("users.import", entrance="petteflat", rows=[row("01"), row("02"), row("03")])
    path, out = tmp_path / "idgebr.csv", tmp_path / "terug.csv"
    path.write_text("IDGebr;Stamnr;Voornaam\n91;01;A\n92;02;B\n99;9;C\n", "utf-8")
    typed = ("users", "idgebr", str(path), *HERE)
    assert isinstance(petteflat(*typed).exception, Failure)
    dry = petteflat(*typed, "--dry-run")
    assert "Lines that match nobody: 4" in dry.stdout
    done = petteflat(*typed, "--bad-lines", str(out), "--yes")
    assert done.exit_code == Exit.DONE
    assert "2 changed" in done.stdout
    assert "1 match nobody" in done.stdout
    assert "Users without an IDGebr: 1." in done.stdout
    assert "Users who could log in: 3 by persoonscode, 2 by idgebr." in done.stdout
    assert "numo-sso school match-rule petteflat idgebr" in done.stdout
    [bad] = csv.DictReader(out.read_text(ENCODING).splitlines(), delimiter=";")
    assert (bad["line"], bad["Stamnr"], bad["reason"]) == ("4", "9", "persoonscode is nobody's")
    none = tmp_path / "none.csv"
    none.write_text("Stamnr;Voornaam;Achternaam\n01;A;B\n", "utf-8")
    refused = petteflat("users", "idgebr", str(none), *HERE)
    assert isinstance(refused.exception, Failure)
    assert refused.exception.code == "columns-missing"
