"""``numo-sso school mail``: the reply to a school, ready to be copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from numo_cli.options import EntranceArgument  # noqa: TC001  # typer reads it
from numo_cli.speech import say
from numo_cli.words import as_typed

if TYPE_CHECKING:
    from numo_cli.desk import Desk


def mail(ctx: typer.Context, entrance: EntranceArgument) -> None:
    """Print the Dutch reply: activated and how to test, or what is missing and who does what."""
    desk: Desk = ctx.obj
    answer = desk.must("school.mail", entrance=entrance)
    if desk.screen.as_json:
        desk.screen.json(answer)
        return
    typer.echo(say("Onderwerp: {subject}\n", subject=answer["data"]["subject"]))
    typer.echo(answer["data"]["body"])
    for step in answer["next_steps"]:
        typer.echo(as_typed(step), err=True)
