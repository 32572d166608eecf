"""Metrics inside a log line, in CloudWatch's embedded format, and the list of all that there are.

CloudWatch makes the metrics out of the line itself, so a line and its counts cannot differ. Each
set of dimensions costs a metric of its own for each value that it takes: none of them is a
school, a person or anything that a stranger can choose.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NAMESPACE = "NumoSso"

COUNT, MILLISECONDS, SECONDS, NONE = "Count", "Milliseconds", "Seconds", "None"
"""CloudWatch's units, as far as they are used."""

BY_SERVICE = ("environment", "service")
BY_OUTCOME = ("environment", "service", "outcome")
BY_VERSION = ("environment", "service", "version")


class Measured(NamedTuple):
    """Metrics that share their sets of dimensions: each name with its unit and its value."""

    sets: tuple[tuple[str, ...], ...]
    values: Mapping[str, tuple[str, float]]


def embedded(at: float, measured: Iterable[Measured]) -> dict[str, Any]:
    """The members by which a line carries metrics. The line itself has those of the dimensions.

    Args:
        at: seconds since 1970.
    """
    directives, values = [], {}
    for each in measured:
        if each.values:
            metrics = [{"Name": name, "Unit": unit} for name, (unit, _) in each.values.items()]
            directives.append(
                {
                    "Namespace": NAMESPACE,
                    "Dimensions": [list(names) for names in each.sets],
                    "Metrics": metrics,
                }
            )
            values.update({name: value for name, (_, value) in each.values.items()})
    if not directives:
        return {}
    return {"_aws": {"Timestamp": int(at * 1000), "CloudWatchMetrics": directives}, **values}
