"""``numo-sso school mail``: the reply to a school, ready to be copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from numo_cli.options import EntranceArgument  # noqa: TC001  # typer reads it
from numo_cli.words import as_typed

if TYPE_CHECKING:
    from numo_cli.desk import Desk


def mail(ctx: typer.Context, entrance: EntranceArgument) -> None:
    desk: Desk = ctx.obj
    answer = desk.must("school.mail", entrance=entrance)
    if desk.screen.as_json:
        desk.screen.json(answer)
        return
    typer.echo(f"Onderwerp: {answer['data']['subject']}\n")  # it is Dutch, whoever sends it
    typer.echo(answer["data"]["body"])
    for step in answer["next_steps"]:
        typer.echo(as_typed(step), err=True)
