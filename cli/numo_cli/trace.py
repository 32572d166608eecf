"""``numo-sso trace``: one login by its reference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from numo_cli.screen import clock
from numo_cli.usage import Commands

if TYPE_CHECKING:
    from typer._click import Context

    from numo_cli.desk import Desk


class Traces(Commands):
    """Commands about traces; ``trace K7MQ-3XWD-9TRA`` is short for ``trace show``."""

    default = "show"

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Whatever is no command's name is a reference."""
        named = next((each for each in args if not each.startswith("-")), None)
        if named is not None and named not in self.commands:
            args = [self.default, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    help="Logins: trace REFERENCE tells one from start to outcome.",
    epilog="numo-sso trace K7MQ-3XWD-9TRA",
    no_args_is_help=True,
)


@app.command(epilog="numo-sso trace k7mq3xwd9tra")
def show(
    ctx: typer.Context,
    reference: Annotated[
        str, typer.Argument(metavar="REFERENCE", help="As it was read out; dashes do not matter.")
    ],
    *,
    days: Annotated[
        int | None,
        typer.Option(min=1, max=365, help="Search the log so far back. 30 if not said."),
    ] = None,
) -> None:
    """One login, told as a story, and what to do about it."""
    desk: Desk = ctx.obj
    answer = desk.must("trace.show", reference=reference, days=days)
    desk.screen.answer(answer, ["", ""], [_line(each) for each in answer["data"]["story"]])


def _line(told: dict[str, Any]) -> list[object]:
    return [clock(told["at"]), told["text"]]
