"""``numo-sso users find|show|link|unlink|disable|enable|erase``: one user at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from numo_cli.options import (  # noqa: TC001  # typer reads them
    DryRun,
    Entrance,
    PersonalData,
    Ticket,
    Yes,
)
from numo_cli.screen import day
from numo_cli.speech import say
from numo_cli.terms import term
from numo_cli.users_link import link

if TYPE_CHECKING:
    from numo_cli.desk import Desk
    from numo_cli.screen import Screen

Code = Annotated[str, typer.Argument(metavar="CODE", help=say("Their persoonscode."))]
ByIdgebr = Annotated[bool, typer.Option("--idgebr", help=say("CODE is an IDGebr."))]

COLUMNS = (
    "Persoonscode", "IDGebr", say("Name"), say("Role"), say("Class"), say("State"),
)  # fmt: skip


def add_commands(app: typer.Typer) -> None:
    """Put them below ``numo-sso users``."""
    app.command(
        epilog="numo-sso users find puk -e petteflat",
        help=say("Find users of a school."),
    )(find)
    app.command(
        epilog="numo-sso users show 0140136 -e petteflat",
        help=say("One user, and what stops their login."),
    )(show)
    app.command(
        epilog="numo-sso users link 0140136 77001 -e petteflat -t NUMO-1",
        help=say(
            "Give a user an IDGebr; or mend what logins nearly found, first shown and then asked."
        ),
    )(link)
    app.command(
        epilog="numo-sso users erase 0140136 -e petteflat -t NUMO-1",
        help=say("Delete what is kept of one person: their roster items and their sessions."),
    )(erase)
    _add_change(
        app, "unlink", say("Take a user's IDGebr; where the school matches by it, they are out.")
    )
    _add_change(app, "disable", say("Let one user in no more, and end their sessions."))
    _add_change(app, "enable", say("Let a disabled user in again."))


def named(code: str, *, idgebr: bool) -> dict[str, str]:
    """The field in which the function takes the code."""
    return {"idgebr" if idgebr else "persoonscode": code}


def find(
    ctx: typer.Context,
    text: Annotated[
        str,
        typer.Argument(metavar="TEXT", help=say("A persoonscode, an IDGebr, or part of a name.")),
    ],
    entrance: Entrance,
    *,
    personal_data: PersonalData = False,
) -> None:
    desk: Desk = ctx.obj
    answer = desk.must("users.find", entrance=entrance, text=text, personal_data=personal_data)
    show_users(desk.screen, answer)


def show_users(screen: Screen, answer: dict[str, Any]) -> None:
    """An answer that has users, with a line each."""
    screen.answer(answer, COLUMNS, [_row(each) for each in answer["data"]["users"]])


def show(
    ctx: typer.Context,
    code: Code,
    entrance: Entrance,
    *,
    idgebr: ByIdgebr = False,
    personal_data: PersonalData = False,
) -> None:
    desk: Desk = ctx.obj
    who = named(code, idgebr=idgebr)
    answer = desk.must("users.show", entrance=entrance, personal_data=personal_data, **who)
    desk.screen.answer(answer, ("", ""), _facts(answer["data"]))


def erase(  # one for each option
    ctx: typer.Context,
    code: Code,
    entrance: Entrance,
    *,
    idgebr: ByIdgebr = False,
    ticket: Ticket = None,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    desk: Desk = ctx.obj
    if not dry_run:
        desk.confirm(say("Erase this person from {entrance}?", entrance=entrance), yes=yes)
    who = named(code, idgebr=idgebr)
    desk.do("users.erase", entrance=entrance, ticket=ticket, dry_run=dry_run, **who)


def _add_change(app: typer.Typer, name: str, about: str) -> None:
    """A change that needs nothing but to know whom."""

    @app.command(
        name,
        help=about,
        epilog=f"numo-sso users {name} 0140136 -e petteflat -t NUMO-1",
    )
    def command(  # one for each option
        ctx: typer.Context,
        code: Code,
        entrance: Entrance,
        *,
        idgebr: ByIdgebr = False,
        ticket: Ticket = None,
        dry_run: DryRun = False,
    ) -> None:
        desk: Desk = ctx.obj
        who = named(code, idgebr=idgebr)
        desk.do(f"users.{name}", entrance=entrance, ticket=ticket, dry_run=dry_run, **who)


def _row(user: dict[str, Any]) -> list[object]:
    state = say("active") if user["active"] else say("disabled")
    codes = [user["persoonscode"], user["idgebr"]]
    return [*codes, _name(user), term(user["role"]), user["group"], state]


def _name(user: dict[str, Any]) -> str:
    parts = (user["given_name"], user["infix"], user["surname"])
    return " ".join(part for part in parts if part)


def _facts(data: dict[str, Any]) -> list[list[object]]:
    user = data["user"]
    facts: list[list[object]] = [
        [column, cell] for column, cell in zip(COLUMNS, _row(user), strict=True) if cell
    ]
    return [
        *facts,
        *([[say("Mail"), user["mail"]]] if user["mail"] else []),
        [say("Matches by"), data["match_rule"]],
        [say("Sessions"), data["sessions"]],
        [say("Changed"), day(user["updated_at"])],
    ]
