"""``numo-sso users``: the users of a school."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path  # noqa: TC003  # typer reads it
from typing import TYPE_CHECKING, Annotated

import typer

from numo_cli import users_one
from numo_cli.bad_lines import write_bad_lines
from numo_cli.columns import find_columns, parse_mapping
from numo_cli.group import Group
from numo_cli.import_report import confirm_and_write
from numo_cli.options import DryRun, Entrance, Ticket, Yes  # noqa: TC001  # typer reads them
from numo_cli.options_file import (  # noqa: TC001  # typer reads them
    Mapping,
    MoveIdgebr,
    PlainNumbers,
    SchoolFile,
    SkipInvalid,
)
from numo_cli.rows import Rows, reading
from numo_cli.sheet import read_sheet
from numo_cli.speech import say
from numo_cli.users_export import export
from numo_cli.users_idgebr import idgebr
from numo_cli.users_import import Import

if TYPE_CHECKING:
    from numo_cli.desk import Desk
    from numo_cli.sheet import Sheet

app = Group(say("The users of a school."))
users_one.add_commands(app)
app.command(
    "idgebr",
    epilog="numo-sso users idgebr idgebr.csv -e petteflat",
    help=say("Add IDGebrs to the users who are there; nobody is made, and nothing else changes."),
)(idgebr)
app.command(
    "export",
    epilog="numo-sso users export -e petteflat --out users.csv",
    help=say(
        "The users of a school, masked unless told otherwise; or one person's data, on request."
    ),
)(export)


@app.command(
    "import",
    epilog="numo-sso users import magister.csv -e petteflat",
    help=say(
        "Import users from a file: first what would change, then, when confirmed, the change."
    ),
)
def import_users(  # noqa: PLR0913  # one for each option
    ctx: typer.Context,
    file: SchoolFile,
    entrance: Entrance,
    *,
    mapping: Mapping = None,
    plain_numbers: PlainNumbers = False,
    skip_invalid: SkipInvalid = False,
    bad_lines: Annotated[
        Path | None,
        typer.Option("--bad-lines", help=say("Write the bad lines to this CSV.")),
    ] = None,
    move_idgebr: MoveIdgebr = False,
    accept_reused: Annotated[
        bool,
        typer.Option(
            "--accept-reused", help=say("Known codes with another name are other persons.")
        ),
    ] = False,
    remove_missing: Annotated[
        bool, typer.Option("--remove-missing", help=say("Remove users who are not in the file."))
    ] = False,
    ticket: Ticket = None,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    desk: Desk = ctx.obj
    content = file.read_bytes()
    sheet = read_sheet(content)
    columns = find_columns(sheet.header, parse_mapping(mapping or []))
    rows = Rows(sheet, columns, plain_numbers=plain_numbers)
    _show_reading(desk, sheet, rows, columns)
    work = Import(
        desk,
        rows,
        entrance=entrance,
        ticket=ticket,
        file_sha256=sha256(content).hexdigest(),
        move_idgebr=move_idgebr,
        accept_reused=accept_reused,
        remove_missing=remove_missing,
    )
    work.plan()
    if bad_lines is not None:
        write_bad_lines(desk.screen, bad_lines, sheet, [*work.invalid, *work.reused])
    confirm_and_write(
        desk,
        work,
        entrance,
        skip_invalid=skip_invalid,
        remove=remove_missing,
        dry_run=dry_run,
        yes=yes,
    )


def _show_reading(desk: Desk, sheet: Sheet, rows: Rows, columns: dict[str, int]) -> None:
    desk.screen.tell(reading(sheet, rows))
    found = [f"{field} ← {sheet.header[position]}" for field, position in columns.items()]
    desk.screen.tell(say("Columns: {columns}", columns=", ".join(found)))
    unused = [each for n, each in enumerate(sheet.header) if n not in columns.values() and each]
    if unused:
        desk.screen.tell(say("Not used: {headings}", headings=", ".join(unused)))
