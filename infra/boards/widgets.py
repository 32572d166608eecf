"""Widgets of a dashboard, and how they are laid out: rows on a grid of 24."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boards.metrics import Row

GRID = 24
HOUR = 3600


@dataclass(frozen=True)
class Widget:
    """``properties`` are CloudWatch's own."""

    kind: str
    properties: dict[str, Any]


def text(markdown: str) -> Widget:
    return Widget("text", {"markdown": markdown.strip()})


def graph(title: str, rows: Sequence[Row], period: int = 300, **more: Any) -> Widget:
    """Lines over time; ``stacked=True`` puts them on each other, ``annotations`` marks a height."""
    properties = {
        "title": title,
        "view": "timeSeries",
        "stacked": False,
        "region": "${AWS::Region}",
        "period": period,
        "metrics": [row.widget() for row in rows],
        "yAxis": {"left": {"min": 0}},
    }
    return Widget("metric", {**properties, **more})


def numbers(title: str, rows: Sequence[Row], period: int = HOUR, **more: Any) -> Widget:
    """The latest value of each, large."""
    return graph(title, rows, period, view="singleValue", **more)


def table(title: str, log: str, query: str) -> Widget:
    """What Logs Insights answers, as a table. ``log`` is a log group."""
    return _logs(title, log, query, "table")


def bars(title: str, log: str, query: str) -> Widget:
    """The same as bars over time; the query ends in ``by bin(…)``."""
    return _logs(title, log, query, "bar")


def alarms(title: str, arns: Sequence[str]) -> Widget:
    return Widget("alarm", {"title": title, "alarms": list(arns)})


def at(height: float, label: str) -> dict[str, Any]:
    """A line across a graph."""
    return {"horizontal": [{"value": height, "label": label}]}


def body(rows: Sequence[tuple[int, Sequence[Widget]]]) -> str:
    """A dashboard as CloudWatch reads it: each row has a height and shares the width.

    Written for people too: one line a metric.
    """
    placed, top = [], 0
    for height, widgets in rows:
        width = GRID // len(widgets)
        for index, each in enumerate(widgets):
            place = {"x": index * width, "y": top, "width": width, "height": height}
            placed.append({"type": each.kind, **place, "properties": each.properties})
        top += height
    found = ",\n".join(_written(each) for each in placed)
    return f'{{"start": "-PT24H", "widgets": [\n{found}\n]}}\n'


def _written(widget: dict[str, Any]) -> str:
    properties = dict(widget["properties"])
    place = {name: value for name, value in widget.items() if name != "properties"}
    metrics = properties.pop("metrics", None)
    inner = json.dumps(properties, ensure_ascii=False)
    if metrics is not None:
        lines = ",\n    ".join(json.dumps(row, ensure_ascii=False) for row in metrics)
        inner = inner[:-1] + f', "metrics": [\n    {lines}\n  ]}}'
    return json.dumps(place)[:-1] + f', "properties":\n  {inner}}}'


def _logs(title: str, log: str, query: str, view: str) -> Widget:
    properties = {
        "title": title,
        "view": view,
        "region": "${AWS::Region}",
        "query": f"SOURCE '{log}' | {query}",
    }
    return Widget("log", properties)
