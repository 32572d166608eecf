"""What the functions log: a file, which support searches as it searches CloudWatch Logs on AWS."""

from __future__ import annotations

import io
import sys
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def functions_log() -> Iterator[tuple[TextIO, FunctionsLog]]:
    """Yield standard output, and what takes its place: on Lambda it is a function's log.

    The file is gone once the stack is.
    """
    out = sys.stdout
    with (
        NamedTemporaryFile("w", encoding="utf-8", prefix="numo-sso-", suffix=".log") as file,
        redirect_stdout(FunctionsLog(file)) as log,
    ):
        yield out, log


class FunctionsLog(io.TextIOBase):
    """Holds back what functions print while the samples are loaded, for when that fails.

    Later it goes to standard error: the first thing on the screen is where to click. All of it is
    in the file.
    """

    def __init__(self, file: IO[str]) -> None:
        self.held = ""
        self._file = file
        self._show: Callable[[str], object] = self._hold

    @property
    def path(self) -> Path:
        return Path(self._file.name)

    def release(self, *, quiet: bool) -> None:
        """Forget what is held, and hand on what follows unless it is to be quiet."""
        self.held = ""
        self._show = len if quiet else sys.stderr.write

    def write(self, text: str) -> int:
        self._file.write(text)
        self._file.flush()
        self._show(text)
        return len(text)

    def flush(self) -> None:
        sys.stderr.flush()

    def _hold(self, text: str) -> None:
        self.held += text
