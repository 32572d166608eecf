"""``numo-sso sessions``: who is logged in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from numo_cli.options import DryRun, Ticket, Yes  # noqa: TC001  # typer reads them
from numo_cli.speech import say

if TYPE_CHECKING:
    from numo_cli.desk import Desk

app = typer.Typer(help="Sessions.", no_args_is_help=True)


@app.command("revoke-all")
def revoke_all(
    ctx: typer.Context, *, ticket: Ticket = None, dry_run: DryRun = False, yes: Yes = False
) -> None:
    """End every session of every school; all log in again."""
    desk: Desk = ctx.obj
    if not dry_run:
        desk.confirm(say("End every session of every school?"), yes=yes)
    desk.do("sessions.revoke_all", ticket=ticket, dry_run=dry_run)
