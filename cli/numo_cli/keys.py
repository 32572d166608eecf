"""``numo-sso keys``: the keys that a deployment signs and seals with, and their rollover."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from numo_cli.group import Group
from numo_cli.options import DryRun, Ticket, Yes  # noqa: TC001  # typer reads them
from numo_cli.speech import say
from numo_cli.terms import term

if TYPE_CHECKING:
    from numo_cli.desk import Desk

app = Group(
    say("Signing and cookie keys. A rollover: create, publish, promote, retire."),
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


@app.command(help=say("Make the keys that are missing, or the next one of a kind."))
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
    desk: Desk = ctx.obj
    if kind is Made.PSEUDONYM and not dry_run:
        desk.confirm(say("Replace the pseudonym key, at once and for good?"), yes=yes)
    desk.do("keys.create", kind=kind and kind.value, ticket=ticket, dry_run=dry_run)


@app.command(
    help=say(
        "Show the next key to the hub and to every function, before anything is signed with it."
    )
)
def publish(
    ctx: typer.Context, kind: Kind, *, ticket: Ticket = None, dry_run: DryRun = False
) -> None:
    desk: Desk = ctx.obj
    desk.do("keys.publish", kind=kind.value, ticket=ticket, dry_run=dry_run)


@app.command(help=say("Sign with the published key; the one before stays accepted."))
def promote(
    ctx: typer.Context,
    kind: Kind,
    *,
    ticket: Ticket = None,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    desk: Desk = ctx.obj
    if kind is Rolled.SP and not dry_run:
        desk.confirm(say("Does Kennisnet have the new certificate?"), yes=yes)
    desk.do("keys.promote", kind=kind.value, ticket=ticket, dry_run=dry_run)


@app.command(help=say("Delete the previous key."))
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
    desk: Desk = ctx.obj
    if not dry_run:
        if now:
            desk.confirm(
                say("Some logins that are underway will have to begin again. Go on?"), yes=yes
            )
        if kind is Rolled.SP and key_id is None:
            desk.confirm(say("Has Kennisnet read our metadata since the promotion?"), yes=yes)
    desk.do("keys.retire", kind=kind.value, id=key_id, now=now, ticket=ticket, dry_run=dry_run)


@app.command("list", help=say("Every key, its state, and the next step."))
def list_keys(ctx: typer.Context) -> None:
    desk: Desk = ctx.obj
    answer = desk.must("keys.list")
    columns = [
        say("Kind"), say("Id"), say("State"), say("Since"), say("Certificate"), say("Valid until"),
    ]  # fmt: skip
    desk.screen.answer(answer, columns, [_row(each) for each in answer["data"]["keys"]])


def _row(key: dict[str, Any]) -> list[object]:
    state = term(key["state"])
    if not key["there"]:
        state = say("{state}, but not there", state=state)
    certificate = key.get("certificate_sha256", "")[:_SHOWN]
    until = key.get("not_after", "")[:10]
    return [key["kind"], key["id"], state, key["since"], certificate, until]
