"""``numo-sso school brin``: which BRINs lead to a school, from when and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from numo_cli.group import Group
from numo_cli.options import (  # noqa: TC001  # typer reads them
    BrinArgument,
    DryRun,
    EntranceArgument,
    Shared,
    Ticket,
)
from numo_cli.speech import say

if TYPE_CHECKING:
    from numo_cli.desk import Desk

app = Group(say("The BRINs of a school: mergers, splits, moves."))

Since = Annotated[
    str | None,
    typer.Option("--from", metavar="DAY", help=say("First day: 2026-08-01; else today.")),
]


@app.command(
    epilog="numo-sso school brin add petteflat 02CD --from 2026-08-01 --ticket NUMO-1310",
    help=say("Let a BRIN lead to a school too."),
)
def add(  # noqa: PLR0913  # one for each option
    ctx: typer.Context,
    entrance: EntranceArgument,
    brin: BrinArgument,
    *,
    since: Since = None,
    until: Annotated[
        str | None,
        typer.Option(
            metavar="DAY", help=say("First day on which it no longer holds; else no end.")
        ),
    ] = None,
    shared: Shared = False,
    ticket: Ticket = None,
    dry_run: DryRun = False,
) -> None:
    desk: Desk = ctx.obj
    desk.do(
        "school.brin_add",
        entrance=entrance,
        brin=brin,
        since=since,
        until=until,
        shared=shared,
        ticket=ticket,
        dry_run=dry_run,
    )


@app.command(
    epilog="numo-sso school brin end petteflat 02CD --until 2027-08-01",
    help=say("Let a BRIN lead there no longer."),
)
def end(
    ctx: typer.Context,
    entrance: EntranceArgument,
    brin: BrinArgument,
    *,
    until: Annotated[
        str | None,
        typer.Option(metavar="DAY", help=say("First day on which it no longer holds; else today.")),
    ] = None,
    ticket: Ticket = None,
    dry_run: DryRun = False,
) -> None:
    desk: Desk = ctx.obj
    desk.do(
        "school.brin_end",
        entrance=entrance,
        brin=brin,
        until=until,
        ticket=ticket,
        dry_run=dry_run,
    )


@app.command(
    epilog="numo-sso school brin move petteflat 02CD torteltuin --from 2026-08-01",
    help=say("Take a BRIN from one entrance to another, on one day."),
)
def move(  # noqa: PLR0913  # one for each option
    ctx: typer.Context,
    entrance: EntranceArgument,
    brin: BrinArgument,
    to: Annotated[str, typer.Argument(metavar="TO", help=say("The other entrance."))],
    *,
    since: Since = None,
    shared: Shared = False,
    ticket: Ticket = None,
    dry_run: DryRun = False,
) -> None:
    desk: Desk = ctx.obj
    desk.do(
        "school.brin_move",
        entrance=entrance,
        brin=brin,
        to=to,
        since=since,
        shared=shared,
        ticket=ticket,
        dry_run=dry_run,
    )
