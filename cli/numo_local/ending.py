"""Ctrl-C and SIGTERM: a start ends at once, a stack that serves ends in order."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Ending:
    """Takes the signals from its making on.

    Args:
        log: the file that the functions log to; a start that is ended leaves none.
    """

    def __init__(self, log: Path) -> None:
        self._log = log
        self._serving = False
        self._asked, self._ask = os.pipe()
        for number in _SIGNALS:
            signal.signal(number, self._take)

    def wait(self) -> None:
        """Return when the stack, which serves now, is asked to end."""
        self._serving = True
        os.read(self._asked, 1)

    @staticmethod
    def begun() -> None:
        """It ends already: nothing cuts that short."""
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_IGN)

    def _take(self, _number: int, _frame: FrameType | None) -> None:
        if self._serving:
            os.write(self._ask, b".")
            return
        # Nothing is stored yet; and an exception would be raised in the middle of whatever is
        # imported or made at this moment, and be taken there for another one.
        self._log.unlink(missing_ok=True)
        os._exit(0)
