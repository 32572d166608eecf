"""``numo-sso metadata``: what the hub says of itself."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  # typer reads it
from typing import TYPE_CHECKING, Annotated

import typer

from numo_cli.failures import Exit, Failure
from numo_cli.group import Group
from numo_cli.metadata_facts import facts
from numo_cli.options import DryRun, Ticket, Yes  # noqa: TC001  # typer reads them
from numo_cli.options_file import readable
from numo_cli.speech import say

if TYPE_CHECKING:
    from numo_cli.desk import Desk

app = Group(say("The hub's metadata."))


@app.command(
    help=say("Whom logins believe: certificates, what waits, the last check, the history.")
)
def show(ctx: typer.Context) -> None:
    desk: Desk = ctx.obj
    answer = desk.must("metadata.show")
    desk.screen.answer_in_tables(answer, facts(answer["data"]))


@app.command(help=say("Fetch the hub's metadata, check it, and use it if it says anything new."))
def refresh(
    ctx: typer.Context,
    *,
    file: Annotated[
        Path | None,
        typer.Option(
            readable=False,
            callback=readable,
            help=say("Use this document; a new certificate in it waits."),
        ),
    ] = None,
    ticket: Ticket = None,
    dry_run: DryRun = False,
) -> None:
    desk: Desk = ctx.obj
    document = _read(file) if file else None
    desk.do("metadata.refresh", document=document, ticket=ticket, dry_run=dry_run)


@app.command(
    epilog="numo-sso metadata confirm 5f2c0d…5bf4 --ticket NUMO-1103",
    help=say("Put metadata in force that waits, once Kennisnet has vouched for its certificates."),
)
def confirm(
    ctx: typer.Context,
    fingerprints: Annotated[
        list[str],
        typer.Argument(
            metavar="FINGERPRINT...", help=say("SHA-256 of every certificate in what waits.")
        ),
    ],
    *,
    ticket: Annotated[str, typer.Option("--ticket", "-t", help=say("Where it was decided."))],
    dry_run: DryRun = False,
) -> None:
    desk: Desk = ctx.obj
    desk.do("metadata.confirm", fingerprints=fingerprints, ticket=ticket, dry_run=dry_run)


@app.command(
    help=say("Put an earlier version back in force; what it replaces then waits to be confirmed.")
)
def restore(
    ctx: typer.Context,
    version: Annotated[int, typer.Argument(min=1, help=say("Its number in `metadata show`."))],
    *,
    ticket: Ticket = None,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    desk: Desk = ctx.obj
    if not dry_run:
        desk.confirm(say("Put version {version} in force?", version=version), yes=yes)
    desk.do("metadata.restore", version=version, ticket=ticket, dry_run=dry_run)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        message = say("{path} is not UTF-8.", path=path)
        raise Failure(
            Exit.USAGE, "file-unreadable", message, say("Save it again as UTF-8.")
        ) from error
