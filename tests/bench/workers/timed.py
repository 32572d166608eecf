"""What the workers share that time one call among others that are not theirs to count."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


_answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # a handler's log lines go where Lambda takes them from, which is where we answer


def serve(
    prepare: Callable[[], Any], work: Callable[[Any], Any], check: Callable[[Any], bool]
) -> None:
    """Answer each line of stdin, a number, with the microseconds of CPU that one ``work`` took.

    ``prepare`` makes what the next one is given, and is not counted. An answer that ``check`` does
    not like ends the worker: it would have measured something else.
    """
    _time(prepare, work, check)
    print("ready", file=_answers, flush=True)
    for line in sys.stdin:
        times = int(line)
        spent = sum(_time(prepare, work, check) for _ in range(times))
        print(spent / times / 1000, file=_answers, flush=True)


def _time(
    prepare: Callable[[], Any], work: Callable[[Any], Any], check: Callable[[Any], bool]
) -> int:
    given = prepare()
    began = time.process_time_ns()
    answer = work(given)
    spent = time.process_time_ns() - began
    if not check(answer):
        sys.exit(f"not what was to be measured: {answer!r}")
    return spent
