"""What every peer is given: the same signed responses, and metadata of both sides."""

from __future__ import annotations

import json
import time
from base64 import b64encode
from textwrap import wrap
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from kit.world import ACS, ENTITY_ID, HUB, SSO_URL, Browser, World, hub_key
from numo_local.hub.metadata import hub_metadata

if TYPE_CHECKING:
    from pathlib import Path

RESPONSES = 40
"""Different ones, for nothing here may be quick by having seen the same before."""
_PERIOD = 890
"""Seconds for which they hold: a run must end within them."""


def lay_out(folder: Path) -> Path:
    """Write what the workers read.

    ``posts.json`` is a list of ``{"body", "request_id"}``, each a form as a browser posts it;
    ``idp.xml``, ``sp.xml``, ``idp.pem``, ``sp.key`` and ``sp.pem`` are what peers configure.
    """
    folder.mkdir(parents=True, exist_ok=True)
    now = time.time()
    (folder / "posts.json").write_text(json.dumps([_post(now) for _ in range(RESPONSES)]))
    hub, service = hub_key(), hub_key("service")
    (folder / "idp.pem").write_text(_pem(hub.certificate))
    (folder / "sp.key").write_bytes(service.private_key)
    (folder / "sp.pem").write_text(_pem(service.certificate))
    (folder / "idp.xml").write_bytes(hub_metadata(HUB, SSO_URL, hub))
    (folder / "sp.xml").write_text(str(World().request("GET", "/v1/sso/metadata").body))
    facts = {"hub": HUB, "sso_url": SSO_URL, "acs": ACS, "entity_id": ENTITY_ID, "now": now}
    (folder / "facts.json").write_text(json.dumps(facts))
    return folder


def _post(now: float) -> dict[str, str]:
    world, browser = World(now=now), Browser()
    started = world.start(browser)
    document = world.answer(started, not_on_or_after=now + _PERIOD)
    fields = {"SAMLResponse": b64encode(document).decode(), "RelayState": "any"}
    return {"body": urlencode(fields), "request_id": started.request_id}


def _pem(certificate: str) -> str:
    lines = "\n".join(wrap(certificate, 64))
    return f"-----BEGIN CERTIFICATE-----\n{lines}\n-----END CERTIFICATE-----\n"
