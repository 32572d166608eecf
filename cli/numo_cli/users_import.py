"""The import of one file: all of it planned by a dry run, then written, chunk by chunk."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from numo_cli.rows import CHUNK_ROWS, REPEATED, Row, chunks, code_of
from numo_cli.speech import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numo_cli.desk import Desk
    from numo_cli.rows import Rows

_SHARE = 5
"""A change of more than a fifth of a school is large."""
_CODES = 5000
"""Codes a request, where the roster is held against the whole file."""


class Import:
    """The rows of one file on their way into one entrance."""

    def __init__(  # noqa: PLR0913  # one for each option
        self,
        desk: Desk,
        rows: Rows,
        *,
        entrance: str,
        ticket: str | None,
        file_sha256: str,
        move_idgebr: bool,
        accept_reused: bool,
        remove_missing: bool,
        chunk_rows: int = CHUNK_ROWS,
        action: str = "users.import",
    ) -> None:
        self._desk = desk
        self._school = {"entrance": entrance, "ticket": ticket}
        self._rows = rows
        self._file = file_sha256
        self._move_idgebr = move_idgebr
        self._reused = {"accept_reused": accept_reused}
        self._remove = remove_missing
        self._chunk_rows = chunk_rows
        self.action = action
        self._may_move: list[str] = []
        self._linked: set[str] = set()
        self.counts: Counter[str] = Counter()
        self.fields: Counter[str] = Counter()
        """Which fields change, of how many users."""
        self.invalid: list[Row] = list(rows.invalid)
        self.reused: list[Row] = []
        self.nobody: list[int] = []
        """Lines whose user there is not, where a file makes none."""
        self.missing: list[dict[str, Any]] = []
        """Some of the users whom the file lacks, masked."""
        self.users = 0
        """Whom the school has now."""

    @property
    def work(self) -> bool:
        """Whether there is anything to write."""
        return any(self.counts[name] for name in ("new", "changed", "moved")) or bool(self.removals)

    @property
    def nothing_left(self) -> bool:
        """Whether not one line can be imported."""
        return not len(self._rows) and not self.reused

    @property
    def removals(self) -> int:
        return self.counts["missing"] if self._remove else 0

    @property
    def large(self) -> bool:
        """Whether it changes or removes more than a fifth of the school."""
        return self.counts["changed"] + self.removals > self.users / _SHARE

    @property
    def stranger(self) -> bool:
        """Whether the file knows nobody of a school that has users."""
        known = self.counts["changed"] + self.counts["unchanged"] + self.counts["reused"]
        return bool(self.users and not known)

    def plan(self) -> None:
        """Ask what each chunk would change, and whom the file lacks."""
        begin = self._ask("users.import_begin", dry_run=True, file_sha256=self._file)
        self.users = begin["users"]
        if not self._move_idgebr:
            self._linked = {code_of(row, "persoonscode") for row in self._rows if _links(row)}
        for chunk in self._through(
            say("Looking"), chunks(self._rows, self._chunk_rows), len(self._rows)
        ):
            self._add(self._planned(chunk))
        self.invalid.sort(key=lambda each: each["line"])
        self.counts["invalid"] = len({each["line"] for each in self.invalid})
        self.counts["repeated"] = len(
            {each["line"] for each in self.invalid if each["reason"] == say(REPEATED)}
        )
        self._rows.leave_out({each["line"] for each in self.invalid + self.reused})
        if self.action != "users.import":
            return
        for data in self._missing(remove=False):
            self.counts["missing"] += data["missing"]
            self.missing += data["users"]

    def write(self) -> Counter[str]:
        """Write each chunk; cut off at any point, the same command completes it."""
        changes, removals = self.counts["changed"], self.removals
        begun = self._ask(
            "users.import_begin", file_sha256=self._file, changes=changes, removals=removals
        )
        lease, written = begun["lease"], Counter[str]()
        for chunk in self._through(
            say("Importing"), chunks(self._rows, self._chunk_rows), len(self._rows)
        ):
            written.update(self._send(chunk, lease=lease)["counts"])
        if removals:
            for data in self._missing(remove=True, lease=lease):
                written["removed"] += data["removed"]
        self._ask("users.import_end", lease=lease)
        return written

    def _add(self, data: dict[str, Any]) -> None:
        self.counts.update({k: n for k, n in data["counts"].items() if k != "invalid"})
        self.fields.update(name for each in data["changed"] for name in each["fields"])
        self.invalid += data["invalid"]
        self.reused += data["reused"]
        self.nobody += data.get("nobody", ())

    def _planned(self, chunk: list[Row]) -> dict[str, Any]:
        data = self._send(chunk, dry_run=True)
        moves = {each["line"] for each in data["invalid"] if self._moves(each)}
        if moves:
            self._may_move += [code_of(row, "idgebr") for row in chunk if row["line"] in moves]
            data = self._send(chunk, dry_run=True)
        return data

    def _moves(self, invalid: dict[str, Any]) -> bool:
        """Whether an IDGebr may leave its owner: told to, or the file gives them another one."""
        owner = invalid.get("owner")
        return owner is not None and (self._move_idgebr or owner in self._linked)

    def _send(self, chunk: list[Row], **fields: Any) -> dict[str, Any]:
        here = {code_of(row, "idgebr") for row in chunk}
        may_move = [each for each in self._may_move if each in here]
        return self._ask(self.action, rows=chunk, may_move=may_move, **self._reused, **fields)

    def _missing(self, **fields: Any) -> Iterator[dict[str, Any]]:
        """Hold the roster against the file's codes, stretch by stretch."""
        codes, after = self._rows.codes, None
        parts = [codes[at : at + _CODES] for at in range(0, len(codes), _CODES)] or [[]]
        through = self._through(say("Comparing"), parts, len(parts), by_row=False)
        for number, part in enumerate(through, start=1):
            until = part[-1] if number < len(parts) else None
            while True:
                stretch = {"after": after, "until": until, "codes": part}
                data = self._ask("users.import_missing", **stretch, **fields)
                yield data
                after = data["next"]
                if after is None:
                    break
            after = until

    def _ask(self, action: str, **fields: Any) -> dict[str, Any]:
        data: dict[str, Any] = self._desk.must(action, **self._school, **fields)["data"]
        return data

    def _through(
        self, what: str, parts: Iterable[Any], total: int, *, by_row: bool = True
    ) -> Iterator[Any]:
        """Each part in turn, with a bar on a terminal: by row, or else by part."""
        screen = self._desk.screen
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        hidden = screen.as_json or not screen.err.is_terminal
        with Progress(*columns, console=screen.err, transient=True, disable=hidden) as progress:
            bar = progress.add_task(what, total=total)
            for part in parts:
                yield part
                progress.advance(bar, len(part) if by_row else 1)


def _links(row: Row) -> bool:
    return bool(code_of(row, "idgebr"))
