"""A process that does one thing as often as it is told, and says what CPU that took."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


PYTHON_PATH = "tests:infra"
"""Where a worker finds our modules, from the repository's root on."""


class WorkerFailed(Exception):  # noqa: N818  # it is no error of ours
    """A worker that does not do what it is there for; the text is what it said last."""


class Worker:
    """Started, and through its first run, which is not counted, when this returns."""

    def __init__(
        self, command: Sequence[str], environ: Mapping[str, str], log: Path, cwd: Path
    ) -> None:
        self._log = log
        with log.open("wb") as errors:
            self._process = subprocess.Popen(  # noqa: S603  # our own arguments
                command,
                env=dict(environ),
                cwd=cwd,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        if self._answer() != "ready":
            raise WorkerFailed(f"{command}: {log.read_text()[-2000:]}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def run(self, times: int) -> float:
        """Microseconds of CPU that one took, of so many."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{times}\n")
        self._process.stdin.flush()
        return float(self._answer())

    def _answer(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline().strip()
        if not line:
            raise WorkerFailed(self._log.read_text()[-2000:])
        return line
