"""Logs Insights on lines at hand, as far as the dashboards' queries use it."""

from __future__ import annotations

import ast
import re
from statistics import fmean
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

Row = dict[str, Any]
_AT = "at_"
"""Stands for ``@timestamp``, in milliseconds, which is no name in Python."""


def answer(query: str, lines: list[Row]) -> list[Row]:
    """The rows that the query yields, in its order. Each line has ``@timestamp``.

    Raises:
        ValueError: a command that is not known here.
    """
    rows = [{**line, _AT: line["@timestamp"]} for line in lines]
    for command in query.split("|"):
        name, _, rest = command.strip().partition(" ")
        if name not in _COMMANDS:
            raise ValueError(f"{name} is not known here")
        rows = _COMMANDS[name](rest, rows)
    return [{name: value for name, value in row.items() if name != _AT} for row in rows]


def _filter(rest: str, rows: list[Row]) -> list[Row]:
    condition = _parsed(rest)
    return [row for row in rows if _value(condition, row)]


def _fields(rest: str, rows: list[Row]) -> list[Row]:
    expression, _, alias = rest.partition(" as ")
    made = _parsed(expression)
    return [{**row, alias.strip(): _value(made, row)} for row in rows]


def _stats(rest: str, rows: list[Row]) -> list[Row]:
    wanted, _, by = rest.rpartition(" by ")
    groups: dict[tuple[Any, ...], list[Row]] = {}
    keys = [_aliased(each) for each in _apart(by)]
    for row in rows:
        groups.setdefault(tuple(_value(node, row) for _, node in keys), []).append(row)
    measures = [_aliased(each) for each in _apart(wanted)]
    return [
        {
            **dict(zip((name for name, _ in keys), group, strict=True)),
            **{name: _total(node, members) for name, node in measures},
        }
        for group, members in groups.items()
    ]


def _sort(rest: str, rows: list[Row]) -> list[Row]:
    name, _, order = rest.strip().partition(" ")
    return sorted(rows, key=lambda row: (row[name] is not None, row[name]), reverse=order == "desc")


_COMMANDS: dict[str, Callable[[str, list[Row]], list[Row]]] = {
    "filter": _filter,
    "fields": _fields,
    "stats": _stats,
    "sort": _sort,
    "limit": lambda rest, rows: rows[: int(rest)],
}


def _parsed(expression: str) -> ast.expr:
    """Its operators and names are Python's, but for these."""
    text = expression.replace("@timestamp", _AT).replace("count(*)", "count()")
    text = re.sub(r"(?<![!<>=])=(?!=)", "==", text)
    text = re.sub(r"bin\((\d+)h\)", rf"bin({_AT}, \1)", text)
    return ast.parse(text.strip(), mode="eval").body


def _aliased(text: str) -> tuple[str, ast.expr]:
    expression, _, alias = text.partition(" as ")
    return alias.strip() or expression.strip(), _parsed(expression)


def _apart(text: str) -> list[str]:
    """Split at the commas that are outside of brackets."""
    return re.split(r",\s*(?![^()]*\))", text.strip())


def _value(node: ast.expr, row: Row) -> Any:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return row.get(node.id)
    if isinstance(node, ast.BoolOp):
        every = all if isinstance(node.op, ast.And) else any
        return every(_value(each, row) for each in node.values)
    if isinstance(node, ast.Compare):
        left, right = _value(node.left, row), _value(node.comparators[0], row)
        return _COMPARED[type(node.ops[0])](left, right)
    assert isinstance(node, ast.Call)
    assert isinstance(node.func, ast.Name)
    return _FUNCTIONS[node.func.id](*(_value(each, row) for each in node.args))


_COMPARED: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: lambda left, right: left == right,
    ast.NotEq: lambda left, right: left != right,
    ast.Gt: lambda left, right: left is not None and left > right,
    ast.Lt: lambda left, right: left is not None and left < right,
}
_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "ispresent": lambda value: value is not None,
    "coalesce": lambda *values: next((each for each in values if each is not None), None),
    "strcontains": lambda text, part: int(part in (text or "")),
    "least": min,
    "bin": lambda at, hours: at // (hours * 3_600_000) * hours * 3_600_000,
}


def _total(node: ast.expr, rows: list[Row]) -> Any:
    """An aggregate, or arithmetic on some."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.BinOp):
        left, right = _total(node.left, rows), _total(node.right, rows)
        return left - right if isinstance(node.op, ast.Sub) else left * right
    assert isinstance(node, ast.Call)
    assert isinstance(node.func, ast.Name)
    name = node.func.id
    if name == "count":
        return len(rows)
    in_order = sorted(rows, key=lambda row: row.get(_AT, 0))
    values = [_value(node.args[0], row) for row in in_order]
    found = [each for each in values if each is not None]
    return _AGGREGATES[name](found) if found else None


_AGGREGATES: dict[str, Callable[[list[Any]], Any]] = {
    "sum": sum,
    "avg": fmean,
    "min": min,
    "max": max,
    "earliest": lambda values: values[0],
    "latest": lambda values: values[-1],
}
