"""``numo-sso users export``: the users of a school as CSV, or all that is kept of one person."""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from pathlib import Path  # noqa: TC003  # typer reads it
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from numo_cli.csv_out import ENCODING, CsvOut
from numo_cli.failures import Exit, Failure
from numo_cli.options import Entrance, PersonalData, Ticket  # noqa: TC001  # typer reads them
from numo_cli.speech import counted, say
from numo_cli.users_one import ByIdgebr, named  # typer reads it

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numo_cli.desk import Desk

FIELDS = (
    "persoonscode", "idgebr", "given_name", "infix", "surname", "mail", "role", "group", "active",
)  # fmt: skip


def export(  # one for each option
    ctx: typer.Context,
    entrance: Entrance,
    *,
    code: Annotated[
        str | None, typer.Option("--code", help=say("Everything about this one person, as JSON."))
    ] = None,
    idgebr: ByIdgebr = False,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help=say("A file to write to."))
    ] = None,
    personal_data: PersonalData = False,
    ticket: Ticket = None,
) -> None:
    desk: Desk = ctx.obj
    if code is not None:
        _export_person(desk, out, entrance=entrance, ticket=ticket, **named(code, idgebr=idgebr))
        return
    pages = _pages(desk, entrance=entrance, ticket=ticket, personal_data=personal_data)
    if desk.screen.as_json and out is None:
        users = [user for page in pages for user in page]
        desk.screen.json({"ok": True, "action": "users.export", "data": {"users": users}})
        return
    first = next(pages)  # before a file is made: it may be refused
    count = 0
    with _opened(out, ENCODING) as file:
        csv = CsvOut(file, FIELDS)
        for page in (first, *pages):
            for user in page:
                csv.write([user[field] for field in FIELDS])
            count += len(page)
    if out is not None:
        desk.screen.done(
            "users.export",
            counted(
                "{number} user written to {out}.",
                "{number} users written to {out}.",
                count,
                out=out,
            ),
        )


def _pages(desk: Desk, **fields: Any) -> Iterator[list[dict[str, Any]]]:
    after = None
    while True:
        data = desk.must("users.export", after=after, **fields)["data"]
        yield data["users"]
        after = data["next"]
        if after is None:
            return


def _export_person(desk: Desk, out: Path | None, **fields: Any) -> None:
    answer = desk.must("users.export_person", **fields)
    if out is None:
        desk.screen.json(answer)
        return
    with _opened(out, "utf-8") as file:
        json.dump(answer["data"], file, ensure_ascii=False, indent=2)
    desk.screen.answer(answer | {"data": {}, "changes": [say("written to {out}", out=out)]})


@contextmanager
def _opened(out: Path | None, encoding: str) -> Iterator[IO[str]]:
    """A file that was not there, for its maker alone; or what the shell does with the output."""
    if out is None:
        yield sys.stdout
        return
    try:
        descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        message = say("{out} cannot be made: {reason}.", out=out, reason=error.strerror)
        raise Failure(
            Exit.USAGE, "file-unwritable", message, say("Name another with --out.")
        ) from error
    with os.fdopen(descriptor, "w", encoding=encoding, newline="") as file:
        yield file
