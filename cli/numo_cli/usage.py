"""Mistakes in the command itself: for people as typer shows them, for programs as JSON."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from typer._click.exceptions import UsageError  # typer exports only its subclass BadParameter

from numo_cli.failures import Exit
from numo_cli.frame import FramedGroup
from numo_cli.mistakes import in_our_words
from numo_cli.screen import Screen
from numo_cli.speech import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typer._click import Context

_JSON = "--json"


class Commands(FramedGroup):
    """All commands; with ``--json`` wrong usage too is one JSON document."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> Any:
        """Run what was typed, wherever in it ``--json`` stands."""
        typed = json_first(sys.argv[1:] if args is None else args)
        if typed[:1] != [_JSON]:
            return super().main(typed, *rest, **options)
        try:
            code = super().main(typed, *rest, **options | {"standalone_mode": False})
        except UsageError as error:
            Screen(as_json=True).error("usage", error.format_message(), _hint(error))
            code = Exit.USAGE
        sys.exit(code)

    def make_context(self, *given: Any, **options: Any) -> Context:
        with in_our_words():
            return super().make_context(*given, **options)

    def invoke(self, ctx: Context) -> Any:
        with in_our_words():
            return super().invoke(ctx)

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """A group without a command shows its help, but not to a program."""
        if not args and ctx.find_root().params.get("json"):
            raise UsageError(say("Missing command."), ctx)
        return super().parse_args(ctx, args)


def json_first(typed: Sequence[str]) -> list[str]:
    """``--json`` is said of the whole command, so it may stand anywhere before a ``--``."""
    end = typed.index("--") if "--" in typed else len(typed)
    if _JSON not in typed[:end]:
        return list(typed)
    return [_JSON, *(each for each in typed[:end] if each != _JSON), *typed[end:]]


def _hint(error: UsageError) -> str:
    path = error.ctx.command_path if error.ctx else "numo-sso"
    return say("See: {command} --help", command=path)
