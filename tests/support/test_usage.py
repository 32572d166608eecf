"""A mistake in the command, told to people and to programs."""

from __future__ import annotations

import json
import re

import pytest
from typer import Typer
from typer.testing import CliRunner

from numo_cli.asking import agreed
from numo_cli.failures import Exit
from numo_cli.main import app
from numo_cli.usage import json_first
from numo_cli.words import as_typed


@pytest.mark.parametrize(
    ("typed", "message", "hint"),
    [
        ("--local --json school schow", "No such command 'schow'", "numo-sso school --help"),
        ("--json school activate -b 01AB", "--entrance", "numo-sso school activate --help"),
        ("--json users import no.csv -e a", "no.csv", "numo-sso users import --help"),
        ("--json school", "Missing command.", "numo-sso school --help"),
        ("school show --json", "ENTRANCE", "numo-sso school show --help"),
        ("--json --port 0 school list", "'--port' is a number from 1 to", "numo-sso --help"),
        ("--json metadata restore 0", "is a number, 1 or more", "numo-sso metadata restore --help"),
        ("--json keys publish", ": sp, cookie.", "numo-sso keys publish --help"),
        ("--json keys publish x", "is one of: sp, cookie.", "numo-sso keys publish --help"),
        ("--json school list --stat x", "Near to it: --state.", "numo-sso school list --help"),
        ("--json school list -q", "No such option: -q.", "numo-sso school list --help"),
        ("--json school resume a b", "b: that is too much", "numo-sso school resume --help"),
        ("--json school resume a -t", "Option -t needs a value.", "numo-sso --help"),
        ("--json school resume a --dry-run=1", "--dry-run takes no value.", "numo-sso --help"),
        ("--json school lst", "'lst'. Did you mean list?", "numo-sso school --help"),
    ],
)
def test_wrong_usage_is_json_for_programs(typed: str, message: str, hint: str) -> None:
    """With --json a mistake in the command is a document with code, message and hint."""
    done = CliRunner().invoke(app, typed.split(), prog_name="numo-sso")
    document = json.loads(done.stdout)
    assert (done.exit_code, document["ok"], document["error"]["code"]) == (2, False, "usage")
    assert message in document["error"]["message"]
    assert document["error"]["hint"] == f"See: {hint}"


@pytest.mark.parametrize(
    "typed", ["school list --json", "school --json list", "--json school list"]
)
def test_json_may_stand_anywhere(typed: str) -> None:
    """Before or after the subcommand, --json means the same; after a -- it is a value."""
    answer = {"ok": True, "data": {"schools": []}}
    done = CliRunner().invoke(app, typed.split(), obj=lambda _: lambda _: answer)
    assert (done.exit_code, json.loads(done.stdout)) == (Exit.DONE, answer)
    assert json_first(["school", "show", "--", "--json"]) == ["school", "show", "--", "--json"]


def test_people_see_wrong_usage_as_before() -> None:
    """Without --json the mistake goes to stderr, and stdout stays empty."""
    done = CliRunner().invoke(app, ["school", "schow"])
    assert (done.exit_code, done.stdout) == (Exit.USAGE, "")
    assert "schow" in done.stderr


@pytest.mark.parametrize(
    ("typed", "agrees"), [("j", True), ("ja", True), ("Y", True), ("", False), ("nee", False)]
)
def test_a_question_takes_yes_in_both_languages(typed: str, agrees: bool) -> None:
    """What is neither is asked again; nothing typed is no."""
    heard: list[bool] = []
    asks = Typer()
    asks.command()(lambda: heard.append(agreed("Import this?")))
    done = CliRunner().invoke(asks, input=f"perhaps\n{typed}\n")
    assert (done.exit_code, heard) == (Exit.DONE, [agrees])
    assert done.stdout.count("Import this? [y/N]: ") == 2


def test_the_command_says_its_version() -> None:
    """A report of a defect can name what was used."""
    done = CliRunner().invoke(app, ["--version"])
    assert done.exit_code == Exit.DONE
    assert re.fullmatch(r"numo-sso \d+\.\d+\.\d+\n", done.stdout)


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("To make one: school.activate with create and name.", "school activate --create --name"),
        ("school.activate with shared.", "school activate --shared."),
        ("To let it in again: school.resume for pette-flat.", "school resume pette-flat."),
        ("No users yet: users.import for a.", "users import FILE --entrance a."),
        ("Let them in: users.enable for a.", "users enable CODE --entrance a."),
        ("Look by name: users.find for a.", "users find TEXT --entrance a."),
        ("It is taken from the other with move.", "from the other with --move."),
        ("keys.create for sp, then keys.publish.", "keys create sp, then keys publish."),
        ("keys.retire for cookie, from 2026 on.", "keys retire cookie, from"),
        ("or metadata.refresh with document.", "metadata refresh --file FILE."),
        (
            "Ours: school.realm_add with authority and realm for a.",
            "school realm add a --authority AUTHORITY --realm REALM.",
        ),
        ("Undo it: school.realm_learn for a.", "school realm learn a."),
        ("See school.check for a.", "school check a."),
        ("Ours: school.brin_add for a.", "school brin add a."),
        ("If both are: school.brin_move with shared.", "school brin move --shared."),
        ("To let it in: school.activate for a.", "school activate --entrance a."),
        ("The same request with force.", "The same request with --yes."),
        ("A hub that names none: no_authority instead.", "none: --no-authority instead."),
        ("Mend users.csv, at petteflat.numo.nl.", "Mend users.csv, at petteflat.numo.nl."),
        ("Weer openzetten: school.resume voor pette-flat.", "school resume pette-flat."),
        ("Zoek: users.find voor a.", "users find TEXT --entrance a."),
        (
            "Maak hem: school.activate voor petteflat met create en name.",
            "school activate --entrance petteflat --create --name NAME.",
        ),
        (
            "Van ons: school.realm_add met authority en realm voor a.",
            "school realm add a --authority AUTHORITY --realm REALM.",
        ),
        ("Of metadata.refresh met document.", "metadata refresh --file FILE."),
        ("Hetzelfde verzoek met force.", "verzoek met --yes."),
        ("Neem het af met move.", "af met --move."),
    ],
)
def test_people_read_what_they_can_type(said: str, typed: str) -> None:
    """The function names actions and fields; the command says them as it takes them."""
    assert typed in as_typed(said)
