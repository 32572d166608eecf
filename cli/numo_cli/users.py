"""``numo-sso users``: the users of a school."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  # typer reads it
from typing import TYPE_CHECKING, Annotated

import typer

from numo_cli import users_one
from numo_cli.columns import find_columns, parse_mapping
from numo_cli.options import DryRun, Entrance, Ticket, Yes  # noqa: TC001  # typer reads them
from numo_cli.rows import make_rows
from numo_cli.screen import plural
from numo_cli.sheet import read_sheet
from numo_cli.users_export import export
from numo_cli.users_import import Import

if TYPE_CHECKING:
    from numo_cli.desk import Desk
    from numo_cli.sheet import Sheet

app = typer.Typer(help="The users of a school.", no_args_is_help=True)
users_one.add_commands(app)
app.command("export", epilog="numo-sso users export -e petteflat --out users.csv")(export)


@app.command("import", epilog="numo-sso users import magister.csv -e petteflat")
def import_users(  # noqa: PLR0913  # one for each option
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", exists=True, dir_okay=False, readable=True, help="A CSV file."
        ),
    ],
    entrance: Entrance,
    *,
    mapping: Annotated[
        list[str] | None, typer.Option("--map", help="FIELD=HEADING; may be repeated.")
    ] = None,
    skip_invalid: Annotated[
        bool, typer.Option("--skip-invalid", help="Import the good lines, leave the others.")
    ] = False,
    move_idgebr: Annotated[
        bool,
        typer.Option("--move-idgebr", help="Take IDGebrs from users who are not in the file."),
    ] = False,
    ticket: Ticket = None,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """Import users from a file: first what would change, then, when confirmed, the change."""
    desk: Desk = ctx.obj
    sheet = read_sheet(file.read_bytes())
    columns = find_columns(sheet.header, parse_mapping(mapping or []))
    _show_reading(desk, sheet, columns)
    rows, invalid = make_rows(sheet, columns)
    work = Import(desk, entrance, ticket, rows, invalid, move_idgebr=move_idgebr)
    work.plan()
    work.show_plan(skip_invalid=skip_invalid, dry_run=dry_run)
    if not dry_run and work.changes:
        desk.confirm(f"Import this into {entrance}?", yes=yes)
        work.write()


def _show_reading(desk: Desk, sheet: Sheet, columns: dict[str, int]) -> None:
    lines = plural(len(sheet.lines), "line")
    desk.screen.say(f"{lines}; {sheet.encoding}, separated by {sheet.separator}.")
    found = [f"{field} ← {sheet.header[position]}" for field, position in columns.items()]
    desk.screen.say(f"Columns: {', '.join(found)}")
    unused = [each for n, each in enumerate(sheet.header) if n not in columns.values() and each]
    if unused:
        desk.screen.say(f"Not used: {', '.join(unused)}")
