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
from numo_cli.failures import Exit, Failure
from numo_cli.screen import day, moment, plural
from numo_cli.speech import say
from numo_cli.words import as_typed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numo_cli.desk import Desk

_COLUMNS = ("Entrance", "State", "Since", "Users", "Logins", "Failed", say("Next step"))
_CSV = (
    "entrance", "name", "state", "since", "brins", "users", "users_more", "users_counted_at",
    "logins", "logins_more", "failed", "failure_share", "last_good", "ready", "owner", "next_step",
)  # fmt: skip
_OWNERS = {"school": say("the school"), "kennisnet": "Kennisnet", "kurve": "us"}
_STDOUT = Path("-")


def report(
    ctx: typer.Context,
    *,
    csv: Annotated[
        Path | None,
        typer.Option(
            "--csv", metavar="FILE", dir_okay=False, help=say("CSV to this file; - prints it.")
        ),
    ] = None,
) -> None:
    """All schools: state, users, logins of a week, failures, next step."""
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
        desk.screen.tell(f"{plural(len(schools), 'school')} written to {csv}.")


def _schools(desk: Desk) -> Iterator[dict[str, Any]]:
    """Page after page, with a bar on a terminal."""
    columns = (TextColumn("Looking"), BarColumn(), MofNCompleteColumn())
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
    told = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
    waits = Counter(each["owner"] for each in schools if not each["ready"])
    steps = [f"{plural(waits[key], 'school')} waiting for {who}." for key, who in _OWNERS.items()
             if waits[key]]  # fmt: skip
    return {
        "ok": True,
        "action": "school.report",
        "message": f"{plural(len(schools), 'school')}{f': {told}' if told else ''}.",
        "changes": [],
        "next_steps": steps,
        "data": {"schools": schools},
        "dry_run": False,
    }


def _row(school: dict[str, Any]) -> list[object]:
    more = "+" if school["logins_more"] else ""
    share = school["failure_share"]
    return [
        school["entrance"],
        school["state"],
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
    with path.open("w", encoding=ENCODING, newline="") as file:
        yield file
