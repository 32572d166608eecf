"""What is known of the hub: the digest in force, the one that waits, and the last check."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from numo_sso.federation.codes import CODES
from numo_sso.federation.digest import read_digest
from numo_sso.federation.ports import CHECKED, IN_FORCE, PENDING
from numo_sso.times import epoch_time, iso_time

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numo_sso.federation.metadata import Digest
    from numo_sso.federation.ports import Store


@dataclass(frozen=True)
class Checked:
    """One check. Times are ISO."""

    at: str
    code: str
    message: str
    good_at: str
    """When metadata was last had that is believed; empty: never."""


@dataclass(frozen=True)
class Status:
    """All of it; what is missing or cannot be read is None."""

    in_force: Digest | None
    pending: Digest | None
    checked: Checked | None

    def age(self, now: float) -> float | None:
        """Seconds since metadata was last had that is believed; None: that was never."""
        if self.checked is None or not self.checked.good_at:
            return None
        return max(0.0, now - epoch_time(self.checked.good_at))


def read_status(store: Store) -> Status:
    found = store.read()
    in_force, pending = read_digest(found.get(IN_FORCE)), read_digest(found.get(PENDING))
    return Status(in_force, pending, _checked(found))


def record_check(store: Store, now: float, code: str, message: str = "") -> None:
    """Write down how a check ended."""
    at = iso_time(now)
    last = _checked(store.read())
    good_at = at if CODES[code].kind.went_well else (last.good_at if last else "")
    store.write(CHECKED, json.dumps(vars(Checked(at, code, message, good_at))))


def _checked(found: Mapping[str, str]) -> Checked | None:
    try:
        checked = Checked(**json.loads(found[CHECKED]))
        for time in filter(None, (checked.at, checked.good_at)):
            epoch_time(time)
    except (KeyError, ValueError, TypeError):
        return None
    return checked
