"""``numo-sso session``: who is logged in at a school, and ending that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from numo_cli.failures import Exit, Failure
from numo_cli.group import Group
from numo_cli.options import DryRun, Ticket, Yes  # noqa: TC001  # typer reads them
from numo_cli.screen import clock
from numo_cli.speech import counted, say
from numo_cli.terms import term
from numo_sso.times import iso_time

if TYPE_CHECKING:
    from numo_cli.desk import Desk

app = Group(say("Sessions of a school or a user."))

School = Annotated[
    str | None, typer.Option("--school", "-e", help=say("The school's Numo entrance."))
]
User = Annotated[
    str | None, typer.Option("--user", "-u", help=say("A persoonscode: of this user alone."))
]
_COLUMNS = (say("Role"), say("Since"), say("Last seen"), say("Until"), say("Reference"))


@app.command(
    "list",
    epilog="numo-sso session list --school petteflat --user 0140136",
    help=say("Who is logged in, by role and time. That a user's were asked for leaves a record."),
)
def list_sessions(
    ctx: typer.Context,
    *,
    school: School = None,
    user: User = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help=say("No more than so many."))] = 100,
) -> None:
    desk: Desk = ctx.obj
    entrance = _named(school)
    found: list[dict[str, Any]] = []
    after: str | None = None
    while True:
        asked = {"entrance": entrance, "persoonscode": user, "after": after}
        answer = desk.must("session.list", **asked, limit=min(100, limit - len(found)))
        found += answer["data"]["sessions"]
        after = answer["data"]["next"]
        if not after or len(found) >= limit:
            break
    answer["message"] = _found(len(found), more=bool(after))
    answer["data"]["sessions"] = found
    desk.screen.answer(answer, _COLUMNS, [_row(each) for each in found])


@app.command(
    epilog="numo-sso session revoke --school petteflat --user 0140136",
    help=say("End the sessions of a user, of a school, or all there are. They can log in again."),
)
def revoke(  # one for each option
    ctx: typer.Context,
    *,
    school: School = None,
    user: User = None,
    everybody: Annotated[
        bool, typer.Option("--all", help=say("Every session of every school."))
    ] = False,
    ticket: Ticket = None,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    desk: Desk = ctx.obj
    if everybody and (school or user):
        raise Failure(
            Exit.USAGE,
            "session-unclear",
            say("All sessions are not those of one."),
            say("Leave one out."),
        )
    if everybody:
        _ask_first(desk, say("End every session of every school?"), dry_run=dry_run, yes=yes)
        desk.do("sessions.revoke_all", ticket=ticket, dry_run=dry_run)
        return
    entrance = _named(school)
    if user is None:
        _ask_first(
            desk,
            say("End every session of {entrance}?", entrance=entrance),
            dry_run=dry_run,
            yes=yes,
        )
    _revoke(desk, entrance, user, {"ticket": ticket, "dry_run": dry_run})


def _revoke(desk: Desk, entrance: str, user: str | None, rest: dict[str, Any]) -> None:
    """Ask until none is left: one answer for all of it."""
    ended = 0
    while True:
        answer = desk.must("session.revoke", entrance=entrance, persoonscode=user, **rest)
        ended += answer["data"]["ended"]
        if not answer["data"]["more"] or rest["dry_run"]:
            break
    answer["message"] = _ended(ended, more=answer["data"]["more"], dry=rest["dry_run"])
    answer["changes"] = [_change(entrance, ended)] if ended else []
    answer["data"]["ended"] = ended
    desk.screen.answer(answer)


def _found(number: int, *, more: bool) -> str:
    if more:
        return counted(
            "{number} session; there are more.", "{number} sessions; there are more.", number
        )
    return counted("{number} session.", "{number} sessions.", number)


def _ended(number: int, *, more: bool, dry: bool) -> str:
    """Only a dry run stops while there are more: what it would end is then at least so many."""
    if not dry:
        return counted("{number} session ended.", "{number} sessions ended.", number)
    if more:
        return counted(
            "{number} session at least would end.", "{number} sessions at least would end.", number
        )
    return counted("{number} session would end.", "{number} sessions would end.", number)


def _change(entrance: str, number: int) -> str:
    return counted(
        "{entrance}: {number} session ended",
        "{entrance}: {number} sessions ended",
        number,
        entrance=entrance,
    )


def _ask_first(desk: Desk, question: str, *, dry_run: bool, yes: bool) -> None:
    if not dry_run:
        desk.confirm(question, yes=yes)


def _named(school: str | None) -> str:
    if school is None:
        raise Failure(
            Exit.USAGE,
            "school-missing",
            say("A session belongs to a school."),
            say("Add --school ENTRANCE."),
        )
    return school


def _row(session: dict[str, Any]) -> list[object]:
    times = [clock(iso_time(session[name])) for name in ("since", "last_seen", "until")]
    return [term(session["role"]), *times, session["reference"]]
