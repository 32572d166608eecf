"""The survey, drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bell.plot import Panel, lines_as_svg
from bell.price import dollars
from bell.survey import MEGABYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from bell.outcome import Outcome
    from bell.survey import Survey
    from bell.world import World

_DRAWN = (256, 512, 1024, 1769)
"""Megabytes that get a line of their own against the pupils; more would not be told apart."""


def draw(found: Survey, world: World, folder: Path) -> None:
    """Write the four pictures that the page shows."""
    pupils = sorted({pupils for pupils, _ in found.grid})

    def by_memory(figure: Callable[[Outcome, int], float]) -> Mapping[str, list[float]]:
        return {f"{mb:,} MB": [figure(found.grid[n, mb], mb) for n in pupils] for mb in _DRAWN}

    def wait(percent: float) -> Mapping[str, list[float]]:
        return {
            _count(n): [1000 * found.grid[n, mb].wait(percent) for mb in MEGABYTES] for n in pupils
        }

    waits = [Panel(f"p{each} of the wait, ms", wait(each)) for each in (50, 95, 99)]
    _write(folder, "bell-wait", lines_as_svg("wait", MEGABYTES, waits, "MB of memory"))
    many = [
        Panel("pupils who met a cold start, %", by_memory(lambda o, _: 100 * o.cold_share)),
        Panel(
            "executions at once",
            by_memory(lambda o, _: max(1, o.in_flight)),
            "{:,.0f}".format,
            logarithmic=True,
        ),
        Panel(
            "dollars for a thousand logins",
            by_memory(lambda o, mb: 1000 * dollars(o, replace(world, memory=mb)) / o.pupils),
            "{:.3f}".format,
        ),
    ]
    _write(folder, "bell-many", lines_as_svg("how many", pupils, many, "pupils in ten minutes"))
    sizes = sorted(found.held)
    both = {"advised": found.held, "deployed": found.as_is, "before": found.before}
    refused = [
        Panel(
            "pupils who gave up, %",
            {name: [100 * o[n].lost / n for n in sizes] for name, o in both.items()},
        )
    ]
    _write(folder, "bell-limits", lines_as_svg("gave up", sizes, refused, "pupils in ten minutes"))


def _count(pupils: int) -> str:
    return f"{pupils:,}"


def _write(folder: Path, name: str, drawn: str) -> None:
    (folder / f"{name}.svg").write_text(drawn, encoding="utf-8")
