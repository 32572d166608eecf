"""Lines over a logarithmic axis, as SVG that is read on a phone and in the dark."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_WIDTH, _PANEL, _LEFT, _RIGHT, _TOP, _BOTTOM = 680, 340, 84, 132, 54, 66
_LIGHT = ("#0b57b7", "#b34700", "#1b7a3d", "#8a2a8c", "#6b5d00", "#444")
_DARK = ("#8ab8ff", "#ffb27a", "#7fd6a0", "#e39be5", "#e0cf5a", "#ccc")
_STYLE = (
    "text{font:22px system-ui,sans-serif;fill:#222}.t{font-weight:600}.g{stroke:#8886}"
    "path{fill:none;stroke-width:3}"
    + "".join(f".s{n}{{stroke:{c}}}.f{n}{{fill:{c}}}" for n, c in enumerate(_LIGHT))
    + "@media(prefers-color-scheme:dark){text{fill:#eee}"
    + "".join(f".s{n}{{stroke:{c}}}.f{n}{{fill:{c}}}" for n, c in enumerate(_DARK))
    + "}"
)


@dataclass(frozen=True)
class Panel:
    """One diagram: lines by name, each a value for each place on the axis."""

    title: str
    lines: Mapping[str, Sequence[float]]
    shown: Callable[[float], str] = "{:g}".format
    logarithmic: bool = False


def lines_as_svg(title: str, places: Sequence[float], panels: Sequence[Panel], axis: str) -> str:
    """Panels below one another over the same places; each line is named at its end.

    Args:
        places: of every value, ascending; drawn logarithmically.
        axis: what the places are, written below.
    """
    height = _PANEL * len(panels)
    named = f'role="img" aria-label="{escape(title)}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" {named}>',
        f"<style>{_STYLE}</style>",
    ]
    for row, panel in enumerate(panels):
        parts.append(f'<g transform="translate(0 {row * _PANEL})">')
        parts += _drawn(panel, places, axis)
        parts.append("</g>")
    return "".join([*parts, "</svg>\n"])


def _drawn(panel: Panel, places: Sequence[float], axis: str) -> list[str]:
    across = _scale(places[0], places[-1], _LEFT, _WIDTH - _RIGHT, logarithmic=True)
    values = [value for line in panel.lines.values() for value in line]
    least, most = _bounds(values, logarithmic=panel.logarithmic)
    up = _scale(least, most, _PANEL - _BOTTOM, _TOP, logarithmic=panel.logarithmic)
    parts = [f'<text class="t" x="0" y="26">{escape(panel.title)}</text>']
    for tick in _ticks(least, most, logarithmic=panel.logarithmic):
        y = up(tick)
        parts += [
            f'<line class="g" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>',
            f'<text x="{_LEFT - 8}" y="{y + 7:.1f}" text-anchor="end">{panel.shown(tick)}</text>',
        ]
    parts += [
        f'<text x="{across(place):.1f}" y="{_PANEL - 38}" text-anchor="middle">{place:,.0f}</text>'
        for place in _named(places, across)
    ]
    parts.append(f'<text x="{_WIDTH}" y="{_PANEL - 12}" text-anchor="end">{escape(axis)}</text>')
    ends = {name: up(line[-1]) for name, line in panel.lines.items()}
    for number, (name, line) in enumerate(panel.lines.items()):
        points = " L".join(
            f"{across(x):.1f} {up(y):.1f}" for x, y in zip(places, line, strict=True)
        )
        parts.append(f'<path class="s{number}" d="M{points}"/>')
        at = _apart(ends)[name]
        parts.append(
            f'<text class="f{number}" x="{_WIDTH - _RIGHT + 8}" y="{at + 7:.1f}">'
            f"{escape(name)}</text>"
        )
    return parts


def _named(places: Sequence[float], across: Callable[[float], float]) -> list[float]:
    """The places whose figures fit beside one another, the last one among them."""
    found: list[float] = []
    for place in reversed(places):
        room = 13.0 * max(len(f"{each:,.0f}") for each in (place, *found[-1:]))
        if not found or across(found[-1]) - across(place) > room:
            found.append(place)
    return found[::-1]


def _scale(
    least: float, most: float, start: float, end: float, *, logarithmic: bool
) -> Callable[[float], float]:
    def by(value: float) -> float:
        return math.log10(value) if logarithmic else value

    span = (by(most) - by(least)) or 1.0
    return lambda value: start + (by(value) - by(least)) / span * (end - start)


def _bounds(values: Sequence[float], *, logarithmic: bool) -> tuple[float, float]:
    if not logarithmic:
        return 0.0, _ticks(0.0, max(values) or 1.0, logarithmic=False)[-1]
    return 10 ** math.floor(math.log10(min(values))), 10 ** math.ceil(math.log10(max(values)))


def _ticks(least: float, most: float, *, logarithmic: bool) -> list[float]:
    if logarithmic:
        first, last = round(math.log10(least)), round(math.log10(most))
        return [10.0**power for power in range(first, last + 1)]
    power = 10.0 ** math.floor(math.log10(most / 4))
    step = next(each * power for each in (1, 2, 2.5, 5, 10) if each * power * 4 >= most)
    return [step * turn for turn in range(math.ceil(most / step - 1e-9) + 1)]


def _apart(ends: Mapping[str, float], least: float = 25.0) -> dict[str, float]:
    """Where the names stand: at their lines' ends, and never over one another."""
    found: dict[str, float] = {}
    above = -math.inf
    for name, y in sorted(ends.items(), key=lambda item: item[1]):
        above = found[name] = max(y, above + least)
    over = max(0.0, above - (_PANEL - _BOTTOM))
    return {name: y - over for name, y in found.items()}
