"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

from numo_cli.speech import say

Entrance = Annotated[
    str,
    typer.Option("--entrance", "-e", help=say("The school's Numo entrance: NAME in NAME.numo.nl.")),
]
Ticket = Annotated[
    str | None,
    typer.Option("--ticket", "-t", help=say("The ticket's number, for the audit trail.")),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help=say("Say what would change; change nothing."))
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help=say("Do not ask."))]
EntranceArgument = Annotated[
    str, typer.Argument(metavar="ENTRANCE", help=say("NAME in NAME.numo.nl."))
]
BrinArgument = Annotated[str, typer.Argument(metavar="BRIN", help=say("01AB, or 01AB02."))]
Shared = Annotated[
    bool, typer.Option("--shared", help=say("Accept that another entrance has this BRIN too."))
]
PersonalData = Annotated[
    bool,
    typer.Option(
        "--personal-data", help=say("Names and codes in full; the trail keeps that you did.")
    ),
]
