"""Puts into SSM what a deployment finds there: fresh keys, the hub's digest, and limits."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from numo_local.errors import StackError
from numo_sso.key_rings import KeyState, Ring, RingKey, key_name, ring_name
from numo_sso.support.keys.made import new_secret, new_sp_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def put_configuration(
    ssm: Any, path: str, idp: Mapping[str, Any], common_name: str, now: float
) -> None:
    """Make keys that this stack alone has, and store them beside the identity provider's digest."""
    keys = {"sp": new_sp_key(common_name, now), "cookie": new_secret(now)}
    for kind, key in keys.items():
        only = RingKey("local", KeyState.CURRENT, key["created"], key["created"])
        _put(ssm, path + key_name(kind, only.id), json.dumps(key), "SecureString")
        _put(ssm, path + ring_name(kind), Ring(1, (only,)).encode(), "String")
    _put(ssm, path + "pseudonym", json.dumps(new_secret(now)), "SecureString")
    _put(ssm, path + "idp", json.dumps(idp), "String")


def put_parameters(ssm: Any, parameters: Mapping[str, str]) -> None:
    """Store the parameters that the template itself makes."""
    for name, value in parameters.items():
        _put(ssm, name, value, "String")


def leave_out(ssm: Any, path: str, names: Sequence[str]) -> None:
    """Remove parameters again, as in a deployment whose keys were not made yet.

    Raises:
        StackError: there is none of that name.
    """
    for name in names:
        if ssm.delete_parameters(Names=[path + name])["InvalidParameters"]:
            raise StackError(f"There is no parameter {path}{name} to leave out.")


def _put(ssm: Any, name: str, value: str, kind: str) -> None:
    ssm.put_parameter(Name=name, Value=value, Type=kind)
