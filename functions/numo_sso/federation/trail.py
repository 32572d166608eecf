"""The audit trail, as the function that no person asks writes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from numo_sso.times import iso_time

if TYPE_CHECKING:
    from numo_sso.federation.ports import Described
    from numo_sso.ports import Clock, RandomBytes
    from numo_sso.storage.tables import AuditRecord

ACTION = "metadata.check"
_ID_BYTES = 8


@dataclass(frozen=True)
class Trail:
    """:data:`numo_sso.federation.ports.Note` of one run."""

    audit: type[AuditRecord]
    clock: Clock
    random: RandomBytes
    request_id: str

    def __call__(self, subject: str, before: Described, after: Described) -> None:
        """Put one record, which must not be there."""
        record = self.audit(
            subject=subject,
            at=f"{iso_time(self.clock())}#{self.random(_ID_BYTES).hex()}",
            action=ACTION,
            request_id=self.request_id,
            before=before,
            after=after,
        )
        record.save(condition=type(record).subject.does_not_exist())
