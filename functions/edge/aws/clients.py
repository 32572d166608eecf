"""AWS clients of a function that calls DynamoDB and SSM the short way."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, Any

from botocore.config import Config
from botocore.session import Session

from edge.aws.short_way import HURRIED, SERVICES, Patience, Place, ShortWay
from edge.clients import SPARING, Clients

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edge.aws.short_way import Service


class ShortWays:
    """Makes clients, each once; those that the short way does not lead to are botocore's.

    Args:
        environ: of the process, where a stack on one machine says its endpoints.
    """

    def __init__(self, environ: Mapping[str, str], patience: Patience = HURRIED) -> None:
        self._environ = environ
        self._patience = patience
        # it finds region and credentials, and makes no client that would need a hundred handlers
        self._session = Session(include_builtin_handlers=False)
        self._credentials = self._session.get_credentials()
        self._made: dict[str, ShortWay] = {}
        self._others: Clients | None = None

    def get(self, service: str) -> Any:
        if service not in SERVICES:
            self._others = self._others or Clients(_as_patient(self._patience))
            return self._others.get(service)
        if service not in self._made:
            self._made[service] = self._make(SERVICES[service])
        return self._made[service]

    def _make(self, service: Service) -> ShortWay:
        credentials, place = self._credentials, self._place(service)
        return ShortWay(
            service, place, credentials, time.time, time.sleep, random.random, self._patience
        )

    def _place(self, service: Service) -> Place:
        told, region = self._environ, self._session.get_config_variable("region")
        of_service = told.get(f"AWS_ENDPOINT_URL_{service.name.upper()}")
        endpoint = of_service or told.get("AWS_ENDPOINT_URL")
        return Place(region, endpoint or f"https://{service.name}.{region}.amazonaws.com")


def _as_patient(patience: Patience) -> Config:
    """The same for a client of botocore's."""
    return SPARING.merge(
        Config(
            connect_timeout=patience.seconds,
            read_timeout=patience.seconds,
            retries={"total_max_attempts": patience.attempts, "mode": "standard"},
        )
    )
