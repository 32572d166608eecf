"""No text for people stands outside the catalogue."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from texts import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SENTENCE = re.compile(r"[A-Za-z]{2,}[,;:]? [A-Za-z]{2,}|[a-z]{2,}[.?!]$|^s$")
"""Words, the end of a sentence, or the plural that makes two of one text."""
PIECE = re.compile(r"^[a-z]{3,} | [a-z]{3,} | [a-z]{3,}$")
"""A word beside a field: a sentence glued together."""
HEADING = re.compile(r"[A-Z][a-z]+")
NOT_FOR_PEOPLE = {
    "functions/numo_sso/support/checks/mail.py": "the mail to a school is Dutch, whoever asks",
    "functions/numo_sso/support/checks/mail_texts.py": "the same",
    "functions/numo_sso/support/logins/insights.py": "queries",
    "cli/numo_cli/words.py": "what is typed, for what either language says",
}
"""Files whose words are none of the catalogue's, and why."""
NO_SENTENCE = {
    "bold red": "a style",
    "by its name": "a code, which the command says",
    "does not take": "Typer's, to be recognised",
    "users.": "of an action's name",
    "Persoonscode": "Dutch and English",
    "Target": "a type",
    "STS is not at an https URL:": "of a deployment that is wrong: for its log",
    "nothing to mend": "caught where it is raised",
    "owners of IDGebrs": "of the trail",
    "traces of one person": "of the trail",
    "users without an IDGebr": "of the trail",
}
"""Others, and what they are."""


def test_no_text_for_people_stands_outside_the_catalogue() -> None:
    """Whatever reads as a sentence is said, or it is no text for people and stands above."""
    unsaid = [
        f"{path.relative_to(ROOT)}: {text!r}"
        for directory in ("functions/numo_sso/support", "cli/numo_cli")
        for path in sorted((ROOT / directory).rglob("*.py"))
        if str(path.relative_to(ROOT)) not in NOT_FOR_PEOPLE
        for text in sentences(path)
    ]
    assert unsaid == []


@pytest.mark.parametrize(
    ("code", "unsaid"),
    [
        ('told = "The school is there."', ["The school is there."]),
        ('told = f"{count} sessions"', [" sessions"]),
        ('told = say(f"{school} is there.")', ["is there."]),
        ('plural = "" if count == 1 else "s"', ["s"]),
        ('columns = ["Name", say("Role")]', ["Name"]),
        ('told = say("The school is there.")', []),
        ('key = f"school#{entrance}"', []),
    ],
)
def test_the_guard_finds_what_it_looks_for(tmp_path: Path, code: str, unsaid: list[str]) -> None:
    path = tmp_path / "code.py"
    path.write_text(code)
    assert list(sentences(path)) == unsaid


def sentences(path: Path) -> Iterator[str]:
    """What reads as one and is neither said, nor a docstring, nor a command as an example."""
    tree = ast.parse(path.read_text("utf-8"))
    apart = {id(each) for node in ast.walk(tree) for part in aside(node) for each in ast.walk(part)}
    for node in ast.walk(tree):
        if id(node) not in apart and SENTENCE.search(text := words(node)):
            yield text.strip()
        if isinstance(node, ast.JoinedStr):
            pieces = [each for each in node.values if id(each) not in apart]
            yield from (text for each in pieces if PIECE.search(text := words(each)))
        if isinstance(node, ast.List | ast.Tuple):  # as tables are headed
            yield from (text for each in node.elts if HEADING.fullmatch(text := words(each)))


def words(node: ast.AST) -> str:
    """Of a string that is no known exception."""
    text = node.value if isinstance(node, ast.Constant) else None
    return text if isinstance(text, str) and text.strip() not in NO_SENTENCE else ""


def aside(node: ast.AST) -> list[ast.expr]:
    """Parts of a node that hold no text outside the catalogue."""
    if isinstance(node, ast.Expr):
        return [node.value] if isinstance(node.value, ast.Constant) else []
    if isinstance(node, ast.AnnAssign):
        return [node.annotation]
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Name) and node.func.id in {"say", "later", "counted"}:
            return [each for each in node.args if isinstance(each, ast.Constant)]
        return [each.value for each in node.keywords if each.arg == "epilog"]
    return []
