"""``numo-sso users``: what people type about one user, and what they get."""

from __future__ import annotations

import csv
import json
import stat
from typing import TYPE_CHECKING

import pytest

from numo_cli.csv_out import ENCODING
from numo_cli.failures import Exit, Failure

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

    from kit.support import Deployment

HERE = ("-e", "petteflat")
EVIL = "=HYPERLINK(1)"


@pytest.fixture
def users(petteflat: Callable[..., Result], tmp_path: Path) -> Callable[..., Result]:
    """Types below ``users``, for a school with two."""
    path = tmp_path / "in.csv"
    path.write_text(f"Stamnr;Voornaam;Achternaam;IDGebr\n0140136;Zoë;Puk;77001\n2;Bo;{EVIL};\n")
    assert petteflat("users", "import", str(path), *HERE, "--yes").exit_code == Exit.DONE
    return lambda *typed: petteflat("users", *typed)


def test_a_user_is_found_and_shown_masked(users: Callable[..., Result]) -> None:
    """A line a user; in full when asked; what stops a login is below."""
    line = users("find", "zoe", *HERE).stdout.splitlines()[2]
    assert line.split() == ["•••••36", "•••01", "Z.", "P.", "pupil", "active"]
    assert "Zoë Puk" in users("find", "zoe", *HERE, "--personal-data").stdout
    shown = users("show", "77001", "--idgebr", *HERE).stdout
    assert "can log in" in shown
    assert "•••••36" in shown
    assert "Zoë Puk" in users("show", "0140136", *HERE, "--personal-data").stdout


def test_a_user_is_changed_by_one_command(users: Callable[..., Result], numo: Deployment) -> None:
    """Each says what it did, and a dry run does nothing."""
    assert "disabled" in users("disable", "0140136", *HERE, "-t", "NUMO-1").stdout
    assert "users enable CODE --entrance petteflat" in users("show", "0140136", *HERE).stdout
    assert users("enable", "77001", "--idgebr", *HERE).exit_code == Exit.DONE
    assert "--move" in users("link", "2", "77001", *HERE).stderr
    assert users("link", "2", "77001", *HERE, "--move").exit_code == Exit.DONE
    assert users("unlink", "2", *HERE, "--dry-run").exit_code == Exit.DONE
    assert numo.roster("petteflat")["idgebr#77001"]["persoonscode"] == "2"


def test_erasing_asks_first(users: Callable[..., Result], numo: Deployment) -> None:
    """Nobody is erased by a command that nobody confirmed."""
    assert isinstance(users("erase", "2", *HERE).exception, Failure)
    assert users("erase", "2", *HERE, "--dry-run").exit_code == Exit.DONE
    assert len(numo.roster("petteflat")) == 3
    assert users("erase", "2", *HERE, "--yes").exit_code == Exit.DONE
    assert "persoonscode#2" not in numo.roster("petteflat")


def test_users_are_exported_for_a_spreadsheet(users: Callable[..., Result], tmp_path: Path) -> None:
    """Readable by its maker alone, masked, and without a cell that computes."""
    out = tmp_path / "out.csv"
    assert "2 users written" in users("export", *HERE, "--out", str(out)).stdout
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert "Zoë" not in out.read_text(ENCODING)
    again = users("export", *HERE, "--out", str(out))
    assert isinstance(again.exception, Failure)
    assert again.exception.code == "file-unwritable"
    printed = users("export", *HERE, "--personal-data").stdout.splitlines()
    rows = list(csv.DictReader(printed, delimiter=";"))
    assert [each["persoonscode"] for each in rows] == ["0140136", "2"]
    assert rows[1]["surname"] == f"'{EVIL}"


def test_one_persons_data_is_a_document(users: Callable[..., Result], tmp_path: Path) -> None:
    """In a file, or on the screen as JSON; a code that nobody has makes no file."""
    out = tmp_path / "zoe.json"
    assert users("export", *HERE, "--code", "0140136", "--out", str(out)).exit_code == Exit.DONE
    assert json.loads(out.read_text())["user"]["given_name"] == "Zoë"
    shown = json.loads(users("export", *HERE, "--code", "77001", "--idgebr").stdout)
    assert shown["data"]["school"]["entrance"] == "petteflat"
    none = tmp_path / "none.json"
    assert users("export", *HERE, "--code", "9", "--out", str(none)).exit_code == Exit.REFUSED
    assert not none.exists()


def test_programs_get_all_users_as_one_document(
    petteflat: Callable[..., Result], users: Callable[..., Result]
) -> None:
    """With --json and without a file."""
    assert users("find", "zoe", *HERE).exit_code == Exit.DONE
    done = petteflat("--json", "users", "export", *HERE)
    assert [each["role"] for each in json.loads(done.stdout)["data"]["users"]] == ["pupil"] * 2
