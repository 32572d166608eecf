"""The whole product on one machine. :meth:`Stack.start` tells, in order, what it is made of."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from numo_local.addresses import Addresses
from numo_local.aws.environment import point_at
from numo_local.aws.moto_server import moto_server
from numo_local.aws.outage import Outage
from numo_local.errors import StackError
from numo_local.front import Front
from numo_local.functions import load_functions
from numo_local.gateway.faults import Faults
from numo_local.gateway.front import Gateway
from numo_local.gateway.routes import Routes
from numo_local.hub.hub import Hub
from numo_local.hub.key import HubKey
from numo_local.identity_provider import identity_provider
from numo_local.lambda_api import LambdaApi
from numo_local.late import Late
from numo_local.provisioning import define, provision
from numo_local.samples.people import read_samples
from numo_local.schedules import Schedules
from numo_local.serving import Server
from numo_local.sites.app import numo_app
from numo_local.sites.stand_ins import stand_ins
from numo_local.sites.surroundings import Surroundings
from numo_local.sts import Sts

if TYPE_CHECKING:
    from pathlib import Path

    from numo_local.functions import Functions, Load
    from numo_local.options import StackOptions
    from numo_local.samples.people import Samples
    from numo_local.template.model import Definition


class Stack:
    """One stack. A process can hold only one: handlers read the environment of the process."""

    def __init__(self, options: StackOptions, log: Path, load: Load = load_functions) -> None:
        """Take the ports; nothing answers on them yet.

        Args:
            log: where the functions log.
            load: makes the functions; by default from their sources, in this process.

        Raises:
            StackError: a port cannot be had.
        """
        self._options = options
        self._log = log
        self._front, self._app = Late(), Late()
        self._main_server = _take(options, self._front)
        self._app_server = _take_next(options.host, self._main_server.port, self._app)
        self._load = load
        self.outage = Outage()
        self._moto = moto_server(self.outage)
        self._schedules: Schedules | None = None
        self.addresses = Addresses(self._main_server.port, self._app_server.port)
        self.hub = Hub(self.addresses, HubKey.generate())

    def start(self) -> None:
        """Build everything, and serve.

        Raises:
            StackError: with what is in the way.
        """
        self._moto.start()
        point_at(f"http://127.0.0.1:{self._moto.port}")
        idp = identity_provider(self._options.idp_metadata, self.hub)
        definition = define(self.addresses, self._options, idp)
        samples = read_samples()
        without = self._options.without
        functions = provision(
            definition, self.addresses, idp, samples, self._log, without, self._load
        )
        self._open(definition, functions, samples, idp["entity_id"])

    def stop(self) -> None:
        """Stop serving. Nothing is left: all that was stored was in memory."""
        if self._schedules is not None:
            self._schedules.stop()
        for server in (self._main_server, self._app_server, self._moto):
            server.stop()

    def _open(
        self,
        definition: Definition,
        functions: Functions,
        samples: Samples,
        idp_entity_id: str,
    ) -> None:
        faults = Faults()
        around = Surroundings(self.addresses, samples, self.hub, faults, self.outage, idp_entity_id)
        self._front.application = Front(
            gateway=Gateway(Routes(definition.routes), functions, faults),
            stand_ins=stand_ins(around),
            lambda_api=LambdaApi(functions),
            sts=Sts(),
        )
        self._app.application = numo_app(self.addresses)
        self._schedules = Schedules(definition.schedules, functions)
        self._main_server.start()
        self._app_server.start()
        self._schedules.start()


def _take(options: StackOptions, front: Late) -> Server:
    try:
        return Server(options.host, options.port, front, "gateway", log=not options.quiet)
    except OSError as error:
        raise StackError(
            f"Port {options.port} of {options.host} cannot be had: {error.strerror}. "
            "Name another with --port or PORT=8700 make run, or --port 0 for any that is free."
        ) from error


def _take_next(host: str, port: int, app: Late) -> Server:
    """The next port where it is free, so that addresses are easy to remember; else any."""
    with suppress(OSError, OverflowError):
        return Server(host, port + 1, app, "numo")
    return Server(host, 0, app, "numo")
