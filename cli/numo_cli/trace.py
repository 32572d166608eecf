"""``numo-sso trace``: one login by its reference; many by school, outcome or code; live."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from numo_cli.group import Group
from numo_cli.options import Ticket  # noqa: TC001  # typer reads it
from numo_cli.screen import clock
from numo_cli.speech import say
from numo_cli.terms import term
from numo_cli.trace_pages import COLUMNS, list_all, row
from numo_cli.trace_watch import Watch
from numo_cli.usage import Commands
from numo_sso.times import iso_time

if TYPE_CHECKING:
    from typer._click import Context

    from numo_cli.desk import Desk


class Traces(Commands):
    """Commands about traces; ``trace K7MQ-3XWD-9TRA`` is short for ``trace show``."""

    default = "show"

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Whatever is no command's name is a reference."""
        named = next((each for each in args if not each.startswith("-")), None)
        if named is not None and named not in self.commands:
            args = [self.default, *args]
        return super().parse_args(ctx, args)


app = Group(
    say("Logins: trace REFERENCE tells one from start to outcome."),
    cls=Traces,
    epilog="numo-sso trace K7MQ-3XWD-9TRA",
)


@app.command(
    epilog="numo-sso trace k7mq3xwd9tra",
    help=say("One login, told as a story, and what to do about it."),
)
def show(
    ctx: typer.Context,
    reference: Annotated[
        str,
        typer.Argument(metavar="REFERENCE", help=say("As it was read out; dashes do not matter.")),
    ],
    *,
    days: Annotated[
        int | None,
        typer.Option(min=1, max=365, help=say("Search the log so far back. 30 if not said.")),
    ] = None,
) -> None:
    desk: Desk = ctx.obj
    answer = desk.must("trace.show", reference=reference, days=days)
    desk.screen.answer(answer, ["", ""], [_line(each) for each in answer["data"]["story"]])


School = Annotated[
    str | None, typer.Option("--school", "-e", help=say("The school's Numo entrance."))
]
Brin = Annotated[
    str | None, typer.Option("--brin", "-b", help=say("What was refused and names this BRIN."))
]
Outcome = Annotated[str | None, typer.Option("--outcome", "-o", help=say("Such as user-unknown."))]
Code = Annotated[
    str | None,
    typer.Option("--code", help=say("Of one pupil, with --school. It is kept nowhere.")),
]


@app.command(
    "list",
    epilog="numo-sso trace list --school petteflat --outcome user-unknown",
    help=say("Logins, newest first. Without --school: what was refused, of all schools."),
)
def list_traces(  # one for each option
    ctx: typer.Context,
    *,
    school: School = None,
    brin: Brin = None,
    outcome: Outcome = None,
    code: Code = None,
    since: Annotated[
        str, typer.Option(help=say("30m, 2h or 3d ago; a day; or a time in UTC."))
    ] = "1d",
    limit: Annotated[int, typer.Option(min=1, max=10_000, help=say("No more than so many."))] = 50,
) -> None:
    desk: Desk = ctx.obj
    asked = {"entrance": school, "brin": brin, "outcome": outcome, "code": code, "since": since}
    answer = list_all(desk, asked, limit)
    rows = [row(each) for each in answer["data"]["traces"]]
    desk.screen.answer(answer, COLUMNS, rows)


@app.command(
    epilog="numo-sso trace watch --school petteflat",
    help=say("Follow logins as they end, until Ctrl-C. Without --school: what is refused, of all."),
)
def watch(
    ctx: typer.Context,
    *,
    school: School = None,
    brin: Brin = None,
    outcome: Outcome = None,
    every: Annotated[int, typer.Option(min=1, max=60, help=say("Seconds between two looks."))] = 3,
) -> None:
    desk: Desk = ctx.obj
    Watch(desk, {"entrance": school, "brin": brin, "outcome": outcome}).follow(every)


@app.command(
    "left-at-hub",
    epilog="numo-sso trace left-at-hub --since 3d",
    help=say(
        "Who leaves for Entree and never comes back: mostly a school without permission there."
    ),
)
def left_at_hub(
    ctx: typer.Context,
    *,
    school: School = None,
    since: Annotated[
        str | None,
        typer.Option(help=say("30m, 2h or 3d ago; a day; or a time in UTC. 7d if not said.")),
    ] = None,
) -> None:
    desk: Desk = ctx.obj
    answer = desk.must("trace.left_at_hub", entrance=school, since=since)
    columns = [
        say("Clicked on"),
        say("School"),
        say("Starts"),
        say("Returns"),
        say("Left"),
        say("Last seen"),
        say("Whose move"),
    ]
    desk.screen.answer(answer, columns, [_site(each) for each in answer["data"]["sites"]])


@app.command(
    epilog="numo-sso trace code K7MQ-3XWD-9TRA",
    help=say("The code that a login carried and nobody has. That it was read leaves a record."),
)
def code(
    ctx: typer.Context,
    reference: Annotated[
        str, typer.Argument(metavar="REFERENCE", help=say("Of a login that ended in user-unknown."))
    ],
    *,
    ticket: Ticket = None,
) -> None:
    desk: Desk = ctx.obj
    answer = desk.must("trace.refused_code", reference=reference, ticket=ticket)
    desk.screen.answer(answer, ["", ""], [[say("Code"), answer["data"]["code"]]])


def _site(site: dict[str, Any]) -> list[object]:
    school = ", ".join(site["schools"]) or site["hint"]
    return [
        site["host"] or say("(not said)"),
        f"{school} ({term(site['known'])})" if site["known"] else school,
        site["starts"],
        site["returns"],
        site["left"],
        clock(iso_time(site["last_seen"])),
        site["move"],
    ]


def _line(told: dict[str, Any]) -> list[object]:
    return [clock(told["at"]), told["text"]]
