"""What leaves a request: one wide JSON line, its metrics within. Only a journal's fields get in."""

from __future__ import annotations

import logging
import time
import traceback
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger

from edge.messages import Message
from edge.metrics import (
    BY_OUTCOME,
    BY_SERVICE,
    BY_VERSION,
    COUNT,
    MILLISECONDS,
    Measured,
    embedded,
)
from numo_sso.outcomes import CATALOGUE, Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numo_sso.journal import Journal
    from numo_sso.outcomes import Outcome

_NO_LOGIN = frozenset({"started", "already-used"})
"""Endings of a trip that decide about no login: a double submit goes where the first one went."""


class Telemetry:
    """The log of one function, and the metrics in it.

    Args:
        environment: the deployment, for there may be others in the account.
        version: of the function; empty where there are none.
        clock: seconds since 1970.
    """

    def __init__(
        self,
        service: str,
        environment: str,
        version: str = "",
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._told = {"environment": environment, "version": version or "$LATEST"}
        self._logger = Logger(service=service)
        self._clock = clock
        self._cold = True

    def ended(self, journal: Journal, *, request_id: str, status: int) -> None:
        """Log how a request ended, and count it."""
        outcome = CATALOGUE[journal.outcome]
        cold = self.cold()
        if outcome.stage is Stage.FAULT:
            level, message = logging.ERROR, Message.REQUEST_FAILED
        elif outcome.good:
            level, message = logging.INFO, Message.REQUEST_ENDED
        else:
            level, message = logging.WARNING, Message.REQUEST_REFUSED
        fields = {
            **journal.fields(),
            "number": outcome.number,
            "stage": outcome.stage.value,
            "actor": outcome.actor.value,
            "status": status,
            "cold_start": cold,
            "request_id": request_id,
        }
        self.line(level, message, fields, measured(journal, outcome, cold=cold))

    def cold(self) -> bool:
        """Whether this is asked for the first time: a request after a cold start asks once."""
        cold, self._cold = self._cold, False
        return cold

    def line(
        self,
        level: int,
        message: Message,
        fields: dict[str, Any],
        metrics: Iterable[Measured] = (),
    ) -> None:
        """Log one line of the register, with what it counts."""
        counted = embedded(self._clock(), metrics)
        extra = {**self._told, **fields, "message_code": message.code, **counted}
        told = {logging.INFO: self._logger.info, logging.WARNING: self._logger.warning}
        told.get(level, self._logger.error)(message.value, extra=extra)

    def fault(self, error: BaseException) -> None:
        """Log where an exception came from: types and lines, never its text or values."""
        frames = traceback.extract_tb(error.__traceback__)
        causes = [type(error).__name__]
        while (error.__cause__ or error.__context__) is not None and len(causes) < 5:  # noqa: PLR2004
            error = error.__cause__ or error.__context__  # type: ignore[assignment]
            causes.append(type(error).__name__)
        where = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames[-6:]]
        self.line(logging.ERROR, Message.EXCEPTION, {"error": causes, "where": where})


def measured(journal: Journal, outcome: Outcome, *, cold: bool) -> list[Measured]:
    """What a request counts: by outcome, by function, and by the version that answered."""
    requests = {"Requests": (COUNT, 1.0)}
    answered = {
        "Failures": (COUNT, float(outcome.stage is Stage.FAULT)),
        "Duration": (MILLISECONDS, journal.elapsed),
    }
    seen = _login(journal, outcome)
    for name, spent in journal.phases.items():
        seen[f"Phase{name.capitalize()}"] = (MILLISECONDS, spent)
    if cold:
        seen["ColdStarts"] = (COUNT, 1.0)
    return [
        Measured((BY_OUTCOME, BY_SERVICE, BY_VERSION), requests),
        Measured((BY_SERVICE, BY_VERSION), answered),
        Measured((BY_SERVICE,), seen),
    ]


def _login(journal: Journal, outcome: Outcome) -> dict[str, tuple[str, float]]:
    """Of a browser that we sent to the hub: no test, nor what a stranger posts."""
    found: dict[str, tuple[str, float]] = {}
    if journal.trip and not journal.test:
        found["Starts" if outcome.code == "started" else "Returns"] = (COUNT, 1.0)
        if outcome.code not in _NO_LOGIN:
            found |= {"Logins": (COUNT, 1.0), "GoodLogins": (COUNT, float(outcome.good))}
    if journal.new_pair:
        found["NewIdentityProviderPair"] = (COUNT, 1.0)
    return found
