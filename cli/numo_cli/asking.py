"""A question that is answered by yes or no, in whichever of the two languages."""

from __future__ import annotations

import typer

from numo_cli.speech import say

_YES = ("y", "yes", "j", "ja")
_NO = ("", "n", "no", "nee")


def agreed(question: str) -> bool:
    """Ask until it is one or the other; nothing typed is no."""
    while True:
        choice = say("y/N")
        typed = typer.prompt(f"{question} [{choice}]", default="", show_default=False)
        answer = typed.strip().casefold()
        if answer in _YES or answer in _NO:
            return answer in _YES
        typer.echo(say("Answer y or n."))
