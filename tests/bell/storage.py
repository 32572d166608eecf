"""The sessions table on a first morning: partitions that take a thousand units a second each."""

from __future__ import annotations

from bell.buckets import Bucket

PARTITION = 1000.0
"""Write units a second."""
ITEMS = 3
"""Of a login in the sessions table: the session, and two marks of what is used up."""
UNITS = 2.0
"""An item of a transaction below 1 KB."""


class Writes:
    """Where the items of logins lie, by hash, and how much each partition can still take.

    The table is as it was made: DynamoDB splits partitions within minutes or hours, of which this
    sees nothing. The traces' table takes a third of this and its indexes less, so this one binds.
    """

    def __init__(self, units: int) -> None:
        count = max(1, round(units / PARTITION))
        self._partitions = [Bucket(PARTITION, PARTITION) for _ in range(count)]

    def take(self, now: float, pupil: int) -> bool:
        """One transaction; what it took of partitions that had room is spent in any case."""
        taken = [
            self._partitions[(pupil * 3 + item) * 0x9E3779B1 % 0xFFFF_FFFB % len(self._partitions)]
            .take(now, UNITS)
            for item in range(ITEMS)
        ]  # fmt: skip
        return all(taken)
