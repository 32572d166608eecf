"""Resolves what a template says into plain values, with parameters of our own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PSEUDO_PARAMETERS = {
    "AWS::Region": "eu-west-1",
    "AWS::AccountId": "123456789012",
    "AWS::StackName": "numo-sso-local",
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
}
_REFERENCE = re.compile(r"\$\{([^!}][^}]*)\}")
_NO_VALUE = object()


class TemplateError(Exception):
    """The template says something that the local stack cannot follow."""


@dataclass(frozen=True)
class Resolver:
    """One template with the values of its parameters."""

    template: Mapping[str, Any]
    parameters: Mapping[str, Any]
    """Values that take the place of the defaults."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """What ``!GetAtt`` yields, such as ``Storage.Outputs.SchoolsTable``."""

    def resolve(self, value: Any) -> Any:
        """Replace every intrinsic function within ``value``."""
        if isinstance(value, list):
            items = [self.resolve(item) for item in value]
            return [item for item in items if item is not _NO_VALUE]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            (name, argument), *_ = value.items()
            if name in self._functions:
                return self._functions[name](argument)
        resolved = {name: self.resolve(item) for name, item in value.items()}
        return {name: item for name, item in resolved.items() if item is not _NO_VALUE}

    def holds(self, condition: Any) -> bool:
        """Whether a condition, by its name or as written, is true."""
        if isinstance(condition, str):
            return self.holds(self.template["Conditions"][condition])
        (name, argument), *_ = condition.items()
        if name == "Condition":
            return self.holds(argument)
        if name == "Fn::Equals":
            left, right = self.resolve(argument)
            return bool(left == right)
        if name == "Fn::Not":
            return not self.holds(argument[0])
        if name in {"Fn::And", "Fn::Or"}:
            return (all if name == "Fn::And" else any)(self.holds(each) for each in argument)
        raise TemplateError(f"condition {name} is not known here")

    @property
    def _functions(self) -> dict[str, Callable[[Any], Any]]:
        return {
            "Ref": self._ref,
            "Fn::Sub": self._sub,
            "Fn::GetAtt": lambda path: self._attribute(".".join(path)),
            "Fn::If": lambda branches: self.resolve(branches[1 if self.holds(branches[0]) else 2]),
            "Fn::Join": lambda parts: parts[0].join(self.resolve(parts[1])),
            "Fn::FindInMap": lambda path: self._in_map(*self.resolve(path)),
            "Fn::Select": lambda parts: self.resolve(parts[1])[int(parts[0])],
            "Fn::Split": lambda parts: self.resolve(parts[1]).split(parts[0]),
        }

    def _ref(self, name: str) -> Any:
        if name == "AWS::NoValue":
            return _NO_VALUE
        if name in PSEUDO_PARAMETERS:
            return PSEUDO_PARAMETERS[name]
        if name in self.parameters:
            return self.parameters[name]
        if name in self.template.get("Parameters", {}):
            return self._default(name)
        if name in self.template["Resources"]:
            return f"{PSEUDO_PARAMETERS['AWS::StackName']}-{name}"
        resource, _, made = name.partition(".")
        if made in {"Alias", "Stage", "Version"} and resource in self.template["Resources"]:
            return self._attribute(name)  # SAM makes these of a function or an API
        raise TemplateError(f"!Ref {name}: neither a parameter nor a resource")

    def _default(self, name: str) -> Any:
        try:
            return self.template["Parameters"][name]["Default"]
        except KeyError as error:
            raise TemplateError(f"parameter {name} has no default and no value here") from error

    def _in_map(self, mapping: str, first: str, second: str) -> Any:
        try:
            return self.template["Mappings"][mapping][first][second]
        except KeyError as error:
            raise TemplateError(f"mapping {mapping} has nothing at {first}.{second}") from error

    def _sub(self, argument: Any) -> str:
        text, values = argument if isinstance(argument, list) else (argument, {})
        local = {name: self.resolve(value) for name, value in values.items()}

        def replace(match: re.Match[str]) -> str:
            name = match.group(1).strip()
            if name in local:
                return str(local[name])
            return str(self._attribute(name) if "." in name else self._ref(name))

        return _REFERENCE.sub(replace, text).replace("${!", "${")

    def _attribute(self, path: str) -> str:
        """An attribute that nobody gave a value is named, as an ARN that leads nowhere."""
        return self.attributes.get(path, f"arn:aws:local:::{path}")
