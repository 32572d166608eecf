"""What every step of one login has at hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from numo_sso.login.budget import Budgets

if TYPE_CHECKING:
    from numo_sso.cookies import Cookies
    from numo_sso.journal import Journal
    from numo_sso.login.near_misses import NearMisses
    from numo_sso.login.ports import Logins, Roster
    from numo_sso.login.report import Report
    from numo_sso.login.trust import Trust
    from numo_sso.outcomes import Outcome
    from numo_sso.ports import RandomBytes
    from numo_sso.schools import Schools
    from numo_sso.sessions import SessionCookie
    from numo_sso.targets import Targets


@dataclass(frozen=True)
class Services:
    """What a login needs beside its configuration."""

    schools: Schools
    roster: Roster
    logins: Logins
    targets: Targets
    session_cookie: SessionCookie
    random: RandomBytes
    near_misses: NearMisses
    budgets: Budgets = field(default_factory=Budgets)


class Context(NamedTuple):
    """One request: the trust in force, the services, its notes, its time and where it is from."""

    trust: Trust
    services: Services
    journal: Journal
    now: float
    source: str
    """See :func:`numo_sso.login.budget.source_of`."""

    @property
    def reference(self) -> str:
        """What support looks the request up by."""
        return self.journal.reference


class Post(NamedTuple):
    """What the hub had the browser post to our ACS."""

    content_type: str
    body: bytes
    cookies: Cookies
    address: str = ""
    """Of the browser, as the gateway saw it."""


@dataclass(frozen=True)
class Arrival:
    """How a response ended. With a ``location`` the browser goes on; else it sees a page."""

    outcome: Outcome
    reference: str
    location: str = ""
    cookies: list[str] = field(default_factory=list)
    entrance: str = ""
    """The person's own entrance, once it is known."""
    school_name: str = ""
    given_name: str = ""
    report: Report | None = None
    """Of a test of the connection."""
