"""``numo-sso keys``: the keys that a deployment signs and seals with."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from numo_cli.options import DryRun, Ticket, Yes  # noqa: TC001  # typer reads them

if TYPE_CHECKING:
    from numo_cli.desk import Desk

app = typer.Typer(help="Signing and cookie keys.", no_args_is_help=True)


class Rotated(StrEnum):
    SP = "sp"
    COOKIE = "cookie"
    PSEUDONYM = "pseudonym"


class Promoted(StrEnum):
    SP = "sp"
    COOKIE = "cookie"


@app.command()
def create(
    ctx: typer.Context,
    *,
    rotate: Annotated[
        Rotated | None, typer.Option(help="Put a new key beside this one; promote uses it.")
    ] = None,
    ticket: Ticket = None,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """Make the keys that are missing. A key that is there is left alone."""
    desk: Desk = ctx.obj
    if rotate and not dry_run:
        desk.confirm(f"Make a new {rotate.value} key?", yes=yes)
    desk.do("keys.create", rotate=rotate and rotate.value, ticket=ticket, dry_run=dry_run)


@app.command()
def promote(
    ctx: typer.Context,
    key: Promoted,
    *,
    ticket: Ticket = None,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """Use the new key that `keys create --rotate` has put beside the old one."""
    desk: Desk = ctx.obj
    if key is Promoted.SP and not dry_run:
        desk.confirm("Does Kennisnet have the new certificate?", yes=yes)
    desk.do("keys.promote", key=key.value, ticket=ticket, dry_run=dry_run)
