"""Metrics as widgets and alarms name them. ``${X}`` stands for a parameter of the template."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

OURS = "NumoSso"


@dataclass(frozen=True)
class Metric:
    """One metric with the statistic that is taken of it."""

    namespace: str
    name: str
    dimensions: tuple[tuple[str, str], ...]
    stat: str
    label: str = ""
    id: str = ""
    hidden: bool = False
    """Only an expression uses it."""
    right: bool = False
    """Drawn by the axis on the right."""

    def known_as(self, name: str) -> Metric:
        """The same for expressions, which call it ``name``; not drawn itself."""
        return replace(self, id=name, hidden=True)

    def widget(self) -> list[Any]:
        """A row of a widget's ``metrics``."""
        options: dict[str, Any] = {"stat": self.stat, "label": self.label or self.name}
        options |= {"id": self.id} if self.id else {}
        options |= {"visible": False} if self.hidden else {}
        options |= {"yAxis": "right"} if self.right else {}
        pairs = [part for pair in self.dimensions for part in pair]
        return [self.namespace, self.name, *pairs, options]


@dataclass(frozen=True)
class Expression:
    """Arithmetic on metrics by their ids."""

    formula: str
    label: str
    id: str

    def widget(self) -> list[Any]:
        return [{"expression": self.formula, "label": self.label, "id": self.id}]


Row = Metric | Expression


def ours(
    name: str, stat: str = "Sum", label: str = "", service: str = "sso", **more: str
) -> Metric:
    """A metric that our code emits, of one function of this deployment."""
    dimensions = {"environment": "${Environment}", "service": service, **more}
    return Metric(OURS, name, tuple(dimensions.items()), stat, label)


def aws(namespace: str, name: str, stat: str, label: str = "", **dimensions: str) -> Metric:
    """A metric of AWS's own."""
    return Metric(f"AWS/{namespace}", name, tuple(dimensions.items()), stat, label)
