"""What people see (tables, colours on a terminal only) and what programs get (JSON)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from numo_cli.speech import say
from numo_cli.words import as_typed
from numo_sso.pages.times import dutch_zone

if TYPE_CHECKING:
    from collections.abc import Iterable

Table = tuple[Sequence[str], Sequence[Sequence[object]]]
"""Its columns and its rows."""
_PIPE_WIDTH = 1000
"""A pipe has no width, so that nothing in it is wrapped or cut off."""


def _console(*, stderr: bool) -> Console:
    console = Console(stderr=stderr, markup=False, highlight=False, emoji=False)
    if not console.is_terminal:
        console.width = _PIPE_WIDTH
    return console


class Screen:
    """One command's output: answers on stdout, errors and progress on stderr."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self.out = _console(stderr=False)
        self.err = _console(stderr=True)

    def answer(
        self,
        answer: dict[str, Any],
        columns: Sequence[str] = (),
        rows: Sequence[Sequence[object]] = (),
    ) -> None:
        """An answer of the support function, with a table before its next steps; or its JSON."""
        self.answer_in_tables(answer, [(columns, rows)])

    def answer_in_tables(self, answer: dict[str, Any], tables: Iterable[Table]) -> None:
        """The same with several tables, a blank line between them; empty ones are left out."""
        if self.as_json:
            self.json(answer)
            return
        self.out.print(Text(answer["message"], style="bold"))
        if answer["dry_run"]:
            self.out.print(Text(say("Nothing was changed: this was a dry run."), style="yellow"))
        self.lines("+", answer["changes"], "green")
        for count, (columns, rows) in enumerate(each for each in tables if each[1]):
            if count:
                self.out.print()
            self.table(columns, rows)
        self.lines("→", map(as_typed, answer["next_steps"]), "cyan")

    def lines(self, mark: str, lines: Iterable[str], style: str) -> None:
        for line in lines:
            self.out.print(Text(f"  {mark} ", style=style) + Text(line))

    def tell(self, line: str) -> None:
        """A line for people only."""
        if not self.as_json:
            self.out.print(line)

    def done(self, action: str, message: str) -> None:
        """What the command itself has done."""
        if self.as_json:
            self.json({"ok": True, "action": action, "message": message})
        else:
            self.out.print(Text(message, style="bold"))

    def line(self, value: dict[str, Any], cells: Sequence[object]) -> None:
        """One line of many that come one by one: for programs, one JSON document a line."""
        if self.as_json:
            self.out.print(json.dumps(value, ensure_ascii=False), soft_wrap=True)
        else:
            self.out.print(Text("  ".join(str(each) for each in cells if each is not None)))

    def json(self, value: dict[str, Any]) -> None:
        self.out.print(json.dumps(value, ensure_ascii=False, indent=2), soft_wrap=True)

    def error(self, code: str, message: str, hint: str, details: Any = None) -> None:
        """One line, and what to do about it."""
        if self.as_json:
            error = {"code": code, "message": message, "hint": hint}
            self.json({"ok": False, "error": error | ({"details": details} if details else {})})
            return
        self.err.print(Text(f"{code}: ", style="bold red") + Text(message))
        if hint:
            self.err.print(Text("  → ", style="cyan") + Text(as_typed(hint)))

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        table = RichTable(box=None, pad_edge=False, header_style="bold", show_header=any(columns))
        for column in columns:
            table.add_column(column, overflow="fold")
        for row in rows:
            table.add_row(*("" if cell is None else str(cell) for cell in row))
        self.out.print(table)


def clock(time: str) -> str:
    """An ISO time as the clock at school shows it; empty where there is none."""
    if not time:
        return ""
    return datetime.fromisoformat(time).astimezone(dutch_zone()).strftime("%d-%m %H:%M:%S")


def day(seconds: int) -> str:
    """Seconds since 1970 as a date in UTC."""
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def moment(seconds: int | None) -> str | None:
    """Seconds since 1970 as date and minute in UTC."""
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M")
