"""Runs a function in a child process of its own for each of many inputs, some at once."""

from __future__ import annotations

import os
import signal
import time
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Input = TypeVar("Input")

TIMEOUT = -999
"""Stands for the exit code of a child that had to be ended."""


@dataclass
class _Child(Generic[Input]):
    given: Input
    until: float


def each_in_a_child(
    inputs: Sequence[Input], run: Callable[[Input], int], seconds: float, at_once: int
) -> Iterator[tuple[Input, int]]:
    """Yield every input with the exit code of its child, in the order in which they end."""
    waiting = list(reversed(inputs))
    children: dict[int, _Child[Input]] = {}
    while waiting or children:
        while waiting and len(children) < at_once:
            given = waiting.pop()
            children[_fork(given, run)] = _Child(given, time.monotonic() + seconds)
        for pid in list(children):
            code = _ended(pid, children[pid].until)
            if code is not None:
                yield children.pop(pid).given, code
        time.sleep(0.01)


def _fork(given: Input, run: Callable[[Input], int]) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 70
    try:
        os.setpgid(0, 0)
        code = run(given)
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        os._exit(code)


def _ended(pid: int, until: float) -> int | None:
    ended, status = os.waitpid(pid, os.WNOHANG)
    if ended:
        return os.waitstatus_to_exitcode(status)
    if time.monotonic() < until:
        return None
    os.killpg(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return TIMEOUT
