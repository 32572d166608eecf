"""Changes and their audit record, written together or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from pynamodb.exceptions import TransactWriteError
from pynamodb.transactions import TransactWrite

from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.speech import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pynamodb.expressions.condition import Condition
    from pynamodb.expressions.update import Action
    from pynamodb.models import Model

    from numo_sso.storage.tables import AuditRecord
    from numo_sso.support.world import Task

MAX_WRITES = 99
"""DynamoDB takes 100 items in a transaction; one of them is the audit record."""
_TOKEN_BYTES = 16
"""As hex within the 36 characters that DynamoDB takes."""
_ATTEMPTS = 4
_RACED = {"ConditionalCheckFailed", "TransactionConflict"}
_THROTTLED = {"ThrottlingError", "ProvisionedThroughputExceeded"}
"""The client tries again by itself only where a whole call was throttled."""
_PAUSES = (0.2, 0.4, 0.8, 1.6, 3.2, 6.4)
"""Seconds. A school is one partition, which takes a thousand units a second until it is split."""


@dataclass(frozen=True)
class Put:
    item: Model
    condition: Condition


@dataclass(frozen=True)
class Delete:
    item: Model
    condition: Condition


@dataclass(frozen=True)
class Update:
    item: Model
    actions: Sequence[Action]
    condition: Condition


Write = Put | Delete | Update


@dataclass(frozen=True)
class Change:
    """What the audit trail keeps of a change. It can never be erased: no names, no codes."""

    subject: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class Raced(Exception):  # noqa: N818  # someone else was first, which is no error of ours
    """What was read has changed since: read again, decide again."""


def commit(task: Task, change: Change, writes: Sequence[Write]) -> None:
    """Write ``writes`` and the record of ``change`` in one transaction.

    A client that got no answer sends it again by itself. Both carry one token, so DynamoDB does it
    once; without it the second would fail on what the first has written, and look like a race.

    Raises:
        Raced: a condition no longer holds.
    """
    record = audit_record(task, change)
    token = task.world.random(_TOKEN_BYTES).hex()
    for pause in (*_PAUSES, None):
        try:
            _write(task, token, record, writes)
        except TransactWriteError as error:
            codes = {reason.code for reason in error.cancellation_reasons if reason}
            if codes & _RACED:
                raise Raced from error
            if pause is None or not codes & _THROTTLED:
                raise
            task.world.sleep(pause)
        else:
            return


def _write(task: Task, token: str, record: AuditRecord, writes: Sequence[Write]) -> None:
    with TransactWrite(
        connection=task.world.tables.connection, client_request_token=token
    ) as transaction:
        transaction.save(record, condition=type(record).subject.does_not_exist())
        for write in writes:
            if isinstance(write, Put):
                transaction.save(write.item, condition=write.condition)
            elif isinstance(write, Delete):
                transaction.delete(write.item, condition=write.condition)
            else:
                transaction.update(write.item, list(write.actions), condition=write.condition)


def note(task: Task, change: Change) -> None:
    """Write the record of a change that DynamoDB cannot take into a transaction, **before** it.

    So a change without its record cannot be; a record whose change then failed can.
    """
    commit(task, change, [])


def audit_record(task: Task, change: Change) -> AuditRecord:
    """The record. One without a caller is joined with CloudTrail by its request id."""
    return task.world.tables.audit(
        subject=change.subject,
        at=task.world.tables.audit.sort_key(task.now, task.world.random),
        action=task.request.action,
        ticket=task.request.ticket,
        request_id=task.request_id,
        caller=task.caller.arn,
        caller_id=task.caller.id,
        caller_verified=task.caller.verified,
        before=change.before,
        after=change.after,
    )


T = TypeVar("T")


def until_settled(attempt: Callable[[], T]) -> T:
    """Do ``attempt`` again when someone else changed the same thing at the same moment.

    Raises:
        SupportRefusal: ``changed-meanwhile``, when that keeps happening.
    """
    for _ in range(_ATTEMPTS):
        try:
            return attempt()
        except Raced:
            continue
    raise SupportRefusal(
        "changed-meanwhile",
        say("Someone else is changing the same thing at this moment."),
        say("Look at it (show), then ask again."),
    )
