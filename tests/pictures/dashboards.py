"""``make dashboards``: the dashboards as they are deployed, drawn of a day on the local stack."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from boards.alarm_list import ALARMS
from deployment.deployed import ROOT, nested, properties
from pictures import draw
from pictures.aws import count
from pictures.clock import BEGAN
from pictures.insights import answer
from pictures.midnight import lines_of_a_day
from pictures.series import Metrics

if TYPE_CHECKING:
    from pathlib import Path

    from pictures.day import Lines

TARGET = ROOT / "docs/pictures"
BOARDS = ("Support", "Operations")


@dataclass
class Studio:
    """The day's metrics and lines, and what found nothing to draw."""

    metrics: Metrics
    lines: dict[str, list[dict[str, Any]]]
    """By log group's name."""
    empty: list[str] = field(default_factory=list)

    def picture(self, board: dict[str, Any]) -> str:
        widgets = board["widgets"]
        height = max(each["y"] + each["height"] for each in widgets)
        return draw.sheet([self._widget(each) for each in widgets], height)

    def _widget(self, widget: dict[str, Any]) -> str:
        box, given = draw.Box.of(widget), widget["properties"]
        if widget["type"] == "text":
            return draw.words(box, given["markdown"])
        if widget["type"] == "alarm":
            listed = [(each.name, each.level.value) for each in ALARMS]
            return draw.names(box, given["title"], listed)
        if widget["type"] == "log":
            return self._log(box, given)
        drawn = self._drawn(given)
        if given["view"] == "singleValue":
            return draw.figures(box, given["title"], drawn)
        return draw.chart(box, given, drawn)

    def _drawn(self, given: dict[str, Any]) -> dict[str, Any]:
        known: dict[str, Any] = {}
        drawn: dict[str, Any] = {}
        for row in given["metrics"]:
            drawn |= self.metrics.row(row, given["period"], known)
        if not any(value is not None for values in drawn.values() for value in values):
            self.empty.append(given["title"])
        return drawn

    def _log(self, box: draw.Box, given: dict[str, Any]) -> str:
        source, _, query = given["query"].partition(" | ")
        found = answer(query, self.lines[source.removeprefix("SOURCE '").removesuffix("'")])
        if not found:
            self.empty.append(given["title"])
        if given["view"] == "table":
            return draw.rows(box, given["title"], found)
        counts: list[float | None] = [None] * 24
        for row in found:
            hour = int((row["bin(1h)"] / 1000 - BEGAN) // 3600)
            counts[hour] = next(value for name, value in row.items() if name != "bin(1h)")
        return draw.chart(box, {**given, "stacked": True}, {"references": counts})


def studio(day: Lines) -> Studio:
    """Everything that the day left behind, as CloudWatch would have it."""
    metrics = Metrics(BEGAN)
    metrics.read(line for _, _, line in day)
    resolve = nested("Monitoring").resolve
    count(metrics, day, lambda name: str(resolve({"Ref": name})))
    lines: dict[str, list[dict[str, Any]]] = {}
    for service, at, line in day:
        log = f"{service.capitalize()}Log"
        if log in nested("Monitoring").template["Parameters"]:
            group = str(resolve({"Ref": log}))
            lines.setdefault(group, []).append({**line, "@timestamp": int(at * 1000)})
    return Studio(metrics, lines)


def pictures(day: Lines) -> tuple[dict[str, str], list[str]]:
    """The pictures by name, and the titles of widgets in which there is nothing."""
    made = studio(day)
    drawn = {
        name.lower(): made.picture(json.loads(properties(f"{name}Dashboard")["DashboardBody"]))
        for name in BOARDS
    }
    return drawn, made.empty


def main(target: Path = TARGET) -> int:
    """Write them; an empty widget is a mistake in its definition, and nothing is written."""
    drawn, empty = pictures(lines_of_a_day())
    if empty:
        print("Nothing to draw in: " + "; ".join(empty), file=sys.stderr)  # noqa: T201
        return 1
    target.mkdir(parents=True, exist_ok=True)
    for name, picture in drawn.items():
        (target / f"{name}.svg").write_text(picture, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
