"""Commands that need nothing but the school that they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer  # noqa: TC002  # typer reads the annotations

from numo_cli.options import DryRun, EntranceArgument, Ticket  # noqa: TC001  # typer reads them

if TYPE_CHECKING:
    from numo_cli.desk import Desk


def add_command(app: typer.Typer, name: str, action: str, *, about: str) -> None:
    """Let ``name`` ask the support function for ``action``; ``about`` is its help."""

    @app.command(name, help=about)
    def command(
        ctx: typer.Context,
        entrance: EntranceArgument,
        *,
        ticket: Ticket = None,
        dry_run: DryRun = False,
    ) -> None:
        desk: Desk = ctx.obj
        desk.do(action, entrance=entrance, ticket=ticket, dry_run=dry_run)
