"""The audit trail, as the function that no person asks writes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numo_sso.federation.ports import Described
    from numo_sso.ports import Clock, RandomBytes
    from numo_sso.storage.tables import AuditRecord

ACTION = "metadata.check"


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
            at=self.audit.sort_key(self.clock(), self.random),
            action=ACTION,
            request_id=self.request_id,
            before=before,
            after=after,
        )
        record.save(condition=type(record).subject.does_not_exist())
