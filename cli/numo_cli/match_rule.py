"""``numo-sso school match-rule``: by which code logins are looked up; coverage is shown first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from numo_cli.options import DryRun, EntranceArgument, Ticket, Yes  # noqa: TC001  # typer reads them
from numo_cli.speech import say

if TYPE_CHECKING:
    from numo_cli.desk import Desk


def match_rule(  # one for each option
    ctx: typer.Context,
    entrance: EntranceArgument,
    rule: Annotated[str, typer.Argument(metavar="RULE", help=say("persoonscode or idgebr."))],
    *,
    force: Annotated[
        bool, typer.Option("--force", help=say("Also where nobody could log in after it."))
    ] = False,
    ticket: Ticket = None,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    desk: Desk = ctx.obj
    asked = {"entrance": entrance, "rule": rule, "force": force, "ticket": ticket}
    plan = desk.must("school.match_rule", **asked, dry_run=True)
    if dry_run:
        desk.screen.answer(plan)
        return
    lost = lost_by(plan["data"])
    if lost > 0:
        desk.screen.tell(coverage_line(plan["data"]))
        desk.confirm(say("{lost} of them could not log in any more. Switch?", lost=lost), yes=yes)
    desk.do("school.match_rule", **asked)


def lost_by(data: dict[str, Any]) -> int:
    """How many users fewer could log in after the switch."""
    return int(data["before"]["users"] - data["after"]["users"])


def coverage_line(data: dict[str, Any]) -> str:
    """How many users each rule lets in."""
    told = ", ".join(
        say("{users} by {rule}", users=users, rule=rule) for rule, users in data["coverage"].items()
    )
    return say("Users who could log in: {told}.", told=told)
