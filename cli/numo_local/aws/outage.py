"""DynamoDB's failures, on demand: what a user meets when storage is down, or answers nonsense."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from collections.abc import Iterable

STATES = {
    "up": "Storage answers again",
    "down": "Storage does not answer",
    "nonsense": "Storage answers nonsense",
}
"""What storage can be told to do; the first is what it does by itself."""
_ANSWERS = {
    "down": (503, '{"__type": "ServiceUnavailable"}'),
    "nonsense": (200, '{"Responses": 7, "Item": 7}'),
}
_DYNAMODB = "DynamoDB_"


class Outage:
    """How storage is; a switch that pages of the stack turn."""

    def __init__(self) -> None:
        self.state = next(iter(STATES))

    def answer(self, target: str) -> Response | None:
        """What is answered instead of moto's own answer, if anything is."""
        if self.state not in _ANSWERS or not target.startswith(_DYNAMODB):
            return None
        status, body = _ANSWERS[self.state]
        return Response(body, status, content_type="application/x-amz-json-1.0")


class Failing:
    """A WSGI application that stands before moto."""

    def __init__(self, application: Any, outage: Outage) -> None:
        self._application = application
        self._outage = outage

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        answer = self._outage.answer(environ.get("HTTP_X_AMZ_TARGET", ""))
        chosen = self._application if answer is None else answer
        answered: Iterable[bytes] = chosen(environ, start_response)
        return answered
