"""AWS clients of a function that a browser waits for: DynamoDB and SSM by the short way.

Timeouts are short: a page with a reference must come before Lambda or the gateway gives up, even
where every call of a login hangs.
"""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, Any

from botocore.config import Config

from edge.aws.short_way import ATTEMPTS, PATIENCE, SERVICES, Place, ShortWay
from edge.clients import SPARING, Clients

if TYPE_CHECKING:
    from collections.abc import Mapping

_OTHERS = SPARING.merge(
    Config(
        connect_timeout=PATIENCE,
        read_timeout=PATIENCE,
        retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
    )
)


class ShortWays(Clients):
    """Makes clients; those that the short way does not lead to are botocore's.

    Args:
        environ: of the process, where a stack on one machine says its endpoints.
    """

    def __init__(self, environ: Mapping[str, str]) -> None:
        super().__init__(_OTHERS)
        self._environ = environ
        self._credentials = self._session.get_credentials()

    def _make(self, service: str) -> Any:
        if service not in SERVICES:
            return super()._make(service)
        return ShortWay(
            SERVICES[service],
            self._place(service),
            self._credentials,
            time.time,
            time.sleep,
            random.random,
        )

    def _place(self, service: str) -> Place:
        told, region = self._environ, self._session.get_config_variable("region")
        of_service = told.get(f"AWS_ENDPOINT_URL_{service.upper()}")
        endpoint = of_service or told.get("AWS_ENDPOINT_URL")
        return Place(region, endpoint or f"https://{service}.{region}.amazonaws.com")
