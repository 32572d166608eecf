"""``numo-sso school``: a school from its mail to its logins; brin and realm have their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from numo_cli import brin as brins
from numo_cli import realm
from numo_cli.check import check
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
from numo_cli.screen import day
from numo_cli.speech import say
from numo_cli.usage import Commands

if TYPE_CHECKING:
    from numo_cli.desk import Desk

app = typer.Typer(help=say("Schools and their BRINs."), no_args_is_help=True)
app.add_typer(brins.app, name="brin", cls=Commands)
app.add_typer(realm.app, name="realm", cls=Commands)
app.command("match-rule", epilog=say("numo-sso school match-rule petteflat idgebr"))(match_rule)


@app.command(epilog=say('numo-sso school request -e petteflat -b 01AB --name "Petteflat College"'))
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
    """Note that a school asked; nobody is let in before activate."""
    desk: Desk = ctx.obj
    desk.do(
        "school.request", entrance=entrance, brin=brin, name=name, ticket=ticket, dry_run=dry_run
    )


@app.command(epilog=say("numo-sso school activate -e petteflat -b 01AB --create --name Petteflat"))
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
    """Let a school in: its BRIN leads to its entrance from today."""
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


@app.command(epilog=say('numo-sso school rename petteflat "Petteflat Lyceum"'))
def rename(
    ctx: typer.Context,
    entrance: EntranceArgument,
    name: Annotated[str, typer.Argument(metavar="NAME", help=say("As pupils know it."))],
    *,
    ticket: Ticket = None,
    dry_run: DryRun = False,
) -> None:
    """Give a school another name; its entrance stays what it is."""
    desk: Desk = ctx.obj
    desk.do("school.rename", entrance=entrance, name=name, ticket=ticket, dry_run=dry_run)


app.command("report", epilog=say("numo-sso school report --csv schools.csv"))(report)
app.command("mail", epilog=say("numo-sso school mail petteflat"))(mail)
app.command("check", epilog=say("numo-sso school check petteflat"))(check)


@app.command()
def show(ctx: typer.Context, entrance: EntranceArgument) -> None:
    """One school: its state, its BRINs, its users."""
    desk: Desk = ctx.obj
    answer = desk.must("school.show", entrance=entrance)
    desk.screen.answer(answer, ["", ""], _facts(answer["data"]["school"]))


@app.command("list")
def list_schools(
    ctx: typer.Context,
    state: Annotated[
        str | None, typer.Option(help=say("Only these: requested, active or suspended."))
    ] = None,
) -> None:
    """All schools."""
    desk: Desk = ctx.obj
    answer = desk.must("school.list", state=state)
    columns = ["Entrance", "Name", "State", "BRIN", "Changed", "Ticket"]
    desk.screen.answer(answer, columns, [_row(each) for each in answer["data"]["schools"]])


def _row(school: dict[str, Any]) -> list[object]:
    brins = " ".join(school["brins_in_force"]) or school["requested_brin"]
    changed = day(school["updated_at"])
    return [school["entrance"], school["name"], school["state"], brins, changed, school["ticket"]]


def _facts(school: dict[str, Any]) -> list[list[object]]:
    brins = [[f"BRIN {each['brin']}", _period(each)] for each in school["brins"]]
    return [
        ["Entrance", school["entrance"]],
        ["State", school["state"]],
        *([[say("Asked with"), school["requested_brin"]]] if school["requested_brin"] else []),
        *brins,
        [
            "Users",
            say(
                "{users}, {users_idgebr} with an IDGebr",
                users=school["users"],
                users_idgebr=school["users_idgebr"],
            ),
        ],
        [say("Matches by"), school["match_rule"]],
        ["Providers", _providers(school)],
        ["Changed", f"{day(school['updated_at'])} {school['ticket'] or ''}".rstrip()],
    ]


def _providers(school: dict[str, Any]) -> str:
    accepted, learned = len(school["pairs"]), school["pairs_learned"]
    known = say(
        "{accepted} accepted, {learned} learned, mode {pair_mode}",
        accepted=accepted,
        learned=learned,
        pair_mode=school["pair_mode"],
    )
    return say(
        "{known}; {pairs_waiting} waiting", known=known, pairs_waiting=school["pairs_waiting"]
    )


def _period(brin: dict[str, Any]) -> str:
    since = say("since {since}", since=brin["since"]) if brin["since"] else "always"
    return since + (say(", until {until}", until=brin["until"]) if brin["until"] else "")
