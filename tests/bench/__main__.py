"""``python -m bench``: measure all, print the bars, and with ``--record`` write them down."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from bench import bars, counted, deployed, growth, report, roster, verification
from bench.rounds import ROUNDS

FOLDER = Path(__file__).parents[2] / ".bench"


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--rows", type=int, default=2000, help="of each import")
    parser.add_argument("--all-rows", type=int, default=100_000, help="of the one large import")
    parser.add_argument("--users", type=int, nargs="+", default=[1000, 100_000])
    parser.add_argument("--record", action="store_true", help="write docs/performance.md")
    options = parser.parse_args()
    FOLDER.mkdir(exist_ok=True)
    report.say(f"{options.rounds} rounds on {report.machine()}")
    verified = verification.measure(FOLDER, options.rounds)
    held = _shown(bars.of_verification(verified))
    for each in verified.absent:
        report.say(f"absent: {each}")
    running = deployed.measure(FOLDER, options.rounds)
    held += _shown(bars.of_deployed(running))
    if shutil.which(counted.PROGRAM):
        held += _shown(counted.measure(FOLDER))
    else:
        report.say(f"absent: {counted.PROGRAM}, which counts instructions")
    imported = roster.measure(FOLDER, options.rows, options.all_rows, options.rounds)
    held += _shown(bars.of_roster(imported))
    grown = growth.measure(FOLDER, tuple(options.users))
    held += _shown(bars.of_growth(grown))
    report.say("\n" + report.as_text([report.HEAD, *report.lines_of(held)]))
    if options.record:
        written = report.write(held, verified, running, imported, grown, options.rounds)
        report.say(f"written: {written}")
    return 0 if all(bar.holds for bar in held) else 1


def _shown(found: list[bars.Bar]) -> list[bars.Bar]:
    """Each as soon as it is known: a whole run takes some minutes."""
    for row in report.lines_of(found):
        report.say("  ".join(row))
    return found


if __name__ == "__main__":
    sys.exit(main())
