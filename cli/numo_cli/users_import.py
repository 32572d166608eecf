"""The import of one file: all of it planned by a dry run, then written, chunk by chunk."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from numo_cli.failures import Exit
from numo_cli.rows import Row, chunks, code_of
from numo_cli.screen import plural

if TYPE_CHECKING:
    from numo_cli.desk import Desk

_SHOWN = 20


class Import:
    """The rows of one file on their way into one entrance."""

    def __init__(
        self,
        desk: Desk,
        entrance: str,
        ticket: str | None,
        rows: list[Row],
        invalid: list[Row],
        *,
        move_idgebr: bool,
    ) -> None:
        self._desk = desk
        self._fields = {"entrance": entrance, "ticket": ticket}
        self._rows = rows
        self._invalid = invalid
        self._move_idgebr = move_idgebr
        self._may_move: list[str] = []
        self._linked = {code_of(row, "persoonscode") for row in rows if code_of(row, "idgebr")}
        self._counts: Counter[str] = Counter()
        self._changed: list[dict[str, Any]] = []

    @property
    def changes(self) -> bool:
        """Whether there is anything to write."""
        return any(self._counts[name] for name in ("new", "changed", "moved"))

    def plan(self) -> None:
        """Ask what each chunk would change."""
        for data in self._through("Looking", self._planned):
            self._counts.update({k: n for k, n in data["counts"].items() if k != "invalid"})
            self._changed += data["changed"]
            self._invalid += data["invalid"]
        self._invalid.sort(key=lambda each: each["line"])
        bad = {each["line"] for each in self._invalid}
        self._counts["invalid"] = len(bad)
        self._rows = [row for row in self._rows if row["line"] not in bad]

    def _planned(self, chunk: list[Row]) -> dict[str, Any]:
        data = self._ask(chunk, dry_run=True)
        moves = {each["line"] for each in data["invalid"] if self._moves(each)}
        if moves:
            self._may_move += [code_of(row, "idgebr") for row in chunk if row["line"] in moves]
            data = self._ask(chunk, dry_run=True)
        return data

    def _moves(self, invalid: dict[str, Any]) -> bool:
        """Whether an IDGebr may leave its owner: told to, or the file gives them another one."""
        owner = invalid.get("owner")
        return owner is not None and (self._move_idgebr or owner in self._linked)

    def show_plan(self, *, skip_invalid: bool, dry_run: bool) -> None:
        """What would change; ends the command where lines are bad or nothing is left to do."""
        screen = self._desk.screen
        refused = self._refusal(skip_invalid=skip_invalid)
        if screen.as_json:
            if refused or dry_run or not self.changes:
                screen.json(self._as_json(refused, dry_run=True))
        else:
            screen.say(_summary(self._counts))
            self._show_lines()
            if refused:
                screen.error(*refused)
            elif not self.changes:
                screen.say("There is nothing to change.")
            elif dry_run:
                screen.say("Nothing was changed.")
        if refused:
            raise typer.Exit(Exit.REFUSED)

    def _refusal(self, *, skip_invalid: bool) -> tuple[str, str, str] | None:
        """Code, message and hint, where bad lines stop the import."""
        if not self._invalid:
            return None
        if not self._rows:
            return "rows-invalid", "No line could be imported.", "Mend the lines in the file."
        if skip_invalid:
            return None
        message = (
            f"{plural(self._counts['invalid'], 'line')} cannot be imported; nothing was changed."
        )
        return "rows-invalid", message, "Mend them, or import the others with --skip-invalid."

    def write(self) -> None:
        """Write each chunk; cut off at any point, the same command completes it."""
        written: Counter[str] = Counter()
        for data in self._through("Importing", self._written):
            written.update(data["counts"])
        self._counts.update({"invalid": 0})
        if self._desk.screen.as_json:
            self._desk.screen.json(self._as_json(None, dry_run=False))
        else:
            self._desk.screen.say(f"Done: {_summary(written)}")

    def _written(self, chunk: list[Row]) -> dict[str, Any]:
        return self._ask(chunk, dry_run=False)

    def _ask(self, chunk: list[Row], *, dry_run: bool) -> dict[str, Any]:
        answer = self._desk.must(
            "users.import", rows=chunk, may_move=self._may_move, dry_run=dry_run, **self._fields
        )
        data: dict[str, Any] = answer["data"]
        return data

    def _through(self, what: str, step: Any) -> Any:
        """Take each chunk through ``step``, with a bar on a terminal."""
        screen = self._desk.screen
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        hidden = screen.as_json or not screen.err.is_terminal
        with Progress(*columns, console=screen.err, transient=True, disable=hidden) as progress:
            bar = progress.add_task(what, total=len(self._rows))
            for chunk in chunks(self._rows):
                yield step(chunk)
                progress.advance(bar, len(chunk))

    def _show_lines(self) -> None:
        screen = self._desk.screen
        if self._changed:
            fields = Counter(name for each in self._changed for name in each["fields"])
            told = ", ".join(f"{name} of {count}" for name, count in sorted(fields.items()))
            screen.say(f"Changed: {told}")
        if self._invalid:
            rows = [(each["line"], each["field"], each["reason"]) for each in self._invalid]
            screen.table(["Line", "Column", "Reason"], rows)

    def _as_json(self, refused: tuple[str, str, str] | None, *, dry_run: bool) -> dict[str, Any]:
        error = dict(zip(("code", "message", "hint"), refused, strict=True)) if refused else None
        return {
            "ok": not refused,
            **({"error": error} if error else {}),
            "action": "users.import",
            "message": _summary(self._counts),
            "data": {"counts": dict(self._counts), "invalid": self._invalid},
            "dry_run": dry_run,
        }


def _summary(counts: Counter[str]) -> str:
    named = ("new", "changed", "unchanged", "invalid")
    moved = f", {counts['moved']} IDGebrs to another user" if counts["moved"] else ""
    return ", ".join(f"{counts[name]} {name}" for name in named) + moved + "."
