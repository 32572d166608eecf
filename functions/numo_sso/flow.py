"""The flow: one click on Numo, bound to the browser that made it.

A flow travels in a signed cookie of its own, so that a start needs no storage and two tabs do not
meet. The cookie is ``SameSite=None``: the response arrives by a cross-site POST, to which a
browser adds no other. Packed as bytes rather than JSON, since a browser with four flows and the
elo's own cookies must still fit in API Gateway's 10,240 bytes of request line and headers.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from itsdangerous import BadSignature

from numo_sso.cookies import Cookies, clear_cookie, set_cookie
from numo_sso.signing import decode, encode, make_signer
from numo_sso.targets import MAX_TARGET_BYTES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from itsdangerous import Signer

COOKIE_PREFIX = "__Host-numo_flow_"
"""Browsers take a ``__Host-`` cookie from this very host only: a sibling cannot plant a flow."""
_NAME = re.compile(COOKIE_PREFIX + r"[A-Za-z0-9_-]{0,64}")
"""A name that can be written into a header again, to clear the cookie."""
_PATH = "/"
"""What ``__Host-`` asks."""
LIFETIME = 600
"""Seconds in which a login must come back from the hub."""
MAX_FLOWS = 4

_MARK = 8

_FIXED = struct.Struct("!BB16sI32sB")
_LOGIN, _TEST = 1, 2
"""Versions. A test has one of its own, so that what knows no tests takes none for a login."""
_OTHER_ACCOUNT = 1
_HELD_SESSION = 2
_AGAIN_SHIFT = 2
MAX_AGAIN = 15
_MAX_TEXT = 114  # host and target together: keeps the whole Set-Cookie line within 350 bytes
_MAX_CLEARED = 20


class Flow(NamedTuple):
    """One login under way."""

    request_id: str
    """The AuthnRequest's ID: ``_`` and 22 signs."""
    started_at: int
    target: str
    """Where the user wants to be in Numo: a path, or a URL on an allow-listed origin."""
    elo_host: str = ""
    """Host of the page with the link (its end, where it is long)."""
    held_session: str = ""
    """Hex SHA-256 of the session cookie that this browser held at the start."""
    other_account: bool = False
    """Whether the user asked for another account."""
    again: int = 0
    """How many failures in a row this start comes after, as the page's link counts them."""
    test: bool = False
    """Whether this only tests the connection: it opens no session and ends none."""

    @property
    def cookie_name(self) -> str:
        return COOKIE_PREFIX + self.mark

    @property
    def mark(self) -> str:
        """What tells it from this browser's others, and says nothing else."""
        return self.request_id[1 : 1 + _MARK]

    def expired(self, now: float) -> bool:
        return not self.started_at - LIFETIME <= now < self.started_at + LIFETIME


def trip_of(flows: Sequence[Flow], now: float) -> str:
    """The mark of the oldest of a browser's flows that is not over; empty where there is none.

    Whoever clicks twice, or again after the hub stopped them, is on one trip to the hub. A test is
    none.
    """
    alive = (flow for flow in flows if not flow.test and not flow.expired(now))
    first = min(alive, key=lambda flow: flow.started_at, default=None)
    return first.mark if first else ""


def new_request_id(random: bytes) -> str:
    """An id for an AuthnRequest from 16 random bytes: an NCName, as the schema asks."""
    return "_" + encode(random)


@dataclass(frozen=True)
class FlowCookies:
    """Signs flows into cookies and finds them again. ``keys``: the signing one first."""

    keys: Sequence[bytes]
    _signer: Signer = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_signer", make_signer(self.keys, b"numo-sso-flow"))

    def start(self, flow: Flow, held: Cookies, now: float) -> list[str]:
        """The ``Set-Cookie`` values of a start: the new flow, and removal of what is too much.

        Of the flows that this browser holds the newest three stay; older, expired and unreadable
        ones go.
        """
        kept = sorted(
            # A browser sends the oldest first, which settles those of the same second
            (known for known in reversed(self.read(held)) if not known.expired(now)),
            key=lambda known: known.started_at,
            reverse=True,
        )[: MAX_FLOWS - 1]
        names = {known.cookie_name for known in kept}
        stale = {name for name, _ in held if _NAME.fullmatch(name)} - names
        return [self._set(flow), *(self.clear(name) for name in sorted(stale)[:_MAX_CLEARED])]

    def clear(self, name: str) -> str:
        return clear_cookie(name, path=_PATH, same_site="None")

    def read(self, cookies: Cookies) -> list[Flow]:
        """Every flow in these cookies whose signature holds, expired ones included."""
        found = (self._open(name, value) for name, value in cookies)
        return [flow for flow in found if flow is not None]

    def _set(self, flow: Flow) -> str:
        value = self._signer.sign(encode(_pack(flow))).decode("ascii")
        return set_cookie(flow.cookie_name, value, path=_PATH, same_site="None", max_age=LIFETIME)

    def _open(self, name: str, value: str) -> Flow | None:
        if not name.startswith(COOKIE_PREFIX):
            return None
        try:
            flow = _unpack(decode(self._signer.unsign(value.encode("ascii")).decode("ascii")))
        except (BadSignature, ValueError, struct.error):  # base64 and codecs raise ValueErrors
            return None
        return flow if flow.cookie_name == name else None


def _pack(flow: Flow) -> bytes:
    target = flow.target.encode()
    if len(target) > MAX_TARGET_BYTES:
        raise ValueError("the target is too long for a flow cookie")
    host = flow.elo_host.encode("ascii", "ignore")
    host = host[max(0, len(host) - (_MAX_TEXT - len(target))) :]
    flags = _OTHER_ACCOUNT * flow.other_account | _HELD_SESSION * bool(flow.held_session)
    again = min(flow.again, MAX_AGAIN)
    return (
        _FIXED.pack(
            _TEST if flow.test else _LOGIN,
            flags | again << _AGAIN_SHIFT,
            decode(flow.request_id[1:]),
            flow.started_at,
            bytes.fromhex(flow.held_session),
            len(host),
        )
        + host
        + target
    )


def _unpack(packed: bytes) -> Flow:
    version, flags, request_id, started_at, held, host_length = _FIXED.unpack_from(packed)
    if version not in {_LOGIN, _TEST}:
        raise ValueError("a flow of another version")
    texts = packed[_FIXED.size :]
    return Flow(
        request_id=new_request_id(request_id),
        started_at=started_at,
        elo_host=texts[:host_length].decode("ascii"),
        target=texts[host_length:].decode(),
        held_session=held.hex() if flags & _HELD_SESSION else "",
        other_account=bool(flags & _OTHER_ACCOUNT),
        again=flags >> _AGAIN_SHIFT & MAX_AGAIN,
        test=version == _TEST,
    )
