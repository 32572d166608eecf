"""One batch of the table's stream: each change is kept, in order, until one cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from numo_sso.trail.archive import Occupied
from numo_sso.trail.entry import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit.reports import Reports


class ForeignChange(Exception):  # noqa: N818  # named for what came, not for what it did
    """A change of something else than the trail's table."""


class Keeper(Protocol):
    def keep(self, entry: Entry) -> None:
        """Keep one entry, again or for the first time.

        Raises:
            Occupied: something else is where it belongs.
        """
        ...

    def keep_elsewhere(self, entry: Entry) -> None:
        """Keep one where nothing else belongs."""
        ...


@dataclass(frozen=True)
class AuditApp:
    """Where entries are kept, and where it is told how that goes."""

    archive: Keeper
    reports: Reports
    stream: str
    """ARN of the only stream whose changes are kept."""

    def copy(self, event: Mapping[str, Any]) -> dict[str, Any]:
        """Keep every change of a batch.

        Returns:
            ``batchItemFailures`` with the first change that could not be kept. Lambda comes again
            with it and all that follow, so what is kept once is kept in order.
        """
        kept = 0
        for record in event["Records"]:
            sequence = record["dynamodb"]["SequenceNumber"]
            try:
                self._copy(record)
            except Exception as error:  # noqa: BLE001  # whatever it was: this one is not kept
                self.reports.failed(error, sequence)
                self.reports.copied(kept)
                return {"batchItemFailures": [{"itemIdentifier": sequence}]}
            kept += 1
        self.reports.copied(kept)
        return {"batchItemFailures": []}

    def _copy(self, record: Mapping[str, Any]) -> None:
        if record.get("eventSourceARN") != self.stream:
            raise ForeignChange
        entry = decode(record)
        # Told before it is kept: an alarm must not wait for the bucket.
        if entry.altered:
            self.reports.altered(entry)
        try:
            self.archive.keep(entry)
        except Occupied:
            self.reports.displaced(entry)
            self.archive.keep_elsewhere(entry)


def decode(record: Mapping[str, Any]) -> Entry:
    """A record of the stream, as Lambda hands it over."""
    change = record["dynamodb"]
    return Entry(
        id=record["eventID"],
        change=record["eventName"],
        at=change["ApproximateCreationDateTime"],
        old=change.get("OldImage"),
        new=change.get("NewImage"),
    )
