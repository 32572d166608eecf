"""The login's one transaction: consumed marks, session, trace, and the old session's end."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError
from pynamodb.exceptions import DoesNotExist, TransactWriteError
from pynamodb.transactions import TransactWrite

from numo_sso.login.ports import AlreadyConsumed, Consumed, Ending, TraceRecord
from numo_sso.outcomes import CATALOGUE, Refused
from numo_sso.schools import PARENT_LENGTH
from numo_sso.storage.lifetimes import DAY, TRACE_SECONDS
from numo_sso.storage.reading import error_code, storage_errors
from numo_sso.storage.sessions import item_of
from numo_sso.storage.tables import (
    ConsumedAssertion,
    ConsumedFlow,
    LearnedPair,
    Session,
    Trace,
)
from numo_sso.times import iso_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from pynamodb.exceptions import CancellationReason

    from numo_sso.schools import AcceptedPair
    from numo_sso.storage.tables import Tables

_CONSUMED_SECONDS = DAY
"""Far beyond the ten minutes of a flow and the quarter of an hour of an assertion."""
_LEARNED_SECONDS = 400 * DAY
_PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4)
"""Seconds before each further try with the same token: DynamoDB does it once, whatever is lost."""
_PATIENCE = 3
"""Seconds after which no further try begins: a page with a reference must still come in time."""
_PASSING = frozenset(
    {
        "TransactionConflict",
        "TransactionInProgressException",
        "ThrottlingError",
        "ThrottlingException",
        "ProvisionedThroughputExceeded",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "InternalServerError",
        "ServiceUnavailable",
    }
)
_CONDITION_FAILED = "ConditionalCheckFailed"


class StoredLogins:
    """:class:`numo_sso.login.ports.Logins` on the sessions and traces tables.

    Args:
        sleep: waits so many seconds.
        jitter: a factor for each pause, so that thirty retries do not meet again.
        timer: seconds from any start.
    """

    def __init__(
        self,
        tables: Tables,
        sleep: Callable[[float], None],
        jitter: Callable[[], float],
        timer: Callable[[], float],
    ) -> None:
        self._tables = tables
        self._sleep = sleep
        self._jitter = jitter
        self._timer = timer

    def complete(self, ending: Ending) -> None:
        last_try = self._timer() + _PATIENCE
        for pause in (*_PAUSES, None):
            try:
                self._write(ending)
            except TransactWriteError as error:
                if self._settled(error, ending):
                    return
                if pause is None or self._timer() > last_try or not _passing(error):
                    raise Refused("storage-failed", error_code(error)) from error
                self._sleep(pause * self._jitter())
            else:
                return

    def leave_trace(self, trace: TraceRecord) -> None:
        with storage_errors():
            self._trace(trace).save()

    def consumed(self, request_id: str) -> Consumed | None:
        with storage_errors():
            try:
                item = self._tables.flow.get(ConsumedFlow.key(request_id), consistent_read=True)
            except DoesNotExist:
                return None
        return Consumed(item.outcome, item.reference, item.session or "", item.location or "")

    def _write(self, ending: Ending) -> None:
        """The consumed marks are the first items put: :meth:`_settled` reads them by place."""
        unused = ConsumedFlow.pk.does_not_exist()
        with TransactWrite(
            connection=self._tables.connection, client_request_token=ending.attempt
        ) as transaction:
            transaction.save(self._flow(ending), condition=unused, return_values="ALL_OLD")
            transaction.save(self._assertion(ending), condition=unused, return_values="ALL_OLD")
            transaction.save(self._trace(ending.trace))
            if ending.session is not None:
                transaction.save(item_of(self._tables, ending.session))
            if ending.flow.held_session:  # also of a refused login: it was another person's
                transaction.delete(self._tables.session(Session.key(ending.flow.held_session)))
            if ending.new_pair is not None:
                waits = ending.session is None
                transaction.save(self._pair(ending.new_pair, ending.trace, waits=waits))

    def _settled(self, error: TransactWriteError, ending: Ending) -> bool:
        """Whether a failed condition shows this attempt's own earlier work, whose reply was lost.

        Raises:
            AlreadyConsumed: it shows another's.
        """
        # pynamodb sends the deletes of a transaction first
        deletes = 1 if ending.flow.held_session else 0
        marks = [*error.cancellation_reasons[deletes:], None, None][:2]
        failed = [mark is not None and mark.code == _CONDITION_FAILED for mark in marks]
        if not any(failed):
            return False
        if all(_written_by(mark, ending.attempt) for mark in marks):
            return True
        raise AlreadyConsumed(flow=failed[0], assertion=failed[1])

    def _flow(self, ending: Ending) -> ConsumedFlow:
        return self._tables.flow(
            ConsumedFlow.key(ending.flow.request_id),
            attempt=ending.attempt,
            outcome=ending.trace.outcome,
            reference=ending.trace.reference,
            session=ending.session.digest if ending.session else None,
            location=ending.location or None,
            consumed_at=ending.trace.at,
            ttl=ending.trace.at + _CONSUMED_SECONDS,
        )

    def _assertion(self, ending: Ending) -> ConsumedAssertion:
        return self._tables.assertion(
            ConsumedAssertion.key(ending.assertion_digest),
            attempt=ending.attempt,
            reference=ending.trace.reference,
            ttl=ending.trace.at + _CONSUMED_SECONDS,
        )

    def _trace(self, trace: TraceRecord) -> Trace:
        fields: dict[str, Any] = {name: value or None for name, value in vars(trace).items()}
        fields["clock_difference"] = trace.clock_difference
        if trace.brin and not trace.entrance:
            fields["unplaced_brin"] = trace.brin[:PARENT_LENGTH]
        if not CATALOGUE[trace.outcome].good:
            fields["refused_on"] = iso_day(trace.at)
        return self._tables.trace(
            Trace.key(trace.reference), "trace", ttl=trace.at + TRACE_SECONDS, **fields
        )

    def _pair(self, pair: AcceptedPair, trace: TraceRecord, *, waits: bool) -> LearnedPair:
        """One item for each login that met the pair, not one for each pair.

        A class that logs in at once on its school's first day would fight over one key.
        """
        digest = sha256(f"{pair.authority}\n{pair.realm}".encode()).hexdigest()[:16]
        return self._tables.learned(
            (LearnedPair.waiting_key if waits else LearnedPair.key)(trace.entrance),
            f"{digest}#{trace.reference}",
            authority=pair.authority,
            realm=pair.realm,
            seen_at=trace.at,
            ttl=trace.at + (TRACE_SECONDS if waits else _LEARNED_SECONDS),
        )


def _written_by(mark: CancellationReason | None, attempt: str) -> bool:
    item = mark.raw_item if mark is not None else None
    return item is not None and item.get("attempt", {}).get("S") == attempt


def _passing(error: TransactWriteError) -> bool:
    """Whether the same may well succeed in a moment: a conflict, a throttle, a lost connection."""
    reasons = {reason.code for reason in error.cancellation_reasons if reason is not None}
    if reasons:
        return reasons <= _PASSING
    if isinstance(error.cause, BotoCoreError):
        return True
    return error_code(error) in _PASSING
