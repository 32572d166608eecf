"""Instructions instead of time: what a busy machine cannot change.

callgrind runs a worker and begins a new count whenever the worker calls ``getpriority``, which it
does before and after what is to be measured (:mod:`bench.workers.mark`), so every second count is
of that alone. Counts depend on the machine's and Python's build, so a bar is a ratio of two.

Source: https://valgrind.org/docs/manual/cl-manual.html
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench.bars import Bar
from bench.deployed import environ_of_sso, running, storage
from bench.material import lay_out
from bench.rounds import Spread
from bench.worker import PYTHON_PATH

if TYPE_CHECKING:
    from collections.abc import Mapping

PROGRAM = "valgrind"
_ROOT = Path(__file__).parents[2]
_TURNS = 5
_WARM = 2
"""The first ones, which fill caches, are not counted."""


@dataclass(frozen=True)
class Pair:
    """``ours`` against ``theirs``, workers of :mod:`bench.workers`, at most ``limit`` times it.

    The limits are a twentieth above what was counted when they were set: they do not say what is
    good, they say what has become worse.
    """

    what: str
    against: str
    ours: str
    theirs: str
    limit: float


PAIRS = (
    Pair("verification, instructions", "bare", "ours", "bare", 2.15),
    Pair("warm ACS, instructions", "the stock way", "acs", "acs_stock", 0.39),
)


def measure(folder: Path) -> list[Bar]:
    """Every pair, on a deployment of this machine.

    Raises:
        RuntimeError: a worker failed; the text is what it said last.
    """
    with running(folder / "no-package", folder) as cloud, storage(folder) as dynamodb:
        environ = environ_of_sso(cloud, dynamodb, folder)
        return _bars(lay_out(folder / "material"), environ, folder / "counted")


def _bars(material: Path, deployment: Mapping[str, str], folder: Path) -> list[Bar]:
    """The workers run two at a time: nothing here is timed."""
    plain = {**os.environ, "PYTHONPATH": PYTHON_PATH}
    given = {"ours": plain, "bare": plain, "acs": deployment, "acs_stock": deployment}
    with ThreadPoolExecutor(2) as at_once:
        counts = {
            name: at_once.submit(instructions, name, material, environ, folder / name)
            for name, environ in given.items()
        }
    bars = []
    for pair in PAIRS:
        found = counts[pair.ours].result() / counts[pair.theirs].result()
        bars.append(Bar(pair.what, pair.against, pair.limit, Spread(found, found, found)))
    return bars


def instructions(worker: str, material: Path, environ: Mapping[str, str], folder: Path) -> float:
    """Instructions of one turn of a worker, the median of some.

    Args:
        folder: for callgrind's files, of this worker only.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    counter = [PROGRAM, "--tool=callgrind", "--instr-atstart=no", "--quiet"]
    counter.append("--dump-before=getpriority")
    counter.append(f"--callgrind-out-file={folder / 'out'}")
    done = subprocess.run(  # noqa: S603  # our own arguments
        [*counter, sys.executable, "-m", f"bench.workers.{worker}", str(material)],
        # bytecode may be read, and hashes must not differ from run to run
        env={**environ, "BENCH_COUNTED": "1", "PYTHONHASHSEED": "0"},
        cwd=_ROOT,
        input="1\n" * _TURNS,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{worker}: {done.stderr[-2000:]}")
    parts = sorted(int(each.suffix[1:]) for each in folder.glob("out.*"))
    # what was before the first mark is part one; every second part lies between two marks
    return median([_total(folder / f"out.{part}") for part in parts[1::2]][_WARM:])


def _total(part: Path) -> int:
    found = re.search(
        r"^(?:totals|summary): (\d+)", part.read_text("ascii", "replace"), re.MULTILINE
    )
    if found is None:
        raise RuntimeError(f"{part} has no sum")
    return int(found[1])
