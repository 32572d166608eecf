"""``numo-sso metadata``: what the hub says of itself."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  # typer reads it
from typing import TYPE_CHECKING, Annotated

import typer

from numo_cli.failures import Exit, Failure
from numo_cli.options import DryRun, Ticket  # noqa: TC001  # typer reads them

if TYPE_CHECKING:
    from numo_cli.desk import Desk

app = typer.Typer(help="The hub's metadata.", no_args_is_help=True)


@app.command()
def refresh(
    ctx: typer.Context,
    *,
    file: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, readable=True, help="Use this document."),
    ] = None,
    ticket: Ticket = None,
    dry_run: DryRun = False,
) -> None:
    """Fetch the hub's metadata, check it, and use it if it says anything new."""
    desk: Desk = ctx.obj
    document = _read(file) if file else None
    desk.do("metadata.refresh", document=document, ticket=ticket, dry_run=dry_run)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{path} is not UTF-8."
        raise Failure(Exit.USAGE, "file-unreadable", message, "Save it again as UTF-8.") from error
