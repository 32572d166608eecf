"""Keys, the hub's digest and limits: one configuration, refreshed every five minutes.

It is read as a flat set of parameters (see :func:`parse`), whose names are those below the
deployment's path in SSM.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from numo_sso.key_rings import key_name, parse_ring, ring_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numo_sso.ports import Clock

REFRESH_SECONDS = 300
RETRY_SECONDS = 30
"""How long a failed refresh is left alone while the stale configuration serves."""
SPREAD_SECONDS = REFRESH_SECONDS + 2 * RETRY_SECONDS
"""So long after a change was begun every function knows of it, even where one reading failed and
the writing itself took half a minute."""


class NotConfigured(Exception):  # noqa: N818  # a state of the deployment, not a bug
    """A parameter is missing or unreadable; the message names it and never quotes it."""


class Certificate(NamedTuple):
    """A signing certificate of the identity provider, with the time in which it is valid."""

    base64_der: str
    not_before: int
    not_after: int

    def in_force(self, now: float) -> bool:
        return self.not_before <= now < self.not_after


class IdentityProvider(NamedTuple):
    """What login needs of the hub's metadata."""

    entity_id: str
    sso_url: str
    certificates: tuple[Certificate, ...]


class ServiceKey(NamedTuple):
    """A signing key of ours and its self-signed certificate (base64 DER)."""

    private_key: str
    certificate: str


class Provider(NamedTuple):
    """An identity provider that a start may ask the hub for, and the hints that lead to it."""

    provider: str
    entrances: tuple[str, ...] = ()
    brins: tuple[str, ...] = ()


class Limits(NamedTuple):
    """How long sessions last, and which providers may be asked for."""

    pupil_absolute_seconds: int
    pupil_idle_seconds: int
    staff_absolute_seconds: int
    staff_idle_seconds: int
    providers: tuple[Provider, ...] = ()


class Configuration(NamedTuple):
    """Everything that login reads from SSM. Of several keys the current one is first."""

    idp: IdentityProvider
    service_keys: tuple[ServiceKey, ...]
    cookie_keys: tuple[bytes, ...]
    pseudonym_key: bytes
    limits: Limits
    epoch: int


def parse(parameters: Mapping[str, str]) -> Configuration:
    """Build the configuration from parameters such as ``idp``, ``sp/ring`` and ``sp/key/{id}``.

    Raises:
        NotConfigured: one is missing or not what it should be. A ring whose keys are not all there
            was read across a step of a rollover; what was read before serves better than half.
    """
    reader = _Reader(parameters)
    return Configuration(
        idp=reader.read("idp", _identity_provider),
        service_keys=reader.keys("sp", lambda item: ServiceKey(item["key"], item["certificate"])),
        cookie_keys=reader.keys("cookie", _secret),
        pseudonym_key=reader.read("pseudonym", _secret),
        limits=parse_limits(parameters),
        epoch=parse_epoch(parameters),
    )


def parse_limits(parameters: Mapping[str, str]) -> Limits:
    return _Reader(parameters).read("limits", _limits)


def parse_epoch(parameters: Mapping[str, str]) -> int:
    """The time before which every session that was made is over, in seconds since 1970.

    A time and not a count: no two functions need to know the same one for a login to hold.
    """
    return _Reader(parameters).read("epoch", int) if "epoch" in parameters else 0


T = TypeVar("T")


class _Reader(NamedTuple):
    parameters: Mapping[str, str]

    def read(self, name: str, build: Callable[[Any], T]) -> T:
        try:
            return build(json.loads(self.parameters[name]))
        except KeyError as error:
            raise NotConfigured(f"parameter {name}: missing, or a field of it is") from error
        except (ValueError, TypeError, AttributeError) as error:
            raise NotConfigured(f"parameter {name}: unreadable") from error

    def keys(self, kind: str, build: Callable[[Any], T]) -> tuple[T, ...]:
        ring = self.read(ring_name(kind), parse_ring)
        return tuple(self.read(key_name(kind, each.id), build) for each in ring.loaded)


def _secret(item: Any) -> bytes:
    return base64.urlsafe_b64decode(item["key"])


def _identity_provider(item: Any) -> IdentityProvider:
    certificates = tuple(
        Certificate(each["certificate"], int(each["not_before"]), int(each["not_after"]))
        for each in item["certificates"]
    )
    return IdentityProvider(item["entity_id"], item["sso_url"], certificates)


def _limits(item: Any) -> Limits:
    return Limits(
        pupil_absolute_seconds=int(item["pupil_absolute_seconds"]),
        pupil_idle_seconds=int(item["pupil_idle_seconds"]),
        staff_absolute_seconds=int(item["staff_absolute_seconds"]),
        staff_idle_seconds=int(item["staff_idle_seconds"]),
        providers=tuple(
            Provider(
                provider=each["provider"],
                entrances=tuple(each.get("entrances", ())),
                brins=tuple(each.get("brins", ())),
            )
            for each in item.get("providers", ())
        ),
    )


class Refreshed(Generic[T]):
    """A value built from parameters, read again at most every five minutes.

    The same parameters keep the same value, so nothing that was built from them (keys, settings of
    the SAML library) is built twice. When reading or building fails the stale value serves on.
    """

    def __init__(
        self,
        read: Callable[[], Mapping[str, str]],
        build: Callable[[Mapping[str, str]], T],
        clock: Clock,
        report: Callable[[Exception], None] = lambda _error: None,
    ) -> None:
        self._read = read
        self._build = build
        self._clock = clock
        self._report = report
        self._parameters: Mapping[str, str] = {}
        self._value: T | None = None
        self._next = 0.0
        self.last_error: Exception | None = None

    def get(self) -> T:
        """The value in force.

        Raises:
            NotConfigured: there never was a good one.
        """
        now = self._clock()
        if self._value is None or now >= self._next:
            self._refresh(now)
        if self._value is None:
            raise NotConfigured(_cause(self.last_error)) from self.last_error
        return self._value

    def _refresh(self, now: float) -> None:
        try:
            parameters = self._read()
            if self._value is None or parameters != self._parameters:
                self._value = self._build(parameters)
                self._parameters = dict(parameters)
        except Exception as error:  # noqa: BLE001  # whatever it was, the stale value serves on
            self.last_error = error
            self._next = now + RETRY_SECONDS
            self._report(error)
        else:
            self.last_error = None
            self._next = now + REFRESH_SECONDS


def _cause(error: Exception | None) -> str:
    """Our own words name the parameter; another's may quote it, so only its type is told."""
    return str(error) if isinstance(error, NotConfigured) else type(error).__name__
