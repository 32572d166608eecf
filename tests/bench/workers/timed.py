"""What the workers share that time one call among others that are not theirs to count."""

from __future__ import annotations

import cProfile
import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.workers.mark import mark

if TYPE_CHECKING:
    from collections.abc import Callable


_WARM, _TURNS = 10, 200
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
    if "BENCH_PROFILE" in os.environ:
        _profile(prepare, work, check, Path(os.environ["BENCH_PROFILE"]))
        return
    print("ready", file=_answers, flush=True)
    for line in sys.stdin:
        times = int(line)
        spent = sum(_time(prepare, work, check) for _ in range(times))
        print(spent / times / 1000, file=_answers, flush=True)


def _profile(
    prepare: Callable[[], Any], work: Callable[[Any], Any], check: Callable[[Any], bool], to: Path
) -> None:
    """Write where CPU goes in so many turns, and beside it what they take without a profiler."""
    profiler = cProfile.Profile(time.process_time)

    def profiled(given: Any) -> Any:
        return profiler.runcall(work, given)

    for _ in range(_WARM):
        _time(prepare, work, check)
    spent = 0
    for _ in range(_TURNS):  # in turn, as what is scaled by what must meet the same weather
        _time(prepare, profiled, check)
        spent += _time(prepare, work, check)
    profiler.dump_stats(to)
    to.with_suffix(".json").write_text(json.dumps({"turns": _TURNS, "us": spent / _TURNS / 1000}))


def _time(
    prepare: Callable[[], Any], work: Callable[[Any], Any], check: Callable[[Any], bool]
) -> int:
    given = prepare()
    mark()
    began = time.process_time_ns()
    answer = work(given)
    spent = time.process_time_ns() - began
    mark()
    if not check(answer):
        sys.exit(f"not what was to be measured: {answer!r}")
    return spent
