"""An application that is chosen after its server has its port."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class Late:
    """Stands in for an application whose URLs are known only once the ports are taken.

    Its server accepts connections from the beginning and answers none before it is started.
    """

    application: WSGIApplication

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Hand on to the application."""
        return self.application(environ, start_response)
