"""What an alarm is, and the resource that it becomes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from boards.metrics import Metric


class Level(StrEnum):
    """Whom an alarm reaches."""

    WAKE = "wake"
    """Somebody at once, at any hour."""
    WORKDAY = "work-day"
    """Whoever works, on the next working day."""


OPERATORS = {
    ">=": "GreaterThanOrEqualToThreshold",
    ">": "GreaterThanThreshold",
    "<": "LessThanThreshold",
}


@dataclass(frozen=True)
class Alarm:
    """One alarm. Its name is its entry in the runbook.

    ``floor`` says how little does not count: without it one failed login in a quiet hour is 100 %.
    """

    name: str
    level: Level
    what: str
    floor: str
    metrics: tuple[Metric, ...]
    compare: str
    threshold: float
    period: int = 300
    """Seconds of one datapoint."""
    datapoints: int = 1
    """So many of the last ``of`` must be beyond the threshold."""
    of: int = 1
    formula: str = ""
    """On the metrics' ids; without one there is one metric."""
    missing: str = "notBreaching"

    @property
    def logical_id(self) -> str:
        return "".join(part.capitalize() for part in self.name.split("-")) + "Alarm"

    @property
    def description(self) -> str:
        return (
            f"{self.name} ({self.level}): {self.what} Floor: {self.floor}"
            f" See docs/runbook.md#{self.name}."
        )

    def resource(self) -> dict[str, Any]:
        """As CloudFormation makes it."""
        properties: dict[str, Any] = {
            "AlarmName": {"Fn::Sub": f"${{Name}}-{self.name}"},
            "AlarmDescription": self.description,
            **self._measured(),
            "EvaluationPeriods": self.of,
            "DatapointsToAlarm": self.datapoints,
            "Threshold": self.threshold,
            "ComparisonOperator": OPERATORS[self.compare],
            "TreatMissingData": self.missing,
            "AlarmActions": [topic(self.level)],
            "OKActions": [topic(self.level)],
        }
        return {"Type": "AWS::CloudWatch::Alarm", "Properties": properties}

    def _measured(self) -> dict[str, Any]:
        if not self.formula:
            (metric,) = self.metrics
            stat = "ExtendedStatistic" if metric.stat.startswith("p") else "Statistic"
            return {**_named(metric), stat: metric.stat, "Period": self.period}
        asked: list[dict[str, Any]] = [
            {
                "Id": each.id,
                "MetricStat": {"Metric": _named(each), "Stat": each.stat, "Period": self.period},
                "ReturnData": False,
            }
            for each in self.metrics
        ]
        verdict = {"Id": "verdict", "Expression": self.formula, "ReturnData": True}
        return {"Metrics": [*asked, verdict]}


def topic(level: Level) -> dict[str, Any]:
    name = "Wake" if level is Level.WAKE else "Workday"
    return {"Fn::If": [f"Own{name}Topic", {"Ref": f"{name}Topic"}, {"Ref": f"{name}TopicArn"}]}


def _named(metric: Metric) -> dict[str, Any]:
    dimensions = [{"Name": name, "Value": _value(value)} for name, value in metric.dimensions]
    return {"Namespace": metric.namespace, "MetricName": metric.name, "Dimensions": dimensions}


def _value(value: str) -> str | dict[str, str]:
    """``${X}`` alone is a reference."""
    return {"Ref": value[2:-1]} if value.startswith("${") else value
