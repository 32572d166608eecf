"""What every command has at hand: the support function, asked when first needed, and a screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

import typer

from numo_cli.asking import agreed
from numo_cli.failures import Exit, Failure
from numo_cli.screen import Screen
from numo_cli.speech import say, spoken

if TYPE_CHECKING:
    from numo_cli.target import Target

Invoke = Callable[[dict[str, Any]], dict[str, Any]]
Connect = Callable[["Target"], Invoke]


def connect(target: Target) -> Invoke:
    """Find the support function of ``target``."""
    # Imported here: `--help` and `local` need no AWS client, which takes a third of a second.
    from numo_cli import lambda_client  # noqa: PLC0415

    return lambda_client.connect(target).invoke


class Desk:
    """One command's means."""

    def __init__(self, target: Target, connect: Connect, *, as_json: bool) -> None:
        self.target = target
        self.screen = Screen(as_json=as_json)
        self._connect = connect

    @cached_property
    def _invoke(self) -> Invoke:
        return self._connect(self.target)

    def ask(self, action: str, **fields: Any) -> dict[str, Any]:
        """The answer, whatever it is; fields that are None are left out.

        Raises:
            Failure: there is no answer.
        """
        request = {"action": action} | {k: v for k, v in fields.items() if v is not None}
        language = spoken()
        return self._invoke(request if language == "en" else request | {"language": language})

    def must(self, action: str, **fields: Any) -> dict[str, Any]:
        """The answer, where it is ok; else the command ends with the error."""
        answer = self.ask(action, **fields)
        if not answer["ok"]:
            error = answer["error"]
            self.screen.error(error["code"], error["message"], error["hint"], error.get("details"))
            raise typer.Exit(Exit.REFUSED)
        return answer

    def do(self, action: str, **fields: Any) -> None:
        """Ask, and show the answer."""
        self.screen.answer(self.must(action, **fields))

    def confirm(self, question: str, *, yes: bool) -> None:
        """Go on only when told to; where nobody can be asked, ``--yes`` must have been given."""
        if yes:
            return
        if self.screen.as_json or not self.screen.out.is_terminal:
            raise Failure(
                Exit.USAGE,
                "not-confirmed",
                say("{question} Nobody is here to ask.", question=question),
                say("Add --yes."),
            )
        if not agreed(question):
            self.screen.tell(say("Nothing was changed."))
            raise typer.Exit(Exit.DONE)
