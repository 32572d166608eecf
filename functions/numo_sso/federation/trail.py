"""The audit trail, as the function that no person asks writes it.

A stream that nobody follows tells nothing, and neither does one in which nothing happens. So the
trail beats: a record each hour that says nothing, but whose copy says that copies are made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numo_sso.federation.ports import Described
    from numo_sso.ports import Clock, RandomBytes
    from numo_sso.storage.tables import AuditRecord

ACTION = "metadata.check"
BEAT = "trail.beat"
SUBJECT_OF_BEAT = "trail"


@dataclass(frozen=True)
class Trail:
    """:data:`numo_sso.federation.ports.Note` of one run, and its beat."""

    audit: type[AuditRecord]
    clock: Clock
    random: RandomBytes
    request_id: str

    def __call__(self, subject: str, before: Described, after: Described) -> None:
        """Put one record, which must not be there."""
        self._put(subject, ACTION, before, after)

    def beat(self) -> None:
        """Put the record that says nothing."""
        self._put(SUBJECT_OF_BEAT, BEAT)

    def _put(
        self, subject: str, action: str, before: Described = None, after: Described = None
    ) -> None:
        record = self.audit(
            subject=subject,
            at=self.audit.sort_key(self.clock(), self.random),
            action=action,
            request_id=self.request_id,
            before=before,
            after=after,
        )
        record.save(condition=type(record).subject.does_not_exist())
