"""AWS clients: one botocore session for all of them.

Timeouts are short, for somebody is waiting: a page with a reference must come before Lambda or the
gateway gives up, even where every call of a login hangs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import botocore.session
from botocore.config import Config

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from botocore.client import BaseClient

_CONFIG = Config(
    connect_timeout=1,
    read_timeout=1,
    retries={"total_max_attempts": 2, "mode": "standard"},
    parameter_validation=False,  # every call is ours, and a call's half is spent on it
)


class Clients:
    """Makes clients; each once."""

    def __init__(self) -> None:
        self._session = botocore.session.get_session()
        self._made: dict[str, BaseClient] = {}

    def get(self, service: str) -> Any:
        if service not in self._made:
            self._made[service] = self._session.create_client(service, config=_CONFIG)
        return self._made[service]


def parameters_below(ssm: Any, path: str) -> Callable[[], Mapping[str, str]]:
    """A reader of every parameter below ``path``, by the rest of its name, decrypted."""

    def read() -> Mapping[str, str]:
        found: dict[str, str] = {}
        page: dict[str, str] = {}
        while True:
            reply = ssm.get_parameters_by_path(
                Path=path, Recursive=True, WithDecryption=True, MaxResults=10, **page
            )
            found |= {
                each["Name"].removeprefix(path): each["Value"] for each in reply["Parameters"]
            }
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
