"""What Typer puts around every command (usage, ``--help``, completion), said as the rest is.

What Typer looks up with gettext is in a catalogue for it (``speech.let_typer_speak``); what it
writes out is said here, by methods that its classes are made to be extended by.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from typer._click import Command as AnyCommand  # typer exports it under no other name
from typer.core import TyperCommand, TyperGroup, TyperOption

from numo_cli.speech import say

if TYPE_CHECKING:
    from typer._click import Context, HelpFormatter, Parameter

_HELP = {
    "help": say("Show this message and exit."),
    "install_completion": say("Install completion for the current shell."),
    "show_completion": say("Show completion for the current shell, to copy or change it."),
}
"""Of Typer's own options, by their names."""


class _Framed(AnyCommand):
    """A command or a group, with its frame in the language spoken."""

    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, say("Usage: "))

    def get_params(self, ctx: Context) -> list[Parameter]:
        params = super().get_params(ctx)
        for each in params:
            if isinstance(each, TyperOption) and each.name in _HELP:
                each.help = _HELP[each.name]
        return params


class FramedCommand(_Framed, TyperCommand):
    """One command."""

    allow_extra_args = True

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """What is typed too much is refused here, in our words."""
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            ctx.fail(say("{words}: that is too much here.", words=" ".join(rest)))
        return rest


class FramedGroup(_Framed, TyperGroup):
    """Commands below one name."""

    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, AnyCommand | None, list[str]]:
        """What is nearly a command's name is refused here, in our words."""
        name, *_ = args
        unknown = name not in self.commands and not name.startswith("-")
        if (
            unknown
            and not ctx.resilient_parsing
            and (near := get_close_matches(name, self.commands))
        ):
            ctx.fail(
                say(
                    "No such command {name!r}. Did you mean {near}?",
                    name=name,
                    near=", ".join(near),
                )
            )
        return super().resolve_command(ctx, args)
