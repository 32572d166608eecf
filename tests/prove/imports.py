"""How fast an import goes on the emulator, and in how much memory: ``python -m prove.imports``.

The command's own code asks the function's own handler in this process, through JSON as on AWS; so
the memory is that of both together.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread
from typing import Any, Self
from uuid import uuid4

from numo_cli.columns import find_columns
from numo_cli.desk import Desk
from numo_cli.rows import Rows
from numo_cli.sheet import read_sheet
from numo_cli.target import Target
from numo_cli.users_import import Import
from race.emulator import running_emulator
from race.storage import made_storage
from race.test_imports import SLUG, asking

_MEGABYTE = 1 << 20
_PAGE = 4096


class Line:
    """To the function and back, as JSON; remembers the longest request."""

    def __init__(self, function: Any) -> None:
        self._function = function
        self.longest = 0

    def __call__(self, request: dict[str, Any]) -> dict[str, Any]:
        payload = json.dumps(request)
        self.longest = max(self.longest, len(payload))
        fields = {k: v for k, v in json.loads(payload).items() if k != "entrance"}
        answer: dict[str, Any] = json.loads(json.dumps(self._function(**fields)))
        return answer


class Memory:
    """The most that this process had, in megabytes, looked at now and then."""

    def __init__(self) -> None:
        self.most = _resident()
        self._done = Event()
        self._thread = Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(0.1):
            self.most = max(self.most, _resident())


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * _PAGE // _MEGABYTE


def file_of(rows: int) -> bytes:
    lines = (f"{n:07};8{n:07};Pietje{n};Puk;1A\n" for n in range(rows))
    return ("Stamnr;IDGebr;Voornaam;Achternaam;Klas\n" + "".join(lines)).encode()


def import_of(content: bytes, line: Line) -> tuple[Import, Rows]:
    """The command's own import of a file, before its plan."""
    target = Target(local=True, port=1, profile=None, region=None, stack="")
    sheet = read_sheet(content)
    rows = Rows(sheet, find_columns(sheet.header, {}))
    work = Import(
        Desk(target, lambda _: line, as_json=True),
        rows,
        entrance=SLUG,
        ticket=None,
        file_sha256=sha256(content).hexdigest(),
        move_idgebr=False,
        accept_reused=False,
        remove_missing=False,
    )
    return work, rows


def measure(content: bytes, line: Line) -> str:
    """One import of this file: what was planned and written, and how fast."""
    began, before = time.perf_counter(), _resident()
    with Memory() as memory:
        work, rows = import_of(content, line)
        work.plan()
        planned = time.perf_counter()
        written = work.write() if work.work else {}
        ended = time.perf_counter()
    return (
        f"{rows.lines} rows, {work.counts['new']} new: planned {_rate(rows.lines, planned - began)}"
        f", written {_rate(sum(written.values()), ended - planned)}; "
        f"{before} MB before, {memory.most} MB at most; longest request {line.longest} bytes"
    )


def _rate(rows: int, seconds: float) -> str:
    return f"{rows / seconds:.0f} rows/s ({seconds:.0f} s)" if rows else "nothing"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5000)
    rows = parser.parse_args().rows
    with (
        tempfile.TemporaryDirectory() as folder,
        running_emulator(Path(folder)) as endpoint,
    ):
        storage = made_storage(endpoint, f"race{uuid4().hex[:8]}", ())
        line = Line(asking(storage, "measured"))
        content = file_of(rows)
        print(measure(content, line))
        print(measure(content, line))  # the same file once more


if __name__ == "__main__":
    main()
