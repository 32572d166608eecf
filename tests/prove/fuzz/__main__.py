"""``python -m prove.fuzz TARGET``: coverage-guided fuzzing of one target, for so many seconds.

A finding is anything but a coded outcome, an input that costs over 50 ms of CPU however often it
is tried, or memory beyond its bound. Its input is kept below ``.local/fuzz/TARGET``, and
``python -m prove.fuzz TARGET FILE`` runs it again.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import atheris

if TYPE_CHECKING:
    from prove.fuzz.targets import Target

with atheris.instrument_imports(include=["numo_sso", "edge", "numo_cli"]):
    from prove.fuzz.targets import TARGETS

from prove.fuzz.trees import edit

_LIMIT = 0.050
_TRIES = 6
_LARGEST = 300_000
_MEGABYTES = 1024
_FOLDER = Path(__file__).parents[3] / ".local" / "fuzz"


class Run:
    """One target under the fuzzer."""

    def __init__(self, name: str, target: Target, folder: Path) -> None:
        self._name = name
        self._target = target
        self._folder = folder
        self.findings = 0

    def once(self, data: bytes) -> None:
        """Run one input. A finding is kept and told, and the fuzzer goes on."""
        started = time.process_time()
        try:
            self._target.run(data)
        except Exception as error:  # noqa: BLE001  # this is what is looked for
            self._found(data, f"{type(error).__name__}: {error}"[:300])
        if time.process_time() - started > _LIMIT and self._slow(data):
            self._found(data, f"over {_LIMIT * 1000:.0f} ms of CPU")

    def mutate(self, data: bytes, largest: int, seed: int) -> bytes:
        """Edit the tree three times in four, else the bytes."""
        edited = edit(data, seed, largest) if self._target.xml and seed % 4 else None
        return atheris.Mutate(data, largest) if edited is None else edited

    def _slow(self, data: bytes) -> bool:
        return min(self._timed(data) for _ in range(_TRIES)) > _LIMIT

    def _timed(self, data: bytes) -> float:
        started = time.process_time()
        self._target.run(data)
        return time.process_time() - started

    def _found(self, data: bytes, what: str) -> None:
        file = self._folder / sha256(data).hexdigest()[:16]
        if not file.exists():
            file.write_bytes(data)
            self.findings += 1
            print(f"FINDING {self._name}: {what} ({file})", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("file", nargs="?", type=Path, help="run this input alone")
    parser.add_argument("--seconds", type=int, default=120)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    target = TARGETS[options.target]
    if options.file:
        target.run(options.file.read_bytes())
        return 0
    folder = _FOLDER / options.target
    seeds = folder / "corpus"
    seeds.mkdir(parents=True, exist_ok=True)
    for at, seed in enumerate(target.seeds):
        (seeds / f"seed-{at}").write_bytes(seed)
    run = Run(options.target, target, folder)
    arguments = [
        sys.argv[0],
        f"-max_total_time={options.seconds}",
        f"-rss_limit_mb={_MEGABYTES}",
        f"-max_len={_LARGEST}",
        "-timeout=20",
        "-print_final_stats=1",
        f"-artifact_prefix={folder}/",
        str(seeds),
    ]
    custom = {"custom_mutator": run.mutate} if target.xml else {}
    atheris.Setup(arguments, run.once, **custom)
    atheris.Fuzz()
    return 0  # not reached: the fuzzer ends the process itself


if __name__ == "__main__":
    sys.exit(main())
