"""What a test of the connection found: from the login to the page, and kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numo_sso.login.received import Received
    from numo_sso.outcomes import Outcome

FOUND = "logged-in"


@dataclass(frozen=True)
class Report:
    """What a test found. Its values are for the page of whoever made it, and for nothing else."""

    result: Outcome
    """What a login would have ended in."""
    received: tuple[Received, ...]
    missing: tuple[str, ...]
    """Attributes that Numo asks for, and that did not come or came empty."""
    brin: str
    realm: str
    authority: str
    identified: bool
    """Whether the attributes told a school and a person at all."""
    known: bool
    """Whether a school of Numo's has this BRIN."""
    school_name: str
    """Empty where there is none, or where this identity provider does not speak for it yet."""
    active: bool | None
    """None where no entrance could be told, and not all are closed."""
    user: str
    """``logged-in`` or the outcome that refused the user; empty where nobody was looked for."""
    match_rule: str
    """By which rule the user was looked for."""
