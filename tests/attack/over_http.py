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
from attack.bench import Bench, form_of
from attack.case import FORM, Seen
from kit.support import metadata
from kit.world import parameters
from numo_local.process import running_stack
from numo_sso.login.trust import Trust, build_trust
from numo_sso.urls import Urls

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from attack.bench import Cookies, Headers
    from numo_local.process import RunningStack


APP_ORIGIN = "https://app.numo.example"


@dataclass
class OverHttp:
    """See the module. The cases share it, each from an address of its own."""

    stack: RunningStack
    log: Path
    urls: Urls
    trust: Trust
    entrance_url: str = ""
    app_origin: str = APP_ORIGIN
    _read: int = 0

    def now(self) -> float:
        return time.time()

    def request(  # as the protocol has it
        self,
        method: str,
        path: str,
        *,
        cookies: Cookies = (),
        headers: Headers | None = None,
        body: bytes = b"",
        address: str = "",
    ) -> Seen:
        sent: dict[str, str | tuple[str, ...]] = dict(headers or {})
        if cookies:
            sent["cookie"] = "; ".join(f"{name}={value}" for name, value in cookies)
        if body and "transfer-encoding" not in sent:
            sent.setdefault("content-length", str(len(body)))
        source = (address or "127.0.0.1", 0)
        connection = HTTPConnection("127.0.0.1", self.stack.port, timeout=30, source_address=source)
        connection.putrequest(method, path, skip_host="host" in sent, skip_accept_encoding=True)
        for name, value in sent.items():
            for line in (value,) if isinstance(value, str) else value:
                connection.putheader(name, line)
        connection.endheaders(body or None)
        with connection.getresponse() as answer:
            text = answer.read().decode("utf-8", "replace")
            told = answer.getheaders()
        connection.close()
        noted = self._last_line()
        return Seen(
            status=answer.status,
            headers={name.lower(): value for name, value in told},
            cookies=tuple(value for name, value in told if name.lower() == "set-cookie"),
            body=text,
            outcome=noted.get("outcome", ""),
            detail=noted.get("detail", ""),
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
    options = ("--idp-metadata", str(document), "--app-origin", APP_ORIGIN)
    with log.open("w") as file, running_stack(*options, log=file) as stack:
        urls = Urls(stack.api)
        arena = OverHttp(stack, log, urls, build_trust(parameters(), urls))
        _open_schools(stack)
        arena.entrance_url = stack.api  # until the first login tells
        seen = speak_first(arena)
        arena.entrance_url = seen.location.rstrip("/")
        speak_first(
            arena,
            attributes=scene.attributes(
                nlEduPersonHomeOrganizationId=[scene.NEIGHBOUR_BRIN],
                nlEduPersonRealId=[f"{scene.PUPIL}@{scene.NEIGHBOUR_REALM}"],
            ),
            authenticating_authority=[scene.NEIGHBOUR_AUTHORITY],
        )
        yield arena


def speak_first(arena: OverHttp, **changes: Any) -> Seen:
    """Log in at a school, and so let its own identity provider be the first to speak for it."""
    bench = Bench(arena)
    seen = arena.request(
        "POST",
        "/v1/sso/acs",
        cookies=bench.browser.sends(cross_site_post=True),
        headers={"content-type": FORM},
        body=form_of(bench.good(**changes)).body,
    )
    assert seen.outcome == "logged-in", seen
    return seen


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
    others = [{**pupil, "persoonscode": code} for code in (scene.LETTERS, scene.CAFE, scene.MAIL)]
    for entrance, name, brin, given_name in (
        (scene.ENTRANCE, scene.NAME, scene.BRIN, "Pietje"),
        (
            scene.NEIGHBOUR,
            scene.NEIGHBOUR_NAME,
            scene.NEIGHBOUR_BRIN,
            scene.NEIGHBOUR_GIVEN_NAME,
        ),
    ):
        rows = [{**pupil, "given_name": given_name}, {**teacher, "surname": "Bonte"}]
        if entrance == scene.ENTRANCE:
            rows += [{**other, "given_name": given_name} for other in others]
        school = {"entrance": entrance, "brin": brin, "create": True, "name": name}
        for request in (
            {"action": "school.activate", **school},
            {"action": "users.import", "entrance": entrance, "rows": rows},
        ):
            reply = client.invoke(FunctionName="support", Payload=json.dumps(request))
            answer = json.loads(reply["Payload"].read())
            assert answer["ok"], answer
