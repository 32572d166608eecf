"""``python -m bell``: simulate the morning, hold it against real logins, and say what to set."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from random import Random

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from bell import check, tables
from bell.page import page
from bell.pictures import draw
from bell.runs import SEED
from bell.settings import deployed, times
from bell.shapes import Bell, Shape, read_shape
from bell.survey import SIZES, Survey, load, survey
from bench.report import DOCS, as_text

_OUT = Console()
_RANDOM = Random(SEED)
_SHOWN = (
    TextColumn("{task.description}"),
    BarColumn(),
    TextColumn("{task.percentage:>3.0f} %"),
    TimeRemainingColumn(),
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bell", description=__doc__)
    parser.add_argument("--arrivals", type=Path, help="CSV of seconds and counts")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--repeats", type=int, default=check.REPEATS, help="of each real load")
    parser.add_argument("--record", action="store_true", help="write docs/bell.md")
    options = parser.parse_args()
    shape: Shape = read_shape(options.arrivals) if options.arrivals else Bell()
    world, measured = deployed(), times()
    with Progress(*_SHOWN, console=_OUT) as progress:
        held = progress.add_task("real logins", total=len(check.RATES) * options.repeats)
        simulated = progress.add_task(
            "simulated mornings", total=load(world, shape, tuple(options.sizes))
        )
        compared = check.compare(
            world, _RANDOM, repeats=options.repeats, said=lambda: progress.advance(held)
        )
        found = survey(
            world,
            measured,
            shape,
            tuple(options.sizes),
            said=lambda pupils: progress.advance(simulated, pupils),
        )
    _tell(found)
    _OUT.print(as_text(tables.checked(compared)), soft_wrap=True)
    if options.record:
        (DOCS / "bell.md").write_text(page(found, compared, world, measured, shape))
        draw(found, world, DOCS / "pictures")
        _OUT.print(f"written: {DOCS / 'bell.md'}")
    return 0


def _tell(found: Survey) -> None:
    for table in (tables.mornings(found), tables.advised(found)):
        _OUT.print(as_text(table) + "\n", soft_wrap=True, markup=False)


if __name__ == "__main__":
    sys.exit(main())
