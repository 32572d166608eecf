"""Where a counter of instructions cuts a run: see :mod:`bench.counted`."""

from __future__ import annotations

import os
import subprocess

_COUNTED = "BENCH_COUNTED" in os.environ
_counting = False


def mark() -> None:
    """Call what nothing else here calls; outside a counter this costs nothing.

    The first mark begins the counting: what is imported before it would take a minute.
    """
    global _counting  # noqa: PLW0603  # of the whole process
    if not _COUNTED:
        return
    if not _counting:
        told = ["callgrind_control", "--instr=on", str(os.getpid())]
        subprocess.run(told, check=True, capture_output=True)  # noqa: S603  # our own arguments
        _counting = True
    os.getpriority(os.PRIO_PROCESS, 0)
