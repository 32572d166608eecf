"""The templates as a deployment resolves them, and the ways to look into them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from numo_local.template.loading import load_template
from numo_local.template.resolving import Resolver

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENTS = ("dev", "staging", "production")
FUNCTIONS = ("Sso", "Session", "Authorizer", "Support", "Federation")
EVERY_FUNCTION = (*FUNCTIONS, "Audit", "Release", "Watch", "Heartbeat")
"""With those of nested templates, which answer nobody's click."""
TABLES = ("Schools", "Roster", "Sessions", "Traces", "Audit")

TEMPLATE = load_template(ROOT / "template.yaml")
STORAGE = load_template(ROOT / "infra/storage.yaml")
TRAIL = load_template(ROOT / "infra/audit.yaml")
RELEASE = load_template(ROOT / "infra/release.yaml")
WATCH = load_template(ROOT / "infra/watch.yaml")
MONITORING = load_template(ROOT / "infra/monitoring.yaml")
ACCOUNT = "arn:aws:lambda:eu-west-1:123456789012:function"
VERSIONS = {
    f"{name}Function.Version": f"{ACCOUNT}:numo-sso-local-{name.lower()}:7" for name in FUNCTIONS
}
"""The ARN of each version that a deployment publishes."""


def overrides(environment: str) -> dict[str, str]:
    """The parameters that samconfig.toml gives a deployment."""
    config = tomllib.loads((ROOT / "samconfig.toml").read_text(encoding="utf-8"))
    pairs = config[environment]["deploy"]["parameters"]["parameter_overrides"]
    return dict(pair.split("=", 1) for pair in pairs)


@cache
def production() -> Resolver:
    """The root template with production's parameters; ARNs of tables read ``<table>``."""
    attributes = {f"Storage.Outputs.{name}TableArn": f"<{name.lower()}>" for name in TABLES}
    attributes |= VERSIONS
    return Resolver(TEMPLATE, overrides("production"), attributes)


@cache
def trail_stack() -> Resolver:
    """The trail's template, with what production's root hands it; its bucket is ``trail``."""
    given = production().resolve(TEMPLATE["Resources"]["Trail"]["Properties"]["Parameters"])
    return Resolver(TRAIL, given, {"TrailBucket.Arn": "arn:aws:s3:::trail"})


@cache
def release_stack() -> Resolver:
    """The template of the check before a roll-out, with what production's root hands it."""
    given = production().resolve(TEMPLATE["Resources"]["Release"]["Properties"]["Parameters"])
    return Resolver(RELEASE, given)


@cache
def nested(name: str) -> Resolver:
    """The template of a nested stack, with what production's root hands it."""
    given = production().resolve(TEMPLATE["Resources"][name]["Properties"]["Parameters"])
    return Resolver({"Watch": WATCH, "Monitoring": MONITORING}[name], given)


def home(logical_id: str) -> Resolver:
    """The template that a resource is in."""
    if logical_id in TRAIL["Resources"]:
        return trail_stack()
    if logical_id in RELEASE["Resources"]:
        return release_stack()
    for name, template in (("Watch", WATCH), ("Monitoring", MONITORING)):
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
    (policy,) = properties(f"{name}Role")["Policies"]
    return [
        {**each, "Action": listed(each["Action"]), "Resource": listed(each["Resource"])}
        for each in policy["PolicyDocument"]["Statement"]
    ]


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
