"""Which of several periods hold on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numo_sso.storage.tables import Period


def in_force(periods: Iterable[Period], today: str) -> list[str]:
    """The values whose period holds ``today`` (an ISO date), each once."""
    holding = (
        period.value
        for period in periods
        if (period.since or today) <= today < (period.until or "9999")
    )
    return list(dict.fromkeys(holding))
