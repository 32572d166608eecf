"""Finds the route of a request, by the gateway's own order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from numo_local.template.model import DEFAULT_ROUTE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numo_local.template.model import RouteDefinition

_VARIABLE = re.compile(r"\\\{(\w+)(\\\+)?\\\}")


@dataclass(frozen=True)
class Match:
    """A route that fits, and what its variables stand for."""

    key: str
    function: str
    path_parameters: Mapping[str, str] = field(default_factory=dict)


class Routes:
    """The routes of an API: full matches first, then variables, greedy ones, and ``$default``."""

    def __init__(self, definitions: Iterable[RouteDefinition]) -> None:
        known = list(definitions)
        self._default = next((each for each in known if each.key == DEFAULT_ROUTE), None)
        named = [each for each in known if each.key != DEFAULT_ROUTE]
        self._routes = sorted(named, key=_precedence)

    def match(self, method: str, path: str) -> Match | None:
        """Find the route for a request; None where no route answers it."""
        for route in self._routes:
            wanted, pattern = route.key.split(" ", 1)
            found = _pattern(pattern).fullmatch(path)
            if found and wanted in {method, "ANY"}:
                return Match(route.key, route.function, found.groupdict())
        if self._default is None:
            return None
        return Match(DEFAULT_ROUTE, self._default.function)


def _precedence(route: RouteDefinition) -> tuple[bool, bool, bool, str]:
    method, path = route.key.split(" ", 1)
    return ("+}" in path, "{" in path, method == "ANY", path)


def _pattern(path: str) -> re.Pattern[str]:
    def variable(match: re.Match[str]) -> str:
        return f"(?P<{match.group(1)}>{'.+' if match.group(2) else '[^/]+'})"

    return re.compile(_VARIABLE.sub(variable, re.escape(path)))
