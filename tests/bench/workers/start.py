"""Our start, whole: the gateway's event in, the redirect to the hub with its cookie out."""

from __future__ import annotations

from typing import Any

from bench.workers.hub import sample
from bench.workers.timed import serve
from sso.handler import handler


def _sent_to_the_hub(answer: dict[str, Any]) -> bool:
    return answer["statusCode"] == 302 and bool(answer["cookies"])


serve(lambda: sample("sso/start.json"), lambda event: handler(event, None), _sent_to_the_hub)
