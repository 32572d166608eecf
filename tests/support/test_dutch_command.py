"""The command in a terminal whose locale is Dutch, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from kit.english import english_in
from numo_cli.failures import Exit
from numo_cli.speech import language_of_terminal, speaking

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

    from numo_local.process import RunningStack
    from numo_sso.support.speech import Language

DUTCH = {"LANGUAGE": "", "LC_ALL": "nl_NL.UTF-8", "PYTHONUTF8": "1", "TERMINAL_WIDTH": "200"}
EVERY_HELP = """
import os
from numo_cli.speech import language_of_terminal, let_typer_speak, speaking

let_typer_speak(language_of_terminal(os.environ), os.environ)
with speaking(language_of_terminal(os.environ)):
    from typer.main import get_command
    from numo_cli.main import app

    def show(command, context):
        command.get_help(context)
        for name, each in getattr(command, "commands", {}).items():
            show(each, type(context)(each, info_name=name, parent=context))

    root = get_command(app)
    show(root, root.context_class(root, info_name="numo-sso"))
"""


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  # our own interpreter, and our own program
        [sys.executable, *command],
        env={**os.environ, **DUTCH},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def numo_sso(typed: str) -> subprocess.CompletedProcess[str]:
    return run("-c", "from numo_cli.start import main; main()", *typed.split())


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANG": "nl_NL.UTF-8"}, "nl"),
        ({"LANG": "nl_BE"}, "nl"),
        ({"LANG": "nl_NL.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "nl_NL.UTF-8"}, "nl"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "", "LANGUAGE": "nl:en"}, "nl"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_locale_says_which_language(environ: dict[str, str], language: Language) -> None:
    """As gettext reads it: what is set first in its order, and not empty."""
    assert language_of_terminal(environ) == language


def test_a_developers_locale_changes_no_test() -> None:
    """Tests start commands in their own surroundings, which say English."""
    assert language_of_terminal(os.environ | {"LC_ALL": "nl_NL.UTF-8"}) == "en"


def test_english_is_found_however_it_is_wrapped() -> None:
    """What the tests below look for."""
    assert english_in("│ Save it  │\n│ again as UTF-8. │") == ["Save it again as UTF-8."]


def test_the_help_of_every_command_is_dutch() -> None:
    """Ours, and Typer's frame around it."""
    done = run("-c", EVERY_HELP)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("Gebruik: numo-sso") > 50
    assert "Laat een school binnen" in done.stdout
    assert english_in(done.stdout) == []
    for word in ("Usage", "Options", "Arguments", "Commands", "required", "default:", "[ARGS]"):
        assert word not in done.stdout


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        ("school activate", 2, "Optie '--entrance' / '-e' ontbreekt."),
        ("school schow a", 2, "Deze opdracht is er niet: 'schow'. Bedoel je show?"),
        ("school zzz", 2, "Deze opdracht is er niet: 'zzz'."),
        ("--json school", 2, "Er ontbreekt een opdracht."),
        ("users import no.csv -e a", 2, "Er is geen leesbaar bestand no.csv."),
        ("--local --port 9 school list", 3, "Op http://127.0.0.1:9 antwoordt geen lokale stack."),
    ],
)
def test_a_mistake_and_a_failure_are_said_in_dutch(typed: str, code: int, said: str) -> None:
    """By the command itself, which then asks no function."""
    done = numo_sso(typed)
    told = done.stdout + done.stderr
    assert done.returncode == code
    assert said in told
    assert english_in(told) == []


def test_an_answer_is_dutch_through_and_through(stack: RunningStack) -> None:
    """The command asks the function in its own language, over the Lambda API."""
    done = numo_sso(f"--local --port {stack.port} school list")
    assert (done.returncode, done.stderr) == (0, "")
    heading = next(line for line in done.stdout.splitlines() if "Ingang" in line)
    assert heading.split() == ["Ingang", "Naam", "Staat", "BRIN", "Gewijzigd", "Ticket"]
    assert english_in(done.stdout) == []


def test_lines_to_send_back_are_told_in_dutch(
    petteflat: Callable[..., Result], tmp_path: Path
) -> None:
    """The school reads them; the table on the screen says the same."""
    file, back = tmp_path / "users.csv", tmp_path / "terug.csv"
    file.write_text("Stamnr;Voornaam;Achternaam\n1;Zoë;Puk\n2;Bo;Smit;1A\n", "utf-8")
    with speaking("nl"):
        done = petteflat("users", "import", str(file), "-e", "petteflat", "--bad-lines", str(back))
    assert done.exit_code == Exit.REFUSED
    assert f"1 regel om terug te sturen: {back}" in done.stdout
    assert "1 nieuw, 0 gewijzigd, 0 ongewijzigd, 1 ongeldig." in done.stdout
    assert "regel  heeft 4 cellen waar de kop er 3 heeft" in done.stdout
    lines = back.read_text("utf-8-sig").splitlines()
    assert lines[0] == "regel;kolom;reden;Stamnr;Voornaam;Achternaam"
    assert lines[1].startswith("3;regel;regel heeft 4 cellen waar de kop er 3 heeft;2;Bo;")
