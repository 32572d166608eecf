"""``numo-sso school``: a school from its mail to its logins; brin and realm have their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from numo_cli import brin as brins
from numo_cli import realm
from numo_cli.check import check
from numo_cli.group import Group
from numo_cli.mail import mail
from numo_cli.match_rule import match_rule
from numo_cli.one_school import add_command
from numo_cli.options import (  # noqa: TC001  # typer reads them
    DryRun,
    Entrance,
    EntranceArgument,
    Shared,
    Ticket,
)
from numo_cli.report import report
from numo_cli.school_facts import COLUMNS, facts, row
from numo_cli.speech import say

if TYPE_CHECKING:
    from numo_cli.desk import Desk

app = Group(say("Schools and their BRINs."))
app.add_typer(brins.app, name="brin")
app.add_typer(realm.app, name="realm")
app.command(
    "match-rule",
    epilog="numo-sso school match-rule petteflat idgebr",
    help=say("Match by the other code; users who have none cannot log in, and their sessions end."),
)(match_rule)


@app.command(
    epilog='numo-sso school request -e petteflat -b 01AB --name "Petteflat College"',
    help=say("Note that a school asked; nobody is let in before activate."),
)
def request(
    ctx: typer.Context,
    entrance: Entrance,
    brin: Annotated[str, typer.Option("--brin", "-b", help=say("BRIN: 01AB, or 01AB02."))],
    *,
    name: Annotated[
        str | None, typer.Option(help=say("The school's name, as pupils know it."))
    ] = None,
    ticket: Ticket = None,
    dry_run: DryRun = False,
) -> None:
    desk: Desk = ctx.obj
    desk.do(
        "school.request", entrance=entrance, brin=brin, name=name, ticket=ticket, dry_run=dry_run
    )


@app.command(
    epilog="numo-sso school activate -e petteflat -b 01AB --create --name Petteflat",
    help=say("Let a school in: its BRIN leads to its entrance from today."),
)
def activate(  # noqa: PLR0913  # one for each option
    ctx: typer.Context,
    entrance: Entrance,
    brin: Annotated[
        str | None,
        typer.Option("--brin", "-b", help=say("01AB, or 01AB02; else the one that it asked with.")),
    ] = None,
    *,
    create: Annotated[
        bool, typer.Option("--create", help=say("Make the entrance if need be."))
    ] = False,
    name: Annotated[
        str | None, typer.Option(help=say("The school's name, as pupils know it."))
    ] = None,
    shared: Shared = False,
    ticket: Ticket = None,
    dry_run: DryRun = False,
) -> None:
    desk: Desk = ctx.obj
    desk.do(
        "school.activate",
        entrance=entrance,
        brin=brin,
        create=create,
        name=name,
        shared=shared,
        ticket=ticket,
        dry_run=dry_run,
    )


add_command(
    app,
    "suspend",
    "school.suspend",
    about=say("Let nobody of a school in, and end its sessions."),
)
add_command(app, "resume", "school.resume", about=say("Let a suspended school in again."))


@app.command(
    epilog='numo-sso school rename petteflat "Petteflat Lyceum"',
    help=say("Give a school another name; its entrance stays what it is."),
)
def rename(
    ctx: typer.Context,
    entrance: EntranceArgument,
    name: Annotated[str, typer.Argument(metavar="NAME", help=say("As pupils know it."))],
    *,
    ticket: Ticket = None,
    dry_run: DryRun = False,
) -> None:
    desk: Desk = ctx.obj
    desk.do("school.rename", entrance=entrance, name=name, ticket=ticket, dry_run=dry_run)


app.command(
    "report",
    epilog="numo-sso school report --csv schools.csv",
    help=say("All schools: state, users, logins of a week, failures, next step."),
)(report)
app.command(
    "mail",
    epilog="numo-sso school mail petteflat",
    help=say(
        "Print the Dutch reply: activated and how to test, or what is missing and who does what."
    ),
)(mail)
app.command(
    "check",
    epilog="numo-sso school check petteflat",
    help=say("Is a school ready, and if not, whose move is it? The last line says so."),
)(check)


@app.command(help=say("One school: its state, its BRINs, its users."))
def show(ctx: typer.Context, entrance: EntranceArgument) -> None:
    desk: Desk = ctx.obj
    answer = desk.must("school.show", entrance=entrance)
    desk.screen.answer(answer, ["", ""], facts(answer["data"]["school"]))


@app.command("list", help=say("All schools."))
def list_schools(
    ctx: typer.Context,
    state: Annotated[
        str | None, typer.Option(help=say("Only these: requested, active or suspended."))
    ] = None,
) -> None:
    desk: Desk = ctx.obj
    answer = desk.must("school.list", state=state)
    desk.screen.answer(answer, COLUMNS, [row(each) for each in answer["data"]["schools"]])
