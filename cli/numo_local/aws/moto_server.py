"""moto's server, in this process, on a port of its own."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

from numo_local.aws.outage import Failing
from numo_local.aws.transactions import keep_items_alone
from numo_local.serving import Server

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numo_local.aws.outage import Outage

_HOST = "127.0.0.1"


class OneAtATime:
    """Lets one request at a time through to a WSGI application.

    moto knows no locks: without this one, concurrent conditional writes both succeed and
    transactions race, which is exactly what a login relies on not to happen.
    """

    def __init__(self, application: Any) -> None:
        self._application = application
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        with self._lock:
            answer = self._application(environ, start_response)
            try:
                return list(answer)
            finally:
                if hasattr(answer, "close"):
                    answer.close()


def moto_server(outage: Outage) -> Server:
    """Make a moto server on a free port of the loopback address, as well as ``outage`` lets it."""
    keep_items_alone()
    application = Failing(OneAtATime(DomainDispatcherApplication(create_backend_app)), outage)
    return Server(_HOST, 0, application, name="moto")
