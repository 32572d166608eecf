"""Runs a stack as a process of its own, for whoever needs one for a while: tests above all."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from numo_local.errors import StackError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_READY = "ready "
_STOP_SECONDS = 10


@dataclass(frozen=True)
class RunningStack:
    """A stack that serves."""

    api: str
    """``http://127.0.0.1:PORT``."""
    process: subprocess.Popen[str]

    @property
    def port(self) -> int:
        return int(self.api.rpartition(":")[2])

    @property
    def stand_ins(self) -> str:
        """Where the elo and the hub are, on another site than the API."""
        return f"http://localhost:{self.port}"


@contextmanager
def running_stack(
    *options: str, log: IO[str] | None = None, environment: Mapping[str, str] | None = None
) -> Iterator[RunningStack]:
    """Start a stack on a free port and end it on leaving.

    Args:
        options: as on the command line; ``--port 0`` where no port is among them.
        log: a file that takes what the functions log; without it they log nothing.
        environment: further variables for the process.

    Raises:
        StackError: it ended instead of serving.
    """
    chosen = [*options, *([] if "--port" in options else ["--port", "0"])]
    if log is None:
        chosen.append("--quiet")
    process = subprocess.Popen(  # noqa: S603  # this very interpreter
        [sys.executable, "-m", "numo_local", *chosen],
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        env={**os.environ, **(environment or {})},
    )
    with process:
        try:
            yield RunningStack(_wait_until_ready(process), process)
        finally:
            _end(process)


def _wait_until_ready(process: subprocess.Popen[str]) -> str:
    for line in process.stdout or ():
        if line.startswith(_READY):
            return line.removeprefix(_READY).strip()
    raise StackError(f"The stack ended with exit code {process.wait()} before it served.")


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
