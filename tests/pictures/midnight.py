"""``python -m pictures.midnight FILE SHARE``: lives through the day, and writes its lines.

The clock of this process is the day's before anything of the product is loaded: the functions are
wired with ``time.time``, and none has a switch for another clock.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pictures.clock import Clock

if TYPE_CHECKING:
    from pictures.day import Lines


def lines_of_a_day(share: float = 1.0) -> Lines:
    """Live through the day in a process of its own."""
    with TemporaryDirectory() as directory:
        file = Path(directory) / "lines.json"
        command = [sys.executable, "-m", "pictures.midnight", str(file), str(share)]
        environ = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        subprocess.run(command, env=environ, check=True)  # noqa: S603  # our own arguments
        return [(service, at, line) for service, at, line in json.loads(file.read_text("utf-8"))]


def main(file: str, share: str) -> None:
    clock = Clock()
    time.time = clock
    from pictures.day import Day  # noqa: PLC0415  # with the clock that is set by now

    lines = Day(clock, float(share)).run().lines
    Path(file).write_text(json.dumps(lines), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
