"""The hub within a worker. It imports nothing of ours that changes python3-saml, or its stock
form would not be stock."""

from __future__ import annotations

import base64
import json
import os
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from numo_local.hub.key import HubKey
from numo_local.hub.response import ResponseOptions, build_response

PUBLIC = "https://api.numo.nl"
TOLD = json.loads(Path(os.environ["BENCH_HUB"]).read_text())
_KEY = HubKey(TOLD["private_key"].encode(), TOLD["certificate"])
_EVENTS = Path(__file__).parents[3] / "events"


def posted(request_id: str, cookies: list[str]) -> dict[str, Any]:
    """The event of the hub's answer to a request, posted by a browser with these cookies."""
    options = ResponseOptions(
        issuer=TOLD["issuer"],
        audience=f"{PUBLIC}/v1/sso/metadata",
        recipient=f"{PUBLIC}/v1/sso/acs",
        in_response_to=request_id,
        attributes=TOLD["attributes"],
        issue_instant=time.time(),
        authenticating_authority=[TOLD["authority"]],
    )
    document = base64.b64encode(build_response(options, _KEY)).decode()
    form = base64.b64encode(urlencode({"SAMLResponse": document}).encode()).decode()
    return sample("sso/acs.json") | {"cookies": cookies, "body": form}


def sample(path: str) -> dict[str, Any]:
    event: dict[str, Any] = json.loads((_EVENTS / path).read_text(encoding="utf-8"))
    return event
