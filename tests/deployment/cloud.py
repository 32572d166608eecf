"""A deployment on this machine: packages under the runtime's client, AWS behind their roles."""

from __future__ import annotations

import json
import time
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import boto3
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

from deployment.deployed import ROOT, function, overrides
from deployment.filling import (
    TRAIL_BUCKET,
    TRAIL_STREAM,
    made_tables,
    make_trail_bucket,
    open_school,
    table_names,
    table_variables,
)
from deployment.guard import Guard
from deployment.runtime import Lambda
from kit.world import HUB, SSO_URL, parameters
from numo_local.aws.moto_server import OneAtATime
from numo_local.aws.parameters import put_configuration, put_parameters
from numo_local.aws.tables import create_tables
from numo_local.serving import Server
from numo_local.sts import Sts
from numo_local.template.model import read_definition
from numo_sso.storage.tables import bind_tables

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PATH = "/numo-sso/production/"
LOGIN_LOG = function("Support")["Environment"]["Variables"]["LOGIN_LOG"]


class Cloud:
    """Functions by name, started when first asked for, each with its role's view of AWS."""

    def __init__(self, built: Path, client: Path, directory: Path) -> None:
        self._built, self._client, self._directory = built, client, directory
        self._aws_itself = OneAtATime(DomainDispatcherApplication(create_backend_app))
        self._moto = serve(self._aws_itself)
        self.port = self._moto.port
        """Where all of AWS answers, past every role."""
        self._functions: dict[str, Lambda] = {}
        self.metadata = b""
        """What the hub publishes; nothing, and it does not answer."""
        self._hub = serve(self._publish)
        self._sts = serve(Sts())
        self.sts_url = f"http://127.0.0.1:{self._sts.port}"
        self._servers: list[Server] = [self._hub, self._sts]
        self.guards: dict[str, Guard] = {}
        self._fill()

    def invoke(self, name: str, event: Any) -> Any:
        if name not in self._functions:
            self._functions[name] = self._started(name)
        return self._functions[name].invoke(event)

    def log(self, name: str) -> list[dict[str, Any]]:
        """What a function has logged; every line of it is JSON."""
        text = self._functions[name].log.read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]

    def stop(self) -> None:
        for running in self._functions.values():
            running.stop()
        empty_moto(f"http://127.0.0.1:{self._moto.port}")
        for server in (*self._servers, self._moto):
            server.stop()

    def another(self, name: str, guard: Guard | None = None, **variables: str) -> Lambda:
        """A further instance of a function, which whoever asks for it stops.

        Args:
            variables: what its environment has otherwise.
        """
        return self._started(name, guard, variables)

    def guard(self, name: str) -> Guard:
        return Guard(self._aws_itself, name)

    def _started(
        self, name: str, guard: Guard | None = None, otherwise: Mapping[str, str] | None = None
    ) -> Lambda:
        if guard is None:
            guard = self.guards[name] = self.guard(name)
        server = serve(guard)
        self._servers.append(server)
        configured = function(name)
        variables = {**self.variables(name, server.port), **(otherwise or {})}
        package = self._built / PurePath(configured["CodeUri"]).name
        log = self._directory / f"{name}-{len(self._servers)}.log"
        return Lambda(package, self._client, configured["Handler"], variables, log)

    def variables(self, name: str, port: int) -> dict[str, str]:
        """The environment of a function whose AWS answers on ``port``."""
        variables = {**function(name)["Environment"]["Variables"], **table_variables(name)}
        if "REFUSED_CODES_KEY" in variables:
            variables["REFUSED_CODES_KEY"] = self._key
        variables |= self._hub_variables() if "IDP_METADATA_URL" in variables else {}
        variables |= {"STS_URL": self.sts_url} if "STS_URL" in variables else {}
        variables["AWS_ENDPOINT_URL"] = f"http://127.0.0.1:{port}"
        if "TRAIL_BUCKET" in variables:
            variables |= {"TRAIL_BUCKET": TRAIL_BUCKET, "TRAIL_STREAM": TRAIL_STREAM}
        return variables

    def _hub_variables(self) -> dict[str, str]:
        """A hub on this machine, that speaks for the one whose digest is in force."""
        host = urlsplit(SSO_URL).hostname or ""
        url = f"http://127.0.0.1:{self._hub.port}/metadata"
        return {"IDP_METADATA_URL": url, "IDP_ENTITY_ID": HUB, "IDP_HOST": host}

    def _publish(self, _environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK" if self.metadata else "404 Not Found", [])
        return [self.metadata]

    def _fill(self) -> None:
        """Make what a deployment has before its first login."""
        create_tables(self.aws("dynamodb"), made_tables())
        made_key = self.aws("kms").create_key(Description="refused codes")
        self._key = made_key["KeyMetadata"]["KeyId"]
        self.aws("logs").create_log_group(logGroupName=LOGIN_LOG)
        ssm = self.aws("ssm")
        idp = json.loads(parameters()["idp"])
        put_configuration(ssm, PATH, idp, "api.numo.nl", time.time())
        made = read_definition(ROOT / "template.yaml", overrides("production")).parameters
        put_parameters(ssm, made)
        open_school(bind_tables(self.aws("dynamodb"), table_names()))
        make_trail_bucket(self.aws("s3"))

    def aws(self, service: str) -> Any:
        """A client past every role."""
        return boto3.client(  # type: ignore[call-overload]  # the services are literals there
            service,
            endpoint_url=f"http://127.0.0.1:{self._moto.port}",
            region_name="eu-west-1",
            aws_access_key_id="local",
            aws_secret_access_key="local",
        )


def empty_moto(url: str) -> None:
    """Leave nothing behind: moto is one for the whole process, and locks what is locked."""
    request = Request(f"{url}/moto-api/reset", method="POST")  # noqa: S310  # of this very process
    with urlopen(request, timeout=20) as answer:  # noqa: S310
        assert answer.status == 200


def serve(application: Any) -> Server:
    server = Server("127.0.0.1", 0, application, name="aws")
    server.start()
    return server


def sample(path: str, **changes: Any) -> dict[str, Any]:
    """A sample event with some of its parts replaced."""
    event = json.loads((ROOT / "events" / path).read_text(encoding="utf-8"))
    return {**event, **changes}
