"""CloudFormation's YAML, with its short tags spelled out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path


class _Loader(yaml.SafeLoader):
    """A safe loader that knows CloudFormation's tags."""


def load_template(path: Path) -> dict[str, Any]:
    """Read a template; ``!Sub x`` becomes ``{"Fn::Sub": "x"}`` and so on."""
    with path.open(encoding="utf-8") as file:
        loaded = yaml.load(file, Loader=_Loader)  # noqa: S506  # a SafeLoader, with more tags
    return dict(loaded)


def _intrinsic(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    value = _value(loader, node)
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    prefix = "" if suffix in {"Ref", "Condition"} else "Fn::"
    return {prefix + suffix: value}


def _value(loader: _Loader, node: yaml.Node) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_mapping(node, deep=True)  # type: ignore[arg-type]  # the third kind


_Loader.add_multi_constructor("!", _intrinsic)
