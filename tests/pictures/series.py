"""CloudWatch's side: metrics out of lines, their statistics, and the arithmetic of widgets."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from dataclasses import dataclass, field
from statistics import fmean
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Vector = list[float | None]
"""A value for each period of the day; none where there was no datapoint."""
Key = tuple[str, str, frozenset[tuple[str, str]]]
_PROPERTY = re.compile(r"\$\{PROP\('Dim\.\w+'\)\}")
"""In a label: the value of the dimension that the search leaves open."""
_SEARCH = re.compile(r"SEARCH\('\{([^}]*)\} (.*)', '(\w+)', \d+\)")


@dataclass
class Metrics:
    """Every value of every metric of the day that began at ``began``, in seconds since 1970."""

    began: float
    points: dict[Key, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))

    def put(self, namespace: str, name: str, at: float, value: float, **dimensions: str) -> None:
        self.points[namespace, name, frozenset(dimensions.items())].append((at, value))

    def read(self, lines: Iterable[dict[str, Any]]) -> None:
        """Take the metrics out of lines as CloudWatch does: by what ``_aws`` says."""
        for line in lines:
            embedded = line.get("_aws", {"CloudWatchMetrics": []})
            for each in embedded["CloudWatchMetrics"]:
                for names in each["Dimensions"]:
                    dimensions = {name: line[name] for name in names}
                    for metric in each["Metrics"]:
                        name = metric["Name"]
                        at = embedded["Timestamp"] / 1000
                        self.put(each["Namespace"], name, at, line[name], **dimensions)

    def row(self, row: list[Any], period: int, known: dict[str, Vector]) -> dict[str, Vector]:
        """What a row of a widget's ``metrics`` draws, by label. ``known`` has the ids before it."""
        if isinstance(row[0], dict):
            asked = row[0]
            if searched := _SEARCH.fullmatch(asked["expression"]):
                found = self._search(searched[1], searched[2], searched[3], period)
                return {
                    _PROPERTY.sub(free, asked["label"]) or free: made
                    for free, made in found.items()
                }
            made = evaluate(asked["expression"], known)
            known[asked["id"]] = made
            return {asked["label"]: made}
        namespace, name, *rest = row
        options = rest.pop() if isinstance(rest[-1], dict) else {}
        dimensions = frozenset(zip(rest[::2], rest[1::2], strict=True))
        made = self._vector((namespace, name, dimensions), options["stat"], period)
        known[options.get("id", "")] = made
        return {} if options.get("visible") is False else {options["label"]: made}

    def _vector(self, key: Key, stat: str, period: int) -> Vector:
        buckets: list[list[float]] = [[] for _ in range(86_400 // period)]
        for at, value in self.points.get(key, ()):
            index = int((at - self.began) // period)
            if 0 <= index < len(buckets):
                buckets[index].append(value)
        return [STATISTICS[stat](each) if each else None for each in buckets]

    def _search(self, schema: str, terms: str, stat: str, period: int) -> dict[str, Vector]:
        namespace, *names = schema.split(",")
        given = dict(re.findall(r'(\w+)="([^"]*)"', terms))
        name = given.pop("MetricName")
        [free] = set(names) - given.keys()
        found = {}
        for key in self.points:
            dimensions = dict(key[2])
            if (
                key[:2] == (namespace, name)
                and dimensions.keys() == set(names)
                and given.items() <= dimensions.items()
            ):
                found[dimensions[free]] = self._vector(key, stat, period)
        return dict(sorted(found.items()))


def percentile(share: float) -> Callable[[list[float]], float]:
    return lambda values: sorted(values)[min(len(values) - 1, int(share * len(values)))]


STATISTICS: dict[str, Callable[[list[float]], float]] = {
    "Sum": sum,
    "Average": fmean,
    "Maximum": max,
    "Minimum": min,
    "p50": percentile(0.5),
    "p90": percentile(0.9),
    "p95": percentile(0.95),
    "p99": percentile(0.99),
}


def evaluate(formula: str, known: dict[str, Vector]) -> Vector:
    """Metric math, as far as the dashboards use it.

    Raises:
        KeyError: an id that no row before it has.
    """
    made = _value(ast.parse(formula, mode="eval").body, known)
    assert isinstance(made, list)
    return made


def _value(node: ast.expr, known: dict[str, Vector]) -> Any:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return known[node.id]
    if isinstance(node, ast.List):
        return [_value(each, known) for each in node.elts]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        first, *rest = (_value(each, known) for each in node.args)
        if node.func.id == "FILL":
            return [rest[0] if each is None else each for each in first]
        assert node.func.id == "SUM"
        return [sum(column) for column in zip(*first, strict=True)]
    assert isinstance(node, ast.BinOp)
    left, right = _value(node.left, known), _value(node.right, known)
    return _each(_OPERATIONS[type(node.op)], left, right)


_OPERATIONS: dict[type[ast.operator], Callable[[float, float], float | None]] = {
    ast.Sub: lambda left, right: left - right,
    ast.Add: lambda left, right: left + right,
    ast.Mult: lambda left, right: left * right,
    ast.Div: lambda left, right: left / right if right else None,
}


def _each(operation: Callable[[float, float], float | None], left: Any, right: Any) -> Vector:
    """Number by number; a number alone goes with each of the other side's."""
    length = len(left if isinstance(left, list) else right)
    lefts = left if isinstance(left, list) else [left] * length
    rights = right if isinstance(right, list) else [right] * length
    return [
        None if one is None or other is None else operation(one, other)
        for one, other in zip(lefts, rights, strict=True)
    ]
