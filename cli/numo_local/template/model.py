"""What the local stack takes from the templates: functions with what calls them, and storage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from numo_local.template.loading import load_template
from numo_local.template.resolving import Resolver, TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FUNCTION = "AWS::Serverless::Function"
TABLE = "AWS::DynamoDB::GlobalTable"
DEFAULT_ROUTE = "$default"
RUNS_HERE = frozenset({"Federation"})
"""Nested stacks whose functions run here too; those of others watch a deployment, or guard it."""
_RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
_SECONDS = {"minute": 60, "hour": 3600, "day": 86_400}


@dataclass(frozen=True)
class FunctionDefinition:
    """A function as the template defines it."""

    logical_id: str
    name: str
    """``FunctionName``, or the logical id where the template leaves the name to AWS."""
    handler: str
    environment: Mapping[str, str]
    timeout: int
    memory: int

    @property
    def aliases(self) -> frozenset[str]:
        """Every name by which it can be invoked, with the plain one (``support``) among them."""
        plain = self.logical_id.removesuffix("Function").lower()
        return frozenset({self.logical_id, self.name, plain})


@dataclass(frozen=True)
class RouteDefinition:
    """A route of the HTTP API: ``GET /v1/sso`` or ``$default``, and the function behind it."""

    key: str
    function: str


@dataclass(frozen=True)
class ScheduleDefinition:
    """A function that is called by the clock."""

    function: str
    seconds: int
    """From one call to the next."""


@dataclass(frozen=True)
class Definition:
    """All of it."""

    functions: tuple[FunctionDefinition, ...]
    routes: tuple[RouteDefinition, ...]
    schedules: tuple[ScheduleDefinition, ...]
    tables: tuple[Mapping[str, Any], ...]
    """Each with ``TableName`` and the properties of its resource."""
    parameters: Mapping[str, str]
    """SSM parameters that the template itself makes, by name."""


def read_definition(path: Path, parameters: Mapping[str, Any]) -> Definition:
    """Read the template and those it nests, with these values for its parameters."""
    attributes: dict[str, str] = {}
    resolver = Resolver(load_template(path), parameters, attributes)
    tables: list[Mapping[str, Any]] = []
    functions: list[FunctionDefinition] = []
    schedules: list[ScheduleDefinition] = []
    for name, nested in _nested(resolver, path.parent):
        outputs = nested.template.get("Outputs", {}).items()
        attributes |= {
            f"{name}.Outputs.{key}": nested.resolve(out["Value"]) for key, out in outputs
        }
        tables.extend(_tables(nested))
        if name in RUNS_HERE:
            functions.extend(_functions(nested))
            schedules.extend(_schedules(nested))
    return Definition(
        functions=(*_functions(resolver), *functions),
        routes=tuple(_routes(resolver)),
        schedules=(*_schedules(resolver), *schedules),
        tables=(*tables, *_tables(resolver)),
        parameters=dict(_parameters(resolver)),
    )


def _nested(resolver: Resolver, folder: Path) -> Iterator[tuple[str, Resolver]]:
    """Each nested stack with what it is handed; of the outputs, those of stacks before it."""
    for name in _names(resolver, "AWS::CloudFormation::Stack"):
        properties = resolver.resolve(resolver.template["Resources"][name]["Properties"])
        inner = load_template(folder / properties["TemplateURL"])
        yield name, Resolver(inner, properties.get("Parameters", {}))


def _functions(resolver: Resolver) -> Iterator[FunctionDefinition]:
    common = resolver.template.get("Globals", {}).get("Function", {})
    shared = resolver.resolve(common.get("Environment", {}).get("Variables", {}))
    for logical_id, properties in _resources(resolver, FUNCTION):
        own = properties.get("Environment", {}).get("Variables", {})
        yield FunctionDefinition(
            logical_id=logical_id,
            name=properties.get("FunctionName", logical_id),
            handler=properties["Handler"],
            environment={name: str(value) for name, value in {**shared, **own}.items()},
            timeout=int(properties.get("Timeout", common.get("Timeout", 3))),
            memory=int(properties.get("MemorySize", common.get("MemorySize", 128))),
        )


def _routes(resolver: Resolver) -> Iterator[RouteDefinition]:
    for logical_id, _, kind, properties in _events(resolver):
        if kind == "HttpApi":
            yield RouteDefinition(_route_key(properties), logical_id)


def _schedules(resolver: Resolver) -> Iterator[ScheduleDefinition]:
    for logical_id, name, kind, properties in _events(resolver):
        if kind == "ScheduleV2":
            rate = _RATE.fullmatch(properties["ScheduleExpression"])
            if rate is None:
                raise TemplateError(f"{logical_id}.{name}: only a rate is known here")
            yield ScheduleDefinition(logical_id, int(rate[1]) * _SECONDS[rate[2]])


def _events(resolver: Resolver) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Function, name, type and properties of every event."""
    for logical_id, properties in _resources(resolver, FUNCTION):
        for name, event in properties.get("Events", {}).items():
            if event["Type"] not in {"HttpApi", "ScheduleV2"}:
                raise TemplateError(
                    f"{logical_id}.{name}: only HttpApi and ScheduleV2 events are known here"
                )
            yield logical_id, name, event["Type"], event.get("Properties", {})


def _route_key(properties: Mapping[str, Any]) -> str:
    path = properties.get("Path", DEFAULT_ROUTE)
    if path == DEFAULT_ROUTE:
        return DEFAULT_ROUTE
    return f"{str(properties.get('Method', 'ANY')).upper()} {path}"


def _tables(resolver: Resolver) -> Iterator[Mapping[str, Any]]:
    for logical_id, properties in _resources(resolver, TABLE):
        yield {"TableName": resolver.resolve({"Ref": logical_id}), **properties}


def _parameters(resolver: Resolver) -> Iterator[tuple[str, str]]:
    for _, properties in _resources(resolver, "AWS::SSM::Parameter"):
        yield properties["Name"], properties["Value"]


def _resources(resolver: Resolver, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Resources of one type whose condition holds, resolved."""
    for logical_id in _names(resolver, kind):
        resource = resolver.template["Resources"][logical_id]
        yield logical_id, resolver.resolve(resource.get("Properties", {}))


def _names(resolver: Resolver, kind: str) -> Iterator[str]:
    for logical_id, resource in resolver.template["Resources"].items():
        wanted = resource["Type"] == kind
        if wanted and ("Condition" not in resource or resolver.holds(resource["Condition"])):
            yield logical_id
