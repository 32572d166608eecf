"""A session check of ours, whole: ``show`` is GET /v1/session, ``check`` the authorizer."""

from __future__ import annotations

import os
import sys
from typing import Any

from bench.workers.timed import serve
from deployment.cloud import sample

COOKIE = f"__Host-numo_session={os.environ['BENCH_SESSION']}"


def _known(answer: dict[str, Any]) -> bool:
    return answer.get("statusCode") == 200 or answer.get("isAuthorized") is True


if sys.argv[1] == "show":
    from session.handler import handler

    event = sample("session/show.json", cookies=[COOKIE])
else:
    from authorizer.handler import handler

    event = sample("authorizer/request.json", cookies=[COOKIE], identitySource=[COOKIE])
serve(lambda: event, lambda given: handler(given, None), _known)
