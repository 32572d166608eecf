"""What one request leaves behind for operations: a fixed set of fields, none of them personal.

The fields are named here one by one, so that nothing else can slip into a log: no attribute's
value, no code, no name, no cookie, no body.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PHASES = (
    "parse",
    "configuration",
    "gate",
    "verify",
    "policy",
    "library",
    "identity",
    "school",
    "user",
    "match",
    "near",
    "write",
    "session",
)
"""The steps whose time is taken: how a request is read, the keys and settings in force, the
response examined, the person found, the ending written; and a session looked up."""
_APART = frozenset({"timer", "phases"})


@dataclass
class Journal:
    """The notes of one request. ``timer`` gives seconds from any start."""

    timer: Callable[[], float]
    outcome: str = "unexpected"
    reference: str = ""
    detail: str = ""
    """Which check refused, in the words of the code."""
    elo_host: str = ""
    school_hint: str = ""
    """The entrance that the link in the elo names."""
    trip: str = ""
    """Marks this browser's way to the hub and back: see :func:`numo_sso.flow.trip_of`."""
    test: bool = False
    """Whether this only tests the connection: see :mod:`numo_sso.login.connection`."""
    again: int = 0
    """How many failures in a row the start came after."""
    in_app: bool = False
    """Whether a page of failure was shown in what looks like an app's own browser."""
    result: str = ""
    """The outcome that a login would have had, of a test."""
    brin: str = ""
    entrance: str = ""
    authority: str = ""
    realm: str = ""
    user: str = ""
    """Keyed hash of entrance and code."""
    new_pair: bool = False
    """An active school met an authority and realm that it had not seen."""
    near_miss: str = ""
    """Why it was not looked who has nearly the code that nobody has."""
    untraced: str = ""
    """Why no trace could be left of a response that was not verified."""
    phases: dict[str, float] = field(default_factory=dict)
    """Milliseconds that each of :data:`PHASES` took, as far as the request went."""

    def __post_init__(self) -> None:
        self._began = self.timer()

    @property
    def elapsed(self) -> float:
        """Milliseconds since the request came."""
        return round((self.timer() - self._began) * 1000, 2)

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        started = self.timer()
        try:
            yield
        finally:
            self.phases[name] = round((self.timer() - started) * 1000, 2)

    def fields(self) -> dict[str, Any]:
        """What is to be logged: everything that was noted, and nothing empty.

        Not the phases: a line has each by itself, as the metric that it is too.
        """
        noted = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in noted.items() if value and name not in _APART}
