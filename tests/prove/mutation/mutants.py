"""Every way to change one thing in a module: one mutant each."""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prove.mutation.expressions import expression_changes
from prove.mutation.statements import statement_changes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType

Place = tuple[tuple[str, int | None], ...]
"""The way from the module to a node: a field's name, and its index where the field is a list."""


@dataclass(frozen=True)
class Mutant:
    """A module with one change. ``line`` is the source's own text, ``change`` says what was done.

    The two and the function name a mutant for good: a line's number moves with every edit.
    """

    module: str
    function: str
    number: int
    line: str
    change: str
    tree: ast.Module

    @property
    def key(self) -> tuple[str, str, str, str]:
        return self.module, self.function, self.line, self.change

    def compiled(self, path: str) -> CodeType:
        return compile(ast.fix_missing_locations(self.tree), path, "exec")


def mutants(source: str, module: str) -> Iterator[Mutant]:
    """All mutants of a module, in the order of its lines; no two of the same code."""
    tree = ast.parse(source)
    lines = source.splitlines()
    seen = {ast.unparse(tree)}
    for place, node, function in _mutable(tree):
        for change, replacement in _changes(node):
            mutated = _replaced(tree, place, replacement)
            text = ast.unparse(mutated)
            if text in seen:
                continue
            seen.add(text)
            number = node.lineno  # type: ignore[attr-defined]  # what is mutable has a place
            line = lines[number - 1].strip()
            yield Mutant(module, function, number, line, change, mutated)


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node, ast.expr):
        yield from expression_changes(node)
    elif isinstance(node, ast.stmt):
        yield from statement_changes(node)
    elif isinstance(node, ast.comprehension):
        for at, condition in enumerate(node.ifs):
            bare = copy.deepcopy(node)
            del bare.ifs[at]
            yield f"without its filter {ast.unparse(condition)}", bare


def _mutable(tree: ast.Module) -> Iterator[tuple[Place, ast.AST, str]]:
    """The nodes that say what the code does: no annotation, import, docstring or refusal's text."""
    stack: list[tuple[Place, ast.AST, str]] = [((), tree, "")]
    while stack:
        place, node, function = stack.pop()
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            function = f"{function}.{node.name}".lstrip(".")
        if hasattr(node, "lineno") or isinstance(node, ast.comprehension):
            yield place, node if hasattr(node, "lineno") else _placed(node), function
        children = [
            ((*place, step), child, function)
            for step, child in _children(node)
            if not _silent(node, step[0], child)
        ]
        stack.extend(reversed(children))


def _placed(node: ast.AST) -> ast.AST:
    """A comprehension's own node has no line; its target has."""
    node.lineno = node.target.lineno  # type: ignore[attr-defined]
    return node


def _children(node: ast.AST) -> Iterator[tuple[tuple[str, int | None], ast.AST]]:
    for name, value in ast.iter_fields(node):
        if isinstance(value, ast.AST):
            yield (name, None), value
        elif isinstance(value, list):
            for at, each in enumerate(value):
                if isinstance(each, ast.AST):
                    yield (name, at), each


def _silent(parent: ast.AST, field: str, child: ast.AST) -> bool:
    """Whether a part of the source decides nothing when it runs."""
    return (
        (field in _UNMUTATED and not isinstance(parent, ast.Call))
        or isinstance(child, ast.Import | ast.ImportFrom | ast.JoinedStr)  # names, texts for a log
        or (isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING")
        or (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant))  # a docstring
        or (isinstance(child, ast.Assign) and ast.unparse(child.targets[0]) == "__all__")
        or isinstance(parent, ast.Raise)
        or (isinstance(parent, ast.Return) and _is_refusal(child))
    )


_UNMUTATED = frozenset({"annotation", "returns", "decorator_list", "ctx", "args"})


def _is_refusal(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).lower().endswith("refused")


def _replaced(tree: ast.Module, place: Place, replacement: ast.AST) -> ast.Module:
    mutated = copy.deepcopy(tree)
    node: ast.AST = mutated
    for name, at in place[:-1]:
        value = getattr(node, name)
        node = value if at is None else value[at]
    name, at = place[-1]
    if at is None:
        setattr(node, name, replacement)
    else:
        getattr(node, name)[at] = replacement
    return mutated
