"""``numo-sso school report``: all schools in one table, or in a file for a spreadsheet."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from numo_cli.csv_out import ENCODING, CsvOut
from numo_cli.failures import Exit, Failure, unwritable
from numo_cli.screen import day, moment
from numo_cli.speech import counted, say
from numo_cli.terms import term
from numo_cli.words import as_typed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numo_cli.desk import Desk

_COLUMNS = (
    say("Entrance"), say("State"), say("Since"), say("Users"), say("Logins"), say("Failed"),
    say("Next step"),
)  # fmt: skip
_CSV = (
    "entrance", "name", "state", "since", "brins", "users", "users_more", "users_counted_at",
    "logins", "logins_more", "failed", "failure_share", "last_good", "ready", "owner", "next_step",
)  # fmt: skip
_STDOUT = Path("-")


def report(
    ctx: typer.Context,
    *,
    csv: Annotated[
        Path | None,
        typer.Option("--csv", metavar="FILE", help=say("CSV to this file; - prints it.")),
    ] = None,
) -> None:
    desk: Desk = ctx.obj
    if csv is not None and desk.screen.as_json:
        raise Failure(
            Exit.USAGE, "usage", say("--csv and --json are two forms."), say("Choose one.")
        )
    schools = list(_schools(desk))
    answer = _answer(schools)
    if csv is None:
        desk.screen.answer(answer, _COLUMNS, [_row(each) for each in schools])
        return
    with _opened(csv) as file:
        lines = CsvOut(file, _CSV)
        for each in schools:
            lines.write(_cells(each))
    if csv != _STDOUT:
        desk.screen.tell(
            counted(
                "{number} school written to {csv}.",
                "{number} schools written to {csv}.",
                len(schools),
                csv=csv,
            )
        )


def _schools(desk: Desk) -> Iterator[dict[str, Any]]:
    """Page after page, with a bar on a terminal."""
    columns = (TextColumn(say("Looking")), BarColumn(), MofNCompleteColumn())
    hidden = desk.screen.as_json or not desk.screen.err.is_terminal
    with Progress(*columns, console=desk.screen.err, transient=True, disable=hidden) as progress:
        bar = progress.add_task("", total=None)
        after = None
        while True:
            data = desk.must("school.report", after=after)["data"]
            yield from data["schools"]
            progress.update(bar, total=data["total"], advance=len(data["schools"]))
            after = data["next"]
            if after is None:
                return


def _answer(schools: list[dict[str, Any]]) -> dict[str, Any]:
    states = Counter(each["state"] for each in schools)
    told = ", ".join(f"{count} {term(state)}" for state, count in sorted(states.items()))
    number = counted("{number} school", "{number} schools", len(schools))
    return {
        "ok": True,
        "action": "school.report",
        "message": f"{number}: {told}." if told else f"{number}.",
        "changes": [],
        "next_steps": _waits(schools),
        "data": {"schools": schools},
        "dry_run": False,
    }


def _waits(schools: list[dict[str, Any]]) -> list[str]:
    """How many wait for whom."""
    waits = Counter(each["owner"] for each in schools if not each["ready"])
    school, hub, ours = (waits[each] for each in ("school", "kennisnet", "kurve"))
    told = (
        (school, counted("{number} school waiting for the school.",
                         "{number} schools waiting for the school.", school)),
        (hub, counted("{number} school waiting for Kennisnet.",
                      "{number} schools waiting for Kennisnet.", hub)),
        (ours, counted("{number} school waiting for us.",
                       "{number} schools waiting for us.", ours)),
    )  # fmt: skip
    return [text for number, text in told if number]


def _row(school: dict[str, Any]) -> list[object]:
    more = "+" if school["logins_more"] else ""
    share = school["failure_share"]
    return [
        school["entrance"],
        term(school["state"]),
        day(school["since"]),
        f"{school['users']}{'+' if school['users_more'] else ''}",
        f"{school['logins']}{more}",
        "" if share is None else f"{share:.0%}",
        as_typed(school["next_step"]),
    ]


def _cells(school: dict[str, Any]) -> list[object]:
    written = school | {
        "since": day(school["since"]),
        "users_counted_at": moment(school["users_counted_at"]),
        "last_good": moment(school["last_good"]),
        "brins": " ".join(school["brins"]),
        "next_step": as_typed(school["next_step"]),
    }
    return [written[name] for name in _CSV]


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    if path == _STDOUT:
        yield sys.stdout
        return
    try:
        file = path.open("w", encoding=ENCODING, newline="")
    except OSError as error:
        raise unwritable(path, error) from error
    with file:
        yield file
