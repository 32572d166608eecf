"""The stand-in for the hub: what it is, what it remembers, and what it answers."""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from numo_local.hub.metadata import hub_metadata
from numo_local.hub.mishaps import MISHAPS
from numo_local.hub.options import ResponseOptions
from numo_local.hub.request import AuthnRequest, read_request
from numo_local.hub.response import build_response
from numo_local.hub.service_provider import fetch_service_provider

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numo_local.addresses import Addresses
    from numo_local.hub.key import HubKey

REFERENCE_AUTHORITY = "https://referentie.entree.example/idp"
"""The reference identity provider, where every attribute is typed by hand."""
MAX_PENDING = 500


@dataclass(frozen=True)
class Outgoing:
    """A response on its way to a service, in a form."""

    acs_url: str
    document: bytes
    relay_state: str

    @property
    def encoded(self) -> str:
        return base64.b64encode(self.document).decode("ascii")


@dataclass
class Hub:
    """An identity provider with a key of its own."""

    addresses: Addresses
    key: HubKey
    clock: Callable[[], float] = time.time
    published: bytes | None = None
    """What is published in the place of the metadata."""
    _pending: OrderedDict[str, AuthnRequest] = field(default_factory=OrderedDict, init=False)
    _last: Outgoing | None = field(default=None, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    @property
    def entity_id(self) -> str:
        return self.addresses.hub_metadata

    @property
    def sso_url(self) -> str:
        return f"{self.addresses.hub}/sso"

    @property
    def last(self) -> Outgoing | None:
        """The last good response that was made: the stuff of replays."""
        return self._last

    def metadata(self) -> bytes:
        if self.published is not None:
            return self.published
        return hub_metadata(self.entity_id, self.sso_url, self.key)

    def receive(self, query: bytes) -> str:
        """Accept an AuthnRequest, and return a handle for the pages that follow.

        Raises:
            RequestRefusedError: it is not a request that the hub accepts.
            UnknownServiceProviderError: our metadata cannot be fetched.
        """
        service = fetch_service_provider(self.addresses.sp_metadata)
        request = read_request(query, self.sso_url, service)
        handle = secrets.token_urlsafe(12)
        with self._lock:
            self._pending[handle] = request
            while len(self._pending) > MAX_PENDING:
                self._pending.popitem(last=False)
        return handle

    def pending(self, handle: str) -> AuthnRequest | None:
        return self._pending.get(handle)

    def answer(
        self,
        request: AuthnRequest,
        attributes: Mapping[str, Sequence[str]],
        authority: str,
        mishap: str = "",
    ) -> Outgoing:
        """Make the response to a request, with one thing wrong about it if ``mishap`` says so."""
        options = self._options(request, attributes, authority)
        build = MISHAPS[mishap].build if mishap else build_response
        outgoing = Outgoing(request.acs_url, build(options, self.key), request.relay_state)
        if not mishap:
            self._last = outgoing
        return outgoing

    def _options(
        self, request: AuthnRequest, attributes: Mapping[str, Sequence[str]], authority: str
    ) -> ResponseOptions:
        who = "".join(attributes.get("uid", ["unknown"]))
        return ResponseOptions(
            issuer=self.entity_id,
            audience=request.issuer,
            recipient=request.acs_url,
            in_response_to=request.id,
            attributes=attributes,
            authenticating_authority=[authority] if authority else [],
            issue_instant=self.clock(),
            name_id=hashlib.sha256(who.encode()).hexdigest()[:40],
        )
