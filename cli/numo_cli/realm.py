"""``numo-sso school realm``: which identity providers and realms speak for a school."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from numo_cli.group import Group
from numo_cli.one_school import add_command
from numo_cli.options import DryRun, EntranceArgument, Ticket  # noqa: TC001  # typer's
from numo_cli.screen import moment
from numo_cli.speech import say
from numo_cli.terms import term

if TYPE_CHECKING:
    from numo_cli.desk import Desk

app = Group(say("Who speaks for a school."))

Authority = Annotated[
    str | None,
    typer.Option("--authority", "-a", help=say("The provider's entity ID, as the list shows it.")),
]
NoAuthority = Annotated[
    bool, typer.Option("--no-authority", help=say("The hub names none: the realm alone decides."))
]
Realm = Annotated[
    str,
    typer.Option("--realm", "-r", help=say("The part of nlEduPersonRealId behind the last @.")),
]
_NO_NAME = say("(none named)")


@app.command("list", help=say("Who speaks for a school, who waits to, and whose move it is."))
def list_realms(ctx: typer.Context, entrance: EntranceArgument) -> None:
    desk: Desk = ctx.obj
    answer = desk.must("school.realm_list", entrance=entrance)
    columns = [
        say("State"), say("Authority"), say("Realm"), say("Logins"), say("First"), say("Last"),
    ]  # fmt: skip
    desk.screen.answer(answer, columns, [_row(each) for each in answer["data"]["realms"]])


@app.command(
    epilog="numo-sso school realm add petteflat --authority https://elo.example/idp --realm x",
    help=say(
        "Accept an identity provider with a realm, once the school has said that it is theirs."
    ),
)
def add(  # one for each option
    ctx: typer.Context,
    entrance: EntranceArgument,
    realm: Realm,
    *,
    authority: Authority = None,
    no_authority: NoAuthority = False,
    ticket: Ticket = None,
    dry_run: DryRun = False,
) -> None:
    desk: Desk = ctx.obj
    desk.do(
        "school.realm_add",
        entrance=entrance,
        authority=authority,
        no_authority=no_authority,
        realm=realm,
        ticket=ticket,
        dry_run=dry_run,
    )


@app.command(help=say("Accept one no longer."))
def end(  # noqa: PLR0913  # one for each option
    ctx: typer.Context,
    entrance: EntranceArgument,
    realm: Realm,
    *,
    authority: Authority = None,
    no_authority: NoAuthority = False,
    end_sessions: Annotated[
        bool, typer.Option("--end-sessions", help=say("End all sessions of the school too."))
    ] = False,
    ticket: Ticket = None,
    dry_run: DryRun = False,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help=say("Also where nobody can log in after it."))
    ] = False,
) -> None:
    desk: Desk = ctx.obj
    desk.do(
        "school.realm_end",
        entrance=entrance,
        authority=authority,
        no_authority=no_authority,
        realm=realm,
        end_sessions=end_sessions,
        force=yes,
        ticket=ticket,
        dry_run=dry_run,
    )


add_command(
    app,
    "enforce",
    "school.realm_enforce",
    about=say("Let only what is accepted pass, whatever logins taught."),
)
add_command(
    app, "learn", "school.realm_learn", about=say("Undo enforce: what logins taught passes too.")
)


def _row(realm: dict[str, Any]) -> list[object]:
    return [
        term(realm["state"]),
        realm["authority"] or _NO_NAME,
        realm["realm"],
        f"{realm['logins']}{'+' if realm['more_logins'] else ''}",
        moment(realm["first_seen"]),
        moment(realm["last_seen"]),
    ]
