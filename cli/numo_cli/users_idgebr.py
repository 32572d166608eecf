"""``numo-sso users idgebr``: a file of Stamnr and IDGebr, and whether a school can switch to it."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path  # noqa: TC003  # typer reads it
from typing import TYPE_CHECKING, Annotated

import typer

from numo_cli.bad_lines import write_bad_lines
from numo_cli.columns import find_columns, parse_mapping
from numo_cli.import_report import confirm_and_write
from numo_cli.match_rule import coverage_line
from numo_cli.options import (  # noqa: TC001  # typer reads them
    DryRun,
    Entrance,
    PersonalData,
    Ticket,
    Yes,
)
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
from numo_cli.users_import import Import
from numo_cli.users_one import show_users

if TYPE_CHECKING:
    from numo_cli.desk import Desk

_CODES = ("persoonscode", "idgebr")
_LINES = 20


def idgebr(  # noqa: PLR0913  # one for each option
    ctx: typer.Context,
    file: SchoolFile,
    entrance: Entrance,
    *,
    mapping: Mapping = None,
    plain_numbers: PlainNumbers = False,
    skip_invalid: SkipInvalid = False,
    bad_lines: Annotated[
        Path | None,
        typer.Option("--bad-lines", help=say("Write bad lines, and nobody's, to it.")),
    ] = None,
    move_idgebr: MoveIdgebr = False,
    personal_data: PersonalData = False,
    ticket: Ticket = None,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    desk: Desk = ctx.obj
    content = file.read_bytes()
    sheet = read_sheet(content)
    columns = find_columns(sheet.header, parse_mapping(mapping or []), _CODES)
    rows = Rows(sheet, {field: columns[field] for field in _CODES}, plain_numbers=plain_numbers)
    desk.screen.tell(reading(sheet, rows))
    work = Import(
        desk,
        rows,
        entrance=entrance,
        ticket=ticket,
        file_sha256=sha256(content).hexdigest(),
        move_idgebr=move_idgebr,
        accept_reused=False,
        remove_missing=False,
        action="users.idgebr",
    )
    work.plan()
    strangers = [
        {"line": n, "field": "persoonscode", "reason": say("is nobody's")} for n in work.nobody
    ]
    if bad_lines is not None:
        write_bad_lines(desk.screen, bad_lines, sheet, [*work.invalid, *strangers])
    elif strangers:
        shown = ", ".join(str(each) for each in work.nobody[:_LINES])
        more = " …" if len(work.nobody) > _LINES else ""
        desk.screen.tell(say("Lines that match nobody: {lines}", lines=shown + more))
    confirm_and_write(
        desk, work, entrance, skip_invalid=skip_invalid, remove=False, dry_run=dry_run, yes=yes
    )
    if not desk.screen.as_json:
        _show_rest(desk, entrance, personal_data=personal_data)


def _show_rest(desk: Desk, entrance: str, *, personal_data: bool) -> None:
    """Who has no IDGebr yet, and whether the school could match by it."""
    left = desk.must("users.unlinked", entrance=entrance, personal_data=personal_data)
    show_users(desk.screen, left)
    school = desk.must("school.show", entrance=entrance)["data"]["school"]
    plan = desk.ask("school.match_rule", entrance=entrance, rule="idgebr", dry_run=True)
    if plan["ok"] and school["match_rule"] != "idgebr":
        desk.screen.tell(coverage_line(plan["data"]))
        desk.screen.tell(
            say("To switch: numo-sso school match-rule {entrance} idgebr", entrance=entrance)
        )
