"""The templates as a deployment resolves them, and the ways to look into them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from numo_local.template.loading import load_template
from numo_local.template.resolving import Resolver
from toolbox import given

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENTS = ("dev", "staging", "production")
FUNCTIONS = ("Sso", "Session", "Authorizer", "Support", "Federation")
EVERY_FUNCTION = (*FUNCTIONS, "Audit", "Release", "Watch", "Heartbeat")
"""With those of nested templates, which answer nobody's click."""
TABLES = ("Schools", "Roster", "Sessions", "Traces", "Audit")

TEMPLATE = load_template(ROOT / "template.yaml")
NESTED = {
    name: load_template(ROOT / resource["Properties"]["TemplateURL"])
    for name, resource in TEMPLATE["Resources"].items()
    if resource["Type"] == "AWS::CloudFormation::Stack"
}
"""The templates of the nested stacks, by what the root calls those."""
STORAGE, TRAIL, RELEASE = NESTED["Storage"], NESTED["Trail"], NESTED["Release"]
MONITORING, DOMAIN = NESTED["Monitoring"], NESTED["Domain"]
ACCOUNT = "arn:aws:lambda:eu-west-1:123456789012:function"
VERSIONS = {
    f"{name}Function.Version": f"{ACCOUNT}:numo-sso-local-{name.lower()}:7" for name in FUNCTIONS
}
"""The ARN of each version that a deployment publishes."""
_WITHIN = {
    "Storage": {f"{name}Table.Arn": f"<{name.lower()}>" for name in TABLES},
    "Trail": {"TrailBucket.Arn": "arn:aws:s3:::trail"},
}
"""What attributes of a nested stack's resources read; ARNs of tables read ``<table>``."""


def overrides(environment: str) -> dict[str, str]:
    """The parameters that samconfig.toml gives a deployment."""
    return given(ROOT, environment)


@cache
def production() -> Resolver:
    """The root template with production's parameters."""
    return root_with(overrides("production"))


def root_with(parameters: Mapping[str, str]) -> Resolver:
    """The root template with these parameters, which knows what its nested stacks put out."""
    attributes = dict(VERSIONS)
    root = Resolver(TEMPLATE, parameters, attributes)
    for name, template in NESTED.items():
        inner = handed(root, name)
        attributes |= {
            f"{name}.Outputs.{key}": inner.resolve(output["Value"])
            for key, output in template.get("Outputs", {}).items()
            if "Condition" not in output or inner.holds(output["Condition"])
        }
    return root


@cache
def nested(name: str) -> Resolver:
    """The template of a nested stack, with what production's root hands it."""
    return handed(production(), name)


def handed(root: Resolver, name: str) -> Resolver:
    """The template of a nested stack, with what this root hands it."""
    given = root.resolve(TEMPLATE["Resources"][name]["Properties"].get("Parameters", {}))
    return Resolver(NESTED[name], given, _WITHIN.get(name, {}))


def home(logical_id: str) -> Resolver:
    """The template that a resource is in."""
    for name, template in NESTED.items():
        if logical_id in template["Resources"]:
            return nested(name)
    return production()


def properties(logical_id: str) -> dict[str, Any]:
    """The resolved properties of a resource, of the root template or of a nested one."""
    stack = home(logical_id)
    resolved: dict[str, Any] = stack.resolve(stack.template["Resources"][logical_id]["Properties"])
    return resolved


def function(name: str) -> dict[str, Any]:
    """The properties of a function, with those that all of its template share."""
    stack = home(f"{name}Function")
    common = stack.template.get("Globals", {}).get("Function", {})
    shared, own = stack.resolve(common), properties(f"{name}Function")
    everywhere = shared.get("Environment", {}).get("Variables", {})
    variables = {**everywhere, **own["Environment"]["Variables"]}
    return {**shared, **own, "Environment": {"Variables": variables}}


def statements(name: str) -> list[dict[str, Any]]:
    """The statements of a function's role, with ``Action`` and ``Resource`` as lists."""
    return statements_of(properties(f"{name}Role"))


def statements_of(role: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The same, of a role's properties."""
    (policy,) = role["Policies"]
    return [
        {**each, "Action": listed(each["Action"]), "Resource": listed(each["Resource"])}
        for each in policy["PolicyDocument"]["Statement"]
    ]


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
