"""The proof of who asks, made with the caller's own credentials."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from botocore.auth import SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.exceptions import NoCredentialsError

from numo_sso.support.callers.proof import FIELD, OPERATION, SECONDS, signed_headers

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Prover:
    """Proves to one function who sends a request."""

    credentials: Any
    """botocore's; they may renew themselves between two requests."""
    function_arn: str
    sts_url: str
    """The STS that the function will ask. Nothing is sent there from here."""

    def proved(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """The request with its proof, which holds for a minute.

        Raises:
            BotoCoreError: there are no credentials, or they cannot be renewed.
        """
        if self.credentials is None:
            raise NoCredentialsError
        signed = AWSRequest(
            "GET",
            f"{self.sts_url}/?{urlencode(OPERATION)}",
            headers=signed_headers(request, self.function_arn),
        )
        region = self.function_arn.split(":")[3]
        frozen = self.credentials.get_frozen_credentials()
        SigV4QueryAuth(frozen, "sts", region, expires=SECONDS).add_auth(signed)
        return {**request, FIELD: signed.url}
