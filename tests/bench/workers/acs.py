"""Our ACS, whole: the gateway's event in, the redirect with its cookie out, storage and all."""

from __future__ import annotations

from typing import Any

from bench.workers.hub import posted, sample
from bench.workers.timed import serve
from deployment.test_package_runs import cookie_pairs, request_id_of
from sso.handler import handler


def _posted() -> dict[str, Any]:
    started = handler(sample("sso/start.json"), None)
    return posted(request_id_of(started), cookie_pairs(started))


def _landed(answer: dict[str, Any]) -> bool:
    return answer["statusCode"] == 303 and "numo_session" in str(answer["cookies"])


serve(_posted, lambda event: handler(event, None), _landed)
