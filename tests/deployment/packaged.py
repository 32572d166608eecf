"""The local stack with the built packages behind its front, each in Lambda's runtime client.

Each finds AWS behind a door that knows its role, as on AWS.
"""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from deployment.cloud import empty_moto, serve
from deployment.deployed import function
from deployment.guard import Guard
from deployment.runtime import Lambda
from numo_local.functions import Function, Functions, environment_of
from numo_local.options import StackOptions
from numo_local.stack import Stack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from numo_local.serving import Server
    from numo_local.template.model import FunctionDefinition

WIDE = {
    "message_code",
    "outcome",
    "service",
    "environment",
    "version",
    "cold_start",
    "request_id",
    "Duration",
}
"""What every line of a request has, whichever function answered it."""


class Passing:
    """A WSGI application that hands each call on to a server of AWS's, and its answer back."""

    def __init__(self, url: str) -> None:
        self._host = urlsplit(url).netloc

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        headers = {
            name.removeprefix("HTTP_").replace("_", "-"): value
            for name, value in environ.items()
            if name.startswith("HTTP_") or name == "CONTENT_TYPE"
        }
        body = environ["wsgi.input"].read()
        connection = HTTPConnection(self._host, timeout=30)
        try:
            connection.request(environ["REQUEST_METHOD"], environ["PATH_INFO"], body, headers)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        told = ("content-type", "x-amz")
        kept = [each for each in answer.getheaders() if each[0].lower().startswith(told)]
        start_response(f"{answer.status} {answer.reason}", kept)
        return [content]


class Packages:
    """Functions for a stack: instances of built packages, begun when they are first asked for."""

    def __init__(self, built: Path, client: Path, log: Path) -> None:
        self._built, self._client = built, client
        self.log = log
        self.environments: dict[str, dict[str, str]] = {}
        """The variables of each function, by its logical id."""
        self._traffic: dict[str, list[Lambda]] = {}
        self.guards: dict[str, Guard] = {}
        """What each function asked of AWS and was denied, by its logical id."""
        self._doors: dict[str, Server] = {}

    def load(
        self, definitions: Iterable[FunctionDefinition], environment: Mapping[str, str]
    ) -> Functions:
        """What a stack asks for; see :data:`numo_local.functions.Load`."""
        by_name: dict[str, Function] = {}
        for each in definitions:
            self.environments[each.logical_id] = environment_of(each, environment)
            asked = partial(self._answer, each.logical_id)
            by_name |= dict.fromkeys(each.aliases, Function(each, asked))
        return Functions(by_name)

    def begin(self, name: str, *versions: str) -> None:
        """Put new instances of a function in the place of those in traffic, one a version."""
        self.end(name)
        self._traffic[name] = [self._instance(name, each) for each in versions]

    def end(self, name: str) -> None:
        """End a function's instances: whoever asks for it next meets a cold start."""
        for instance in self._traffic.pop(name, []):
            instance.stop()

    def stop(self) -> None:
        for name in [*self._traffic]:
            self.end(name)
        for door in self._doors.values():
            door.stop()

    def lines(self) -> list[dict[str, Any]]:
        """What all functions have logged; every line of it is JSON."""
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]

    def ask(self, name: str, event: Any) -> Any:
        """Invoke a function; its instances answer in turn, so that a login meets them all."""
        if name not in self._traffic:
            self.begin(name, "1")
        instances = self._traffic[name]
        instances.append(instances.pop(0))
        return instances[-1].invoke(event)

    def clocked(self) -> Lambda:
        """One more instance of the login, whose clock each event sets; whoever asks stops it."""
        return self._instance("SsoFunction", "clocked", "clocked.handler")

    def _answer(self, name: str, event: Any, _context: object) -> Any:
        return self.ask(name, event)

    def _instance(self, name: str, version: str, handler: str = "") -> Lambda:
        configured = function(name.removesuffix("Function"))
        package = self._built / PurePath(configured["CodeUri"]).name
        variables = {
            **self.environments[name],
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self._door(name).port}",
            "AWS_LAMBDA_FUNCTION_VERSION": version,
        }
        handler = handler or configured["Handler"]
        return Lambda(package, self._client, handler, variables, self.log)

    def _door(self, name: str) -> Server:
        """The one door through which all instances of a function ask AWS."""
        if name not in self._doors:
            aws = Passing(os.environ["AWS_ENDPOINT_URL"])
            self.guards[name] = Guard(aws, name.removesuffix("Function"))
            self._doors[name] = serve(self.guards[name])
        return self._doors[name]


@contextmanager
def packaged_stack(packages: Packages) -> Iterator[Stack]:
    """A stack in this process, whose environment is given back on leaving."""
    before = dict(os.environ)
    stack = Stack(StackOptions(port=0, quiet=True), packages.log, packages.load)
    try:
        stack.start()
        yield stack
    finally:
        packages.stop()
        empty_moto(os.environ["AWS_ENDPOINT_URL"])
        stack.stop()
        os.environ.clear()
        os.environ.update(before)
