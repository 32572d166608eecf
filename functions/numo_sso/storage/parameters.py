"""The deployment's parameters, read from SSM."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NOT_LOGINS = ("federation/", "idp-pending")
"""What the federation function keeps for itself, and writes each hour: login builds nothing of it,
and would build everything anew for it."""


def parameters_below(
    ssm: Any, path: str, without: tuple[str, ...] = ()
) -> Callable[[], Mapping[str, str]]:
    """A reader of every parameter below ``path``, by the rest of its name, decrypted.

    Args:
        without: beginnings of names that are left out. SSM hands them over all the same.
    """

    def read() -> Mapping[str, str]:
        found: dict[str, str] = {}
        page: dict[str, str] = {}
        while True:
            reply = ssm.get_parameters_by_path(
                Path=path.rstrip("/"), Recursive=True, WithDecryption=True, MaxResults=10, **page
            )
            named = {each["Name"].removeprefix(path): each["Value"] for each in reply["Parameters"]}
            found |= {n: value for n, value in named.items() if not n.startswith(without)}
            if "NextToken" not in reply:
                return found
            page = {"NextToken": reply["NextToken"]}

    return read


def parameters_named(ssm: Any, path: str, names: list[str]) -> Callable[[], Mapping[str, str]]:
    """A reader of these parameters only, for a function that may see no key."""

    def read() -> Mapping[str, str]:
        reply = ssm.get_parameters(Names=[path + name for name in names])
        return {each["Name"].removeprefix(path): each["Value"] for each in reply["Parameters"]}

    return read
