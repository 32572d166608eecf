"""AWS clients: one botocore session for all of them."""

from __future__ import annotations

from typing import Any

import botocore.session
from botocore.config import Config

SPARING = Config(
    parameter_validation=False,  # every call is ours, and a call's half is spent on it
    user_agent="numo-sso",  # botocore's own names the machine, put together anew at each call
)
"""For functions whose calls are many: what botocore would do at each for nothing."""
UNHURRIED = Config(
    connect_timeout=3, read_timeout=5, retries={"mode": "standard", "max_attempts": 3}
)
"""For functions that nobody waits for."""


class Clients:
    """Makes clients; each once, and all with the same ``config``."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._session = botocore.session.get_session()
        self._made: dict[str, Any] = {}

    def get(self, service: str) -> Any:
        if service not in self._made:
            self._made[service] = self._session.create_client(service, config=self._config)
        return self._made[service]
