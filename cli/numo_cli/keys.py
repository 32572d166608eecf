"""``numo-sso keys``: the keys that a deployment signs and seals with, and their rollover."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from numo_cli.options import DryRun, Ticket, Yes  # noqa: TC001  # typer reads them
from numo_cli.speech import say

if TYPE_CHECKING:
    from numo_cli.desk import Desk

app = typer.Typer(
    help=say("Signing and cookie keys. A rollover: create, publish, promote, retire."),
    no_args_is_help=True,
)

_SHOWN = 16
"""Characters of a fingerprint in the table: enough to compare, and it fits a screen."""


class Made(StrEnum):
    SP = "sp"
    COOKIE = "cookie"
    PSEUDONYM = "pseudonym"


class Rolled(StrEnum):
    SP = "sp"
    COOKIE = "cookie"


Kind = Annotated[Rolled, typer.Argument(help=say("Which kind of key."))]


@app.command()
def create(
    ctx: typer.Context,
    kind: Annotated[
        Made | None,
        typer.Argument(help=say("Make the next key of this kind (pseudonym: at once).")),
    ] = None,
    *,
    ticket: Ticket = None,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """Make the keys that are missing, or the next one of a kind."""
    desk: Desk = ctx.obj
    if kind is Made.PSEUDONYM and not dry_run:
        desk.confirm(say("Replace the pseudonym key, at once and for good?"), yes=yes)
    desk.do("keys.create", kind=kind and kind.value, ticket=ticket, dry_run=dry_run)


@app.command()
def publish(
    ctx: typer.Context, kind: Kind, *, ticket: Ticket = None, dry_run: DryRun = False
) -> None:
    """Show the next key to the hub and to every function, before anything is signed with it."""
    desk: Desk = ctx.obj
    desk.do("keys.publish", kind=kind.value, ticket=ticket, dry_run=dry_run)


@app.command()
def promote(
    ctx: typer.Context,
    kind: Kind,
    *,
    ticket: Ticket = None,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """Sign with the published key; the one before stays accepted."""
    desk: Desk = ctx.obj
    if kind is Rolled.SP and not dry_run:
        desk.confirm(say("Does Kennisnet have the new certificate?"), yes=yes)
    desk.do("keys.promote", kind=kind.value, ticket=ticket, dry_run=dry_run)


@app.command()
def retire(
    ctx: typer.Context,
    kind: Kind,
    *,
    key_id: Annotated[
        str | None,
        typer.Option("--id", help=say("Drop this next key instead of the previous one.")),
    ] = None,
    now: Annotated[
        bool, typer.Option("--now", help=say("Do not wait for the logins that the key signed."))
    ] = False,
    ticket: Ticket = None,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """Delete the previous key."""
    desk: Desk = ctx.obj
    if not dry_run:
        if now:
            desk.confirm(
                say("Some logins that are underway will have to begin again. Go on?"), yes=yes
            )
        if kind is Rolled.SP and key_id is None:
            desk.confirm(say("Has Kennisnet read our metadata since the promotion?"), yes=yes)
    desk.do("keys.retire", kind=kind.value, id=key_id, now=now, ticket=ticket, dry_run=dry_run)


@app.command("list")
def list_keys(ctx: typer.Context) -> None:
    """Every key, its state, and the next step."""
    desk: Desk = ctx.obj
    answer = desk.must("keys.list")
    columns = ["Kind", "Id", "State", "Since", "Certificate", say("Valid until")]
    desk.screen.answer(answer, columns, [_row(each) for each in answer["data"]["keys"]])


def _row(key: dict[str, Any]) -> list[object]:
    state = key["state"] if key["there"] else say("{state}, but not there", state=key["state"])
    certificate = key.get("certificate_sha256", "")[:_SHOWN]
    until = key.get("not_after", "")[:10]
    return [key["kind"], key["id"], state, key["since"], certificate, until]
