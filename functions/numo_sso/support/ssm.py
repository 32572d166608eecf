"""The deployment's parameters in SSM."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from numo_sso.storage.parameters import parameters_below
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.speech import say

if TYPE_CHECKING:
    from botocore.client import BaseClient

_MAX_BYTES = 8192


class SsmParameters:
    """:class:`numo_sso.support.world.Parameters` below one path.

    Args:
        key: ARN of the KMS key that secrets are sealed with; empty: the account's own for SSM.
    """

    def __init__(self, client: BaseClient, path: str, key: str = "") -> None:
        self._client: Any = client
        self._path = path
        self._sealed = {"Type": "SecureString"} | ({"KeyId": key} if key else {})
        self._read = parameters_below(client, path)

    def read(self) -> dict[str, str]:
        return dict(self._read())

    def create(self, name: str, value: str, *, secret: bool) -> None:
        try:
            self._put(name, value, secret=secret, overwrite=False)
        except ClientError as error:
            if error.response["Error"]["Code"] != "ParameterAlreadyExists":
                raise
            raise SupportRefusal(
                "changed-meanwhile",
                say("Someone else made {name} at this moment.", name=name),
                say("Ask again: what is there already is left alone."),
            ) from error

    def replace(self, name: str, value: str, *, secret: bool) -> None:
        self._put(name, value, secret=secret, overwrite=True)

    def delete(self, name: str) -> None:
        with suppress(self._client.exceptions.ParameterNotFound):
            self._client.delete_parameter(Name=self._path + name)

    def _put(self, name: str, value: str, *, secret: bool, overwrite: bool) -> None:
        if len(value.encode()) > _MAX_BYTES:
            raise SupportRefusal(
                "parameter-too-large",
                say(
                    "{name} has more than {most} bytes, which SSM does not keep.",
                    name=name,
                    most=_MAX_BYTES,
                ),
                say("None of ours is as large as that: report it."),
            )
        self._client.put_parameter(
            Name=self._path + name,
            Value=value,
            Overwrite=overwrite,
            **(self._sealed if secret else {"Type": "String"}),
            # Secrets are below the 4 KB of the standard tier, where SSM asks for no data key of its
            # own.
            Tier="Standard" if secret else "Intelligent-Tiering",
        )
