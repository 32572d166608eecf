"""Puts into SSM what a deployment finds there: fresh keys, the hub's digest, and limits."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from numo_sso.support.keys import new_secret, new_sp_key

if TYPE_CHECKING:
    from collections.abc import Mapping


def put_configuration(
    ssm: Any, path: str, idp: Mapping[str, Any], common_name: str, now: float
) -> None:
    """Make keys that this stack alone has, and store them beside the identity provider's digest."""
    secrets = {
        "sp/current": new_sp_key(common_name, now),
        "cookie/current": new_secret(now),
        "pseudonym": new_secret(now),
    }
    for name, value in secrets.items():
        _put(ssm, path + name, json.dumps(value), "SecureString")
    _put(ssm, path + "idp", json.dumps(idp), "String")


def put_parameters(ssm: Any, parameters: Mapping[str, str]) -> None:
    """Store the parameters that the template itself makes."""
    for name, value in parameters.items():
        _put(ssm, name, value, "String")


def _put(ssm: Any, name: str, value: str, kind: str) -> None:
    ssm.put_parameter(Name=name, Value=value, Type=kind)
