"""The main port: who answers is decided by the host's name, as it is with real domains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from numo_local.lambda_api import PREFIX
from numo_local.sts import ACTION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

STAND_INS_HOST = "localhost"


@dataclass(frozen=True)
class Front:
    """Lambda and STS on every name, the stand-ins on ``localhost``, else the gateway."""

    gateway: WSGIApplication
    stand_ins: WSGIApplication
    lambda_api: WSGIApplication
    sts: WSGIApplication

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Hand a request to the one that answers it."""
        return self._choose(environ)(environ, start_response)

    def _choose(self, environ: WSGIEnvironment) -> WSGIApplication:
        if environ["PATH_INFO"].startswith(PREFIX):
            return self.lambda_api
        if environ["PATH_INFO"] == "/" and ACTION in environ.get("QUERY_STRING", ""):
            return self.sts
        host = environ.get("HTTP_HOST", "").rpartition(":")[0] or environ.get("HTTP_HOST", "")
        return self.stand_ins if host.lower() == STAND_INS_HOST else self.gateway
