"""The arena over HTTP: a running local stack that trusts the corpus's own hub."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any

import botocore.session

from attack import scene
from attack.bench import Bench
from attack.case import Seen
from kit.support import metadata
from kit.world import parameters
from numo_local.process import running_stack
from numo_sso.login.trust import Trust, build_trust
from numo_sso.urls import Urls

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from attack.bench import Cookies
    from numo_local.process import RunningStack


@dataclass
class OverHttp:
    """See the module. The cases share it, each from an address of its own."""

    stack: RunningStack
    log: Path
    urls: Urls
    trust: Trust
    _read: int = 0

    def now(self) -> float:
        return time.time()

    def request(  # as the protocol has it
        self,
        method: str,
        path: str,
        *,
        cookies: Cookies = (),
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        address: str = "",
    ) -> Seen:
        sent = dict(headers or {})
        if cookies:
            sent["cookie"] = "; ".join(f"{name}={value}" for name, value in cookies)
        source = (address or "127.0.0.1", 0)
        connection = HTTPConnection("127.0.0.1", self.stack.port, timeout=30, source_address=source)
        connection.request(method, path, body=body or None, headers=sent)
        with connection.getresponse() as answer:
            text = answer.read().decode("utf-8", "replace")
            told = answer.getheaders()
        connection.close()
        line = self._last_line()
        return Seen(
            status=answer.status,
            headers={name.lower(): value for name, value in told},
            cookies=tuple(value for name, value in told if name.lower() == "set-cookie"),
            body=text,
            outcome=line.get("outcome", ""),
            detail=line.get("detail", ""),
        )

    def _last_line(self) -> dict[str, Any]:
        """What the functions logged of the last request; it is written before it is answered."""
        with self.log.open("rb") as file:
            file.seek(self._read)
            new = file.read()
        self._read += len(new)
        found: dict[str, Any] = {}
        for line in new.decode("utf-8", "replace").splitlines():
            if line.startswith("{") and '"number"' in line:
                found = json.loads(line)
        return found


@contextmanager
def http_arena(folder: Path) -> Iterator[OverHttp]:
    """Start a stack with the scene's schools in it."""
    document = folder / "hub.xml"
    document.write_bytes(
        metadata(scene.hub_key().certificate, entity_id=scene.HUB, location=scene.SSO_URL)
    )
    log = folder / "stack.log"
    with log.open("w") as file, running_stack("--idp-metadata", str(document), log=file) as stack:
        urls = Urls(stack.api)
        arena = OverHttp(stack, log, urls, build_trust(parameters(), urls))
        _open_schools(stack)
        seen = (bench := Bench(arena)).post(bench.good())  # the first to speak for the school
        assert seen.outcome == "logged-in", seen
        neighbours = bench_of_neighbours(arena)
        assert neighbours.outcome == "logged-in", neighbours
        yield arena


def bench_of_neighbours(arena: OverHttp) -> Seen:
    """Let the neighbours' own identity provider be the first to speak for them."""
    bench = Bench(arena)
    attributes = scene.attributes(
        nlEduPersonHomeOrganizationId=[scene.NEIGHBOUR_BRIN],
        nlEduPersonRealId=[f"{scene.PUPIL}@{scene.NEIGHBOUR_REALM}"],
    )
    return bench.post(
        bench.good(attributes=attributes, authenticating_authority=[scene.NEIGHBOUR_AUTHORITY])
    )


def _open_schools(stack: RunningStack) -> None:
    client: Any = botocore.session.get_session().create_client(
        "lambda",
        "eu-west-1",
        endpoint_url=stack.api,
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
    )
    pupil = {"persoonscode": scene.PUPIL, "role": "pupil", "surname": "Puk", "infix": "van"}
    teacher = {"persoonscode": scene.TEACHER, "role": "teacher", "given_name": "Bo"}
    for entrance, name, brin, given_name in (
        (scene.ENTRANCE, scene.NAME, scene.BRIN, "Pietje"),
        (scene.NEIGHBOUR, scene.NEIGHBOUR_NAME, scene.NEIGHBOUR_BRIN, "Geheime"),
    ):
        rows = [{**pupil, "given_name": given_name}, {**teacher, "surname": "Bonte"}]
        school = {"entrance": entrance, "brin": brin, "create": True, "name": name}
        for request in (
            {"action": "school.activate", **school},
            {"action": "users.import", "entrance": entrance, "rows": rows},
        ):
            reply = client.invoke(FunctionName="support", Payload=json.dumps(request))
            answer = json.loads(reply["Payload"].read())
            assert answer["ok"], answer
