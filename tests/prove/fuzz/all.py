"""``python -m prove.fuzz.all``: every target for so many seconds, each in a process of its own."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys

from prove import figures
from prove.fuzz.targets import TARGETS

_RUNS = re.compile(r"^stat::number_of_executed_units:\s*(\d+)", re.MULTILINE)
_PEAK = re.compile(r"^stat::peak_rss_mb:\s*(\d+)", re.MULTILINE)
_COVERAGE = re.compile(r"DONE\s+cov: (\d+)")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--record", action="store_true", help="write docs/security-figures.md")
    options = parser.parse_args()
    rows, findings = [], 0
    for name, target in TARGETS.items():
        found, row = _fuzz(name, (target.run.__doc__ or "").split("\n")[0], options.seconds)
        findings += found
        rows.append(row)
        print(row, flush=True)
    if options.record:
        figures.record("fuzzing", _markdown(rows, options.seconds))
    return int(findings > 0)


def _fuzz(name: str, promise: str, seconds: int) -> tuple[int, str]:
    ended = subprocess.run(  # noqa: S603  # this very interpreter
        [sys.executable, "-m", "prove.fuzz", name, "--seconds", str(seconds)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    told = [line for line in ended.stdout.splitlines() if line.startswith("FINDING")]
    if ended.returncode and not told:
        told = [f"FINDING {name}: the fuzzer ended: {ended.stdout[-1500:]}"]
    print("\n".join(told), end="\n" if told else "")
    runs, coverage, peak = (
        found[1] if (found := pattern.search(ended.stdout)) else "?"
        for pattern in (_RUNS, _COVERAGE, _PEAK)
    )
    return len(told), f"| {name} | {promise} | {runs} | {coverage} | {peak} | {len(told)} |"


def _markdown(rows: list[str], seconds: int) -> str:
    return "\n".join(
        [
            f"{seconds} s a target; {figures.machine()}.",
            "",
            "| target | promise | inputs | branches reached | MB at most | findings |",
            "|---|---|---|---|---|---|",
            *rows,
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
