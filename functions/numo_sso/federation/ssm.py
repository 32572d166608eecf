"""The digests in SSM, which keeps their earlier versions by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from numo_sso.federation.ports import CHECKED, IN_FORCE, PENDING, Version
from numo_sso.storage.parameters import parameters_named

if TYPE_CHECKING:
    from botocore.client import BaseClient


class SsmStore:
    """:class:`numo_sso.federation.ports.Store` below one path. None of it is secret."""

    def __init__(self, client: BaseClient, path: str) -> None:
        self._client: Any = client
        self._path = path
        self._read = parameters_named(client, path, [IN_FORCE, PENDING, CHECKED])

    def read(self) -> dict[str, str]:
        return dict(self._read())

    def write(self, name: str, value: str) -> None:
        self._client.put_parameter(
            Name=self._path + name,
            Value=value,
            Type="String",
            Overwrite=True,
            # The digest of two large certificates is above the 4 KB of the standard tier.
            Tier="Intelligent-Tiering",
        )

    def versions(self) -> list[Version]:
        found: list[Version] = []
        page: dict[str, str] = {}
        try:
            while True:
                reply = self._client.get_parameter_history(Name=self._path + IN_FORCE, **page)
                found += map(_version, reply["Parameters"])
                if "NextToken" not in reply:
                    return sorted(found, key=lambda each: each.number)
                page = {"NextToken": reply["NextToken"]}
        except ClientError as error:
            if error.response["Error"]["Code"] != "ParameterNotFound":
                raise
            return []


def _version(item: dict[str, Any]) -> Version:
    return Version(int(item["Version"]), item["LastModifiedDate"].timestamp(), item["Value"])
