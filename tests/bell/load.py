"""Real pupils, as far as this machine carries them: logins on a local stack of our own hub."""

from __future__ import annotations

import base64
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit
from zlib import decompress

from lxml import etree

from numo_local.hub.metadata import hub_metadata
from numo_local.hub.response import HubKey, ResponseOptions, build_response
from numo_local.samples.people import read_samples

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ROUTES = ("start", "acs", "look")
_HUB = "https://entree.bell.example/metadata"
_PATIENCE = 60
"""Seconds, far beyond any answer that is still to come."""


class LoginFailed(Exception):  # noqa: N818  # of the load, and no error of ours
    """An answer that no login has."""


@dataclass
class Visit:
    """A login, by how long each answer took, in seconds."""

    start: float = 0.0
    acs: float = 0.0
    look: float = 0.0

    @property
    def wait(self) -> float:
        return self.start + self.acs + self.look


@dataclass
class Pupils:
    """Browsers of a school, and the hub between.

    Args:
        port: where the stack answers.
    """

    key: HubKey
    port: int = 0
    failed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        school = next(each for each in read_samples().schools if each.state == "active")
        self._authority = school.authority
        self._attributes = [school.attributes_of(person) for person in school.users]

    def metadata(self, path: Path) -> Path:
        """Write what the stack is to know of this hub."""
        path.write_bytes(hub_metadata(_HUB, "https://entree.bell.example/sso", self.key))
        return path

    def click(self, pupil: int, hub: float) -> Visit:
        """One login; the hub keeps the browser for so many seconds.

        Raises:
            LoginFailed: at some answer.
        """
        visit = Visit()
        began = time.perf_counter()
        answer = self._ask("GET", "/v1/sso", {})
        visit.start = time.perf_counter() - began
        location, cookies = answer.headers["Location"], _cookies(answer)
        form = self._answered(pupil, location, time.perf_counter() + hub)
        began = time.perf_counter()
        answer = self._ask(
            "POST", "/v1/sso/acs", {"Cookie": cookies, **_FORM}, urlencode({"SAMLResponse": form})
        )
        visit.acs = time.perf_counter() - began
        if answer.status != 303:
            raise LoginFailed(f"the response was answered with {answer.status}")
        began = time.perf_counter()
        answer = self._ask("GET", "/v1/session", {"Cookie": _cookies(answer)})
        visit.look = time.perf_counter() - began
        if answer.status != 200:
            raise LoginFailed(f"the look was answered with {answer.status}")
        return visit

    def at(self, clicks: Sequence[float], hub: float) -> list[Visit]:
        """Let somebody click at each of these seconds from now, and wait for all of them.

        Raises:
            LoginFailed: of one of them, in the words of the first.
        """
        visits: list[Visit] = []
        begins = time.perf_counter() + 0.2

        def come(pupil: int, when: float) -> None:
            time.sleep(max(0.0, begins + when - time.perf_counter()))
            try:
                visits.append(self.click(pupil, hub))
            except (LoginFailed, OSError) as error:
                self.failed.append(str(error))

        _all([threading.Thread(target=come, args=each) for each in enumerate(clicks)])
        if self.failed:
            raise LoginFailed(self.failed[0])
        return visits

    def together(self, browsers: int, logins: int) -> None:
        """So many logins, by browsers that each log in again and again.

        Raises:
            LoginFailed: of one of them.
        """
        visits: list[Visit] = []

        def come(first: int) -> None:
            visits.extend(self.click(first + each, 0.0) for each in range(logins // browsers))

        _all([threading.Thread(target=come, args=(each,)) for each in range(browsers)])
        if len(visits) < logins // browsers * browsers:
            raise LoginFailed("a browser of several did not get in")

    def _ask(
        self, method: str, path: str, headers: dict[str, str], body: str | None = None
    ) -> HTTPResponse:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            answer.read()
        finally:
            connection.close()
        return answer

    def _answered(self, pupil: int, location: str, until: float) -> str:
        """The hub's form field for a request; signing it is part of the time at the hub."""
        packed = base64.b64decode(parse_qs(urlsplit(location).query)["SAMLRequest"][0])
        request = etree.fromstring(decompress(packed, -15))
        api = f"http://127.0.0.1:{self.port}/v1/sso"
        options = ResponseOptions(
            issuer=_HUB,
            audience=f"{api}/metadata",
            recipient=f"{api}/acs",
            in_response_to=str(request.attrib["ID"]),
            attributes=self._attributes[pupil % len(self._attributes)],
            authenticating_authority=[self._authority],
        )
        form = base64.b64encode(build_response(options, self.key)).decode()
        time.sleep(max(0.0, until - time.perf_counter()))
        return form


_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def _cookies(answer: HTTPResponse) -> str:
    every = answer.headers.get_all("Set-Cookie") or []
    return "; ".join(each.partition(";")[0] for each in every)


def _all(threads: Sequence[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
