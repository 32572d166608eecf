"""Widgets as SVG: lines, stacks, numbers, tables and words, in CloudWatch's order and grid."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pictures.series import Vector

COLUMN, UNIT, GAP = 58, 44, 6
COLOURS = (
    "#1f77b4 #ff7f0e #2ca02c #d62728 #9467bd #8c564b #e377c2 #7f7f7f #bcbd22 #17becf"
    " #393b79 #637939 #8c6d31 #843c39 #7b4173"
)
_COLOURS = COLOURS.split()
_HOURS = 24


@dataclass(frozen=True)
class Box:
    """A widget's place, in pixels."""

    x: float
    y: float
    width: float
    height: float

    @classmethod
    def of(cls, widget: dict[str, Any]) -> Box:
        return cls(
            widget["x"] * COLUMN,
            widget["y"] * UNIT,
            widget["width"] * COLUMN - GAP,
            widget["height"] * UNIT - GAP,
        )


def sheet(parts: Sequence[str], rows: int) -> str:
    """The whole picture."""
    width, height = 24 * COLUMN, rows * UNIT
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" font-family="Helvetica,Arial,sans-serif">\n'
        f'<rect width="{width}" height="{height}" fill="#eaeded"/>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def frame(box: Box, title: str, inside: Sequence[str]) -> str:
    return (
        f'<g transform="translate({box.x:g} {box.y:g})">'
        f'<rect width="{box.width:g}" height="{box.height:g}" fill="#fff" stroke="#d5dbdb"/>'
        + (said(10, 18, title, 13, weight="bold") if title else "")
        + "".join(inside)
        + "</g>"
    )


def said(x: float, y: float, text: str, size: int = 10, fill: str = "#16191f", **more: str) -> str:
    options = "".join(f' font-{name}="{value}"' for name, value in more.items())
    text = escape(text)
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{fill}"{options}>{text}</text>'


def words(box: Box, markdown: str) -> str:
    """Headings, paragraphs and points; marks of emphasis are left out."""
    lines: list[str] = []
    y = 8.0
    for block, heading in _blocks(markdown):
        size = 17 if heading else 12
        for line in wrap(block, int(box.width / (size * 0.55))):
            y += size * 1.4
            lines.append(said(12, y, line, size, weight="bold" if heading else "normal"))
    return frame(box, "", lines)


def _blocks(markdown: str) -> Iterator[tuple[str, bool]]:
    """Paragraphs with their lines joined, as Markdown joins them."""
    for block in re.split(r"\n(?=[-#*])|(?<=\))\n", markdown):
        plain = re.sub(r"[*`]", "", " ".join(block.split()))
        heading = plain.startswith("# ")
        yield plain.removeprefix("# ").replace("- ", "• ", plain.startswith("- ")), heading


def chart(box: Box, properties: dict[str, Any], drawn: dict[str, Vector]) -> str:
    """Lines, or areas on each other, over the hours of a day; what is never there is not named."""
    seen = {label: values for label, values in drawn.items() if any(v is not None for v in values)}
    legend_rows = -(-len(seen) // max(1, int(box.width // 150)))
    top, left, right = 28.0, 40.0, box.width - 12
    bottom = box.height - 22 - 13 * legend_rows
    stacked = _stacked(seen) if properties["stacked"] else seen
    marks = properties.get("annotations", {}).get("horizontal", [])
    highest = max(
        [v for values in stacked.values() for v in values if v is not None]
        + [each["value"] for each in marks]
        + [0]
    )
    highest = highest or 1.0
    scale = (bottom - top) / (highest * 1.05)
    inside = [_axes(left, right, top, bottom, highest)]
    for index, (_, values) in reversed(list(enumerate(stacked.items()))):
        colour = _COLOURS[index % len(_COLOURS)]
        points = _points(values, left, right, bottom, scale)
        if properties["stacked"]:
            corners = f"{left:g},{bottom:g} {points} {right:g},{bottom:g}"
            inside.append(f'<polygon points="{corners}" fill="{colour}"/>')
        else:
            if " " not in points:  # a line of one point is not seen
                x, _, y = points.partition(",")
                inside.append(f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>')
            inside.append(
                f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.4"/>'
            )
    for mark in marks:
        y = bottom - mark["value"] * scale
        inside.append(
            f'<path d="M{left:g} {y:.1f}H{right:g}" stroke="#d13212" stroke-dasharray="4 3"/>'
            + said(right - 60, y - 3, mark["label"], 10, "#d13212")
        )
    inside += _legend(list(seen), box)
    return frame(box, properties["title"], inside)


def _stacked(drawn: dict[str, Vector]) -> dict[str, Vector]:
    below: list[float] = []
    found: dict[str, Vector] = {}
    for label, values in drawn.items():
        below = [
            low + (v or 0) for low, v in zip(below or [0.0] * len(values), values, strict=True)
        ]
        found[label] = list(below)
    return found


def _points(values: Vector, left: float, right: float, bottom: float, scale: float) -> str:
    step = (right - left) / len(values)
    return " ".join(
        f"{left + (index + 0.5) * step:.1f},{bottom - value * scale:.1f}"
        for index, value in enumerate(values)
        if value is not None
    )


def _axes(left: float, right: float, top: float, bottom: float, highest: float) -> str:
    parts = [f'<path d="M{left:g} {top:g}V{bottom:g}H{right:g}" stroke="#aab7b8" fill="none"/>']
    for share in (0, 0.5, 1):
        y = bottom - (bottom - top) / 1.05 * share
        parts.append(said(4, y + 3, _short(highest * share), 9, "#687078"))
    for hour in range(0, _HOURS + 1, 4):
        x = left + (right - left) * hour / _HOURS
        parts.append(said(x - 12, bottom + 12, f"{hour:02}:00", 9, "#687078"))
    return "".join(parts)


def _short(value: float) -> str:
    if value >= 10_000:  # from here on in thousands
        return f"{value / 1000:,.0f}k"
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def _legend(labels: Sequence[str], box: Box) -> Iterator[str]:
    columns = max(1, int(box.width // 150))
    rows = -(-len(labels) // columns)
    for index, label in enumerate(labels):
        x = 12 + index % columns * 150
        y = box.height - 6 - 13 * (rows - 1 - index // columns)
        colour = _COLOURS[index % len(_COLOURS)]
        yield f'<rect x="{x:g}" y="{y - 8:g}" width="9" height="9" fill="{colour}"/>'
        yield said(x + 13, y, label[:26], 10, "#545b64")


def figures(box: Box, title: str, drawn: dict[str, Vector]) -> str:
    """The last value of each."""
    inside = []
    width = (box.width - 20) / max(1, len(drawn))
    for index, (label, values) in enumerate(drawn.items()):
        last = next((v for v in reversed(values) if v is not None), None)
        x = 12 + index * width
        inside.append(said(x, box.height / 2, "-" if last is None else f"{last:,.0f}", 26))
        inside += [
            said(x, box.height / 2 + 18 + 12 * row, line, 10, "#545b64")
            for row, line in enumerate(wrap(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", label), 14))
        ]
    return frame(box, title, inside)


def rows(box: Box, title: str, found: Sequence[dict[str, Any]]) -> str:
    """A table, as many rows as there is room for."""
    names = list(found[0]) if found else []
    width = (box.width - 20) / (len(names) + 0.7)
    places = [0.0, *((index + 1.7) * width for index in range(len(names)))]
    inside = [
        said(12 + left, 40, name, 11, "#545b64", weight="bold")
        for left, name in zip(places, names, strict=False)
    ]
    for line, row in enumerate(found[: int((box.height - 50) // 16)]):
        y = 58 + line * 16
        inside += [
            said(12 + left, y, _cell(name, row[name])[: int((right - left) / 5.6)], 11)
            for left, right, name in zip(places, places[1:], names, strict=False)
        ]
    return frame(box, title, inside)


def _cell(name: str, value: Any) -> str:
    if value is None:
        return "-"
    if name.startswith(("last_", "since")):
        return datetime.fromtimestamp(value / 1000 + 3600, UTC).strftime("%H:%M")
    return (
        f"{value:.1f}" if isinstance(value, float) and value % 1 else str(value).removesuffix(".0")
    )


def names(box: Box, title: str, alarms: Sequence[tuple[str, str]]) -> str:
    """Alarms by name, each with its level."""
    columns = 5
    inside = []
    for index, (name, level) in enumerate(alarms):
        x = 12 + index % columns * (box.width - 20) / columns
        y = 46 + index // columns * 28
        colour = "#d13212" if level == "wake" else "#687078"
        inside.append(f'<circle cx="{x + 5:g}" cy="{y - 4:g}" r="5" fill="#1d8102"/>')
        inside.append(said(x + 16, y, name, 12) + said(x + 16, y + 11, level, 9, colour))
    return frame(box, title, inside)
