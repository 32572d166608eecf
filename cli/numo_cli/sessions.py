"""``numo-sso sessions``: who is logged in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer  # noqa: TC002  # typer reads the annotations

from numo_cli.group import Group
from numo_cli.options import DryRun, Ticket, Yes  # noqa: TC001  # typer reads them
from numo_cli.speech import say

if TYPE_CHECKING:
    from numo_cli.desk import Desk

app = Group(say("Sessions."))


@app.command("revoke-all", help=say("End every session of every school; all log in again."))
def revoke_all(
    ctx: typer.Context, *, ticket: Ticket = None, dry_run: DryRun = False, yes: Yes = False
) -> None:
    desk: Desk = ctx.obj
    if not dry_run:
        desk.confirm(say("End every session of every school?"), yes=yes)
    desk.do("sessions.revoke_all", ticket=ticket, dry_run=dry_run)
