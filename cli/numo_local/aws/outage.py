"""AWS's failures, on demand: what a user meets when storage or the parameters do not answer."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from collections.abc import Iterable

STATES = {
    "up": "Storage answers again",
    "down": "Storage does not answer",
    "denied": "Storage allows nothing",
    "throttled": "Storage is throttled",
    "read-only": "Storage takes no writes",
    "slow": "Storage answers too late",
    "nonsense": "Storage answers nonsense",
    "no-parameters": "The parameters do not answer",
}
"""What AWS can be told to do; the first is what it does by itself."""
_DYNAMODB = "DynamoDB_20120810."
_WRITING = ("Put", "Update", "Delete", "TransactWrite", "BatchWrite")
_WRITES = tuple(f"{_DYNAMODB}{name}" for name in _WRITING)
_TOO_LATE = 2.0
"""Seconds: the login's clients wait for one."""


@dataclass(frozen=True)
class _Trouble:
    targets: tuple[str, ...]
    """How those calls begin that meet it."""
    status: int
    body: str


def _error(name: str) -> str:
    return json.dumps({"__type": name, "message": "told to"})


_TROUBLES = {
    "down": _Trouble((_DYNAMODB,), 503, _error("ServiceUnavailable")),
    "denied": _Trouble((_DYNAMODB,), 400, _error("AccessDeniedException")),
    "throttled": _Trouble((_DYNAMODB,), 400, _error("ProvisionedThroughputExceededException")),
    "read-only": _Trouble(_WRITES, 500, _error("InternalServerError")),
    "nonsense": _Trouble((_DYNAMODB,), 200, '{"Responses": 7, "Item": 7}'),
    "no-parameters": _Trouble(("AmazonSSM.",), 500, _error("InternalServerError")),
}


class Outage:
    """How AWS is; a switch that pages of the stack turn."""

    def __init__(self) -> None:
        self.state = next(iter(STATES))

    def answer(self, target: str) -> Response | None:
        """What is answered instead of moto's own answer, if anything is."""
        trouble = _TROUBLES.get(self.state)
        if trouble is None or not target.startswith(trouble.targets):
            return None
        return Response(trouble.body, trouble.status, content_type="application/x-amz-json-1.0")

    def delay(self, target: str) -> float:
        """Seconds that a call to this target waits before anything answers it."""
        return _TOO_LATE if self.state == "slow" and target.startswith(_DYNAMODB) else 0.0


class Failing:
    """A WSGI application that stands before moto."""

    def __init__(self, application: Any, outage: Outage) -> None:
        self._application = application
        self._outage = outage

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        target = environ.get("HTTP_X_AMZ_TARGET", "")
        time.sleep(self._outage.delay(target))
        answer = self._outage.answer(target)
        chosen = self._application if answer is None else answer
        answered: Iterable[bytes] = chosen(environ, start_response)
        return answered
