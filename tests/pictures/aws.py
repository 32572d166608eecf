"""What AWS itself counts of such a day, reckoned from the lines: the names are AWS's own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pictures.series import Metrics

_UNITS: dict[str, dict[str, tuple[float, float]]] = {
    "sso": {"Schools": (1, 0), "Roster": (2, 0), "Sessions": (1, 6), "Traces": (0, 6)},
    "session": {"Sessions": (0.5, 0.2)},
    "authorizer": {"Sessions": (0.5, 0)},
    "audit": {"Audit": (0, 1)},
    "watch": {"Schools": (0.5, 0)},
}
"""Read and write units of a request, by table."""


def count(
    metrics: Metrics,
    lines: Iterable[tuple[str, float, dict[str, Any]]],
    named: Callable[[str], str],
) -> None:
    """Put AWS's metrics of these lines. ``named`` resolves a parameter of the template."""
    api = {"ApiId": named("ApiId")}
    for service, at, line in lines:
        if "_aws" not in line:
            continue
        function = {"FunctionName": named(f"{service.capitalize()}Function")}
        metrics.put("AWS/Lambda", "Invocations", at, 1, **function)
        metrics.put("AWS/Lambda", "Duration", at, line.get("Duration", 900.0), **function)
        if service in {"sso", "session", "authorizer"}:
            of = {"Resource": f"{function['FunctionName']}:live", **function}
            metrics.put("AWS/Lambda", "Errors", at, 0, **of, ExecutedVersion=line["version"])
        for name in ("Errors", "Throttles"):
            metrics.put("AWS/Lambda", name, at, 0, **function)
        if service in {"sso", "session"}:
            metrics.put("AWS/ApiGateway", "Count", at, 1, **api)
            metrics.put("AWS/ApiGateway", "5xx", at, line["status"] >= 500, **api)
        if service == "sso":
            size = len(json.dumps(line))
            metrics.put("AWS/Logs", "IncomingBytes", at, size, LogGroupName=named("SsoLog"))
        for table, (read, write) in _UNITS.get(service, {}).items():
            of = {"TableName": named(f"{table}Table")}
            metrics.put("AWS/DynamoDB", "ConsumedReadCapacityUnits", at, read, **of)
            metrics.put("AWS/DynamoDB", "ConsumedWriteCapacityUnits", at, write, **of)
            failed = line.get("outcome") == "storage-failed"
            metrics.put("AWS/DynamoDB", "ReadThrottleEvents", at, int(failed), **of)
            metrics.put("AWS/DynamoDB", "WriteThrottleEvents", at, 0, **of)
