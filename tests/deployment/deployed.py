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
TABLES = ("Schools", "Roster", "Sessions", "Traces", "Audit")

TEMPLATE = load_template(ROOT / "template.yaml")
STORAGE = load_template(ROOT / "infra/storage.yaml")


def overrides(environment: str) -> dict[str, str]:
    """The parameters that samconfig.toml gives a deployment."""
    config = tomllib.loads((ROOT / "samconfig.toml").read_text(encoding="utf-8"))
    pairs = config[environment]["deploy"]["parameters"]["parameter_overrides"]
    return dict(pair.split("=", 1) for pair in pairs)


@cache
def production() -> Resolver:
    """The root template with production's parameters; ARNs of tables read ``<table>``."""
    attributes = {f"Storage.Outputs.{name}TableArn": f"<{name.lower()}>" for name in TABLES}
    return Resolver(TEMPLATE, overrides("production"), attributes)


def properties(logical_id: str) -> dict[str, Any]:
    """The resolved properties of a resource of the root template."""
    resolved: dict[str, Any] = production().resolve(TEMPLATE["Resources"][logical_id]["Properties"])
    return resolved


def function(name: str) -> dict[str, Any]:
    """The properties of a function, with those that all of them share."""
    shared = production().resolve(TEMPLATE["Globals"]["Function"])
    own = properties(f"{name}Function")
    variables = {**shared["Environment"]["Variables"], **own["Environment"]["Variables"]}
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
