"""Changes of one expression: another comparison, constant, operand, entry, call or pattern."""

from __future__ import annotations

import ast
import copy
from typing import TYPE_CHECKING

from prove.mutation.patterns import pattern_changes

if TYPE_CHECKING:
    from collections.abc import Iterator

Change = tuple[str, ast.AST]

_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.Mod: ast.FloorDiv,
}
_CALLS = {
    "any": "all", "all": "any", "min": "max", "max": "min", "startswith": "endswith",
    "endswith": "startswith", "fullmatch": "match", "search": "match", "partition": "rpartition",
    "rpartition": "partition", "lower": "upper", "upper": "lower",
    "iterdescendants": "iterchildren", "iter": "iterchildren",
}  # fmt: skip
_CLEANERS = frozenset({"strip", "lower", "upper", "rstrip", "lstrip", "replace", "casefold"})


def expression_changes(node: ast.expr) -> Iterator[Change]:
    """What may be done to ``node``, each with a sentence that says it."""
    if isinstance(node, ast.Compare):
        yield from _compare(node)
    elif isinstance(node, ast.BoolOp):
        yield from _bool_op(node)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not removed", node.operand
    elif isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        other = _OPERATORS[type(node.op)]
        yield f"{type(node.op).__name__} becomes {other.__name__}", _with(node, op=other())
    elif isinstance(node, ast.Constant):
        yield from _constant(node)
    elif isinstance(node, ast.Set | ast.Tuple | ast.List | ast.Dict):
        yield from _entries(node)
    elif isinstance(node, ast.Call):
        yield from _call(node)
    elif isinstance(node, ast.IfExp):
        yield "always the first choice", node.body
        yield "always the second choice", node.orelse


def _compare(node: ast.Compare) -> Iterator[Change]:
    for at, op in enumerate(node.ops):
        for other in _COMPARISONS[type(op)]:
            ops = [*node.ops[:at], other(), *node.ops[at + 1 :]]
            yield (
                f"{ast.unparse(node)}: {type(op).__name__} becomes {other.__name__}",
                _with(node, ops=ops),
            )


def _bool_op(node: ast.BoolOp) -> Iterator[Change]:
    other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield f"{ast.unparse(node)}: becomes {type(other).__name__}", _with(node, op=other)
    for at, value in enumerate(node.values):
        rest = [*node.values[:at], *node.values[at + 1 :]]
        left = rest[0] if len(rest) == 1 else _with(node, values=rest)
        yield f"without {ast.unparse(value)}", left


def _constant(node: ast.Constant) -> Iterator[Change]:
    value = node.value
    if isinstance(value, bool):
        yield f"{value} becomes {not value}", _with(node, value=not value)
    elif isinstance(value, int | float):
        for other in (value + 1, value - 1):
            yield f"{value} becomes {other}", _with(node, value=other)
    elif value == "ascii":  # of any other text Python's codecs drop the signs they do not know
        yield "'ascii' becomes latin-1", _with(node, value="latin-1")
    elif isinstance(value, str):
        yield f"{value!r} becomes another text", _with(node, value=f"{value}~")


def _entries(node: ast.Set | ast.Tuple | ast.List | ast.Dict) -> Iterator[Change]:
    if isinstance(getattr(node, "ctx", None), ast.Store):
        return
    if isinstance(node, ast.Dict):
        for at, key in enumerate(node.keys):
            keys, values = list(node.keys), list(node.values)
            del keys[at], values[at]
            yield (
                f"without the entry {ast.unparse(key or values[0])}",
                _with(node, keys=keys, values=values),
            )
        return
    for at, each in enumerate(node.elts):
        rest = [*node.elts[:at], *node.elts[at + 1 :]]
        if rest or not isinstance(node, ast.Set):
            yield f"without the entry {ast.unparse(each)}", _with(node, elts=rest)


def _call(node: ast.Call) -> Iterator[Change]:
    function = node.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if name in _CALLS:
        changed = copy.deepcopy(node)
        if isinstance(changed.func, ast.Attribute):
            changed.func.attr = _CALLS[name]
        elif isinstance(changed.func, ast.Name):
            changed.func.id = _CALLS[name]
        yield f"{ast.unparse(node)}: {name} becomes {_CALLS[name]}", changed
    if name in _CLEANERS and isinstance(function, ast.Attribute):
        yield f"{ast.unparse(node)}: without {name}", function.value
    if ast.unparse(function) == "re.compile" and isinstance(node.args[0], ast.Constant):
        for change, pattern in pattern_changes(str(node.args[0].value)):
            yield change, _with(node, args=[ast.Constant(pattern), *node.args[1:]])


def _with(node: ast.expr, **fields: object) -> ast.expr:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed
