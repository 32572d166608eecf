"""What the actions work with; all of it is handed in, so tests hand in theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol

from numo_sso.support.callers.caller import NOBODY, Caller

if TYPE_CHECKING:
    from collections.abc import Callable

    from numo_sso.federation.publishing import Federation
    from numo_sso.ports import Clock, RandomBytes
    from numo_sso.storage.tables import Tables
    from numo_sso.support.addresses import Addresses
    from numo_sso.support.callers.caller import Callers
    from numo_sso.support.logins.log import LoginLog
    from numo_sso.support.near.items import Sealed


class Parameters(Protocol):
    """The deployment's parameters, by the names below its path."""

    def read(self) -> dict[str, str]:
        """Every parameter that there is, secrets opened."""
        ...

    def create(self, name: str, value: str, *, secret: bool) -> None:
        """Write one that must not exist.

        Raises:
            SupportRefusal: ``changed-meanwhile``, where it does.
        """
        ...

    def replace(self, name: str, value: str, *, secret: bool) -> None:
        """Write one, there or not."""
        ...

    def delete(self, name: str) -> None:
        """Remove one with its history, there or not."""
        ...


@dataclass(frozen=True)
class World:
    """What an action has of its deployment. All of it is handed in."""

    tables: Tables
    parameters: Parameters
    clock: Clock
    random: RandomBytes
    sleep: Callable[[float], None]
    """Waits so many seconds."""
    api_host: str
    """What a new certificate is called."""
    federation: Federation
    login_log: LoginLog
    sealed: Sealed
    callers: Callers
    addresses: Addresses


@dataclass(frozen=True)
class Task:
    """One request underway: the world, what was asked, the request's id at AWS, and who asks."""

    world: World
    request: Any
    """The request, of the action's own model."""
    request_id: str
    now: float
    caller: Caller = NOBODY

    @property
    def today(self) -> str:
        return datetime.fromtimestamp(self.now, UTC).date().isoformat()
