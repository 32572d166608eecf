"""A whole login in one process: our app, a hub with a key of its own, and a browser's cookies."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from http.cookies import SimpleCookie
from random import Random
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit
from zlib import decompress

from lxml import etree

from edge.http import Request, Response
from edge.origins import Origins
from kit.memory import MemoryLogins, MemoryNearMisses, MemoryRoster, MemorySchools, MemorySessions
from numo_local.hub.response import HubKey, ResponseOptions, build_response
from numo_sso.configuration import Refreshed
from numo_sso.login.context import Services
from numo_sso.login.trust import build_trust
from numo_sso.pages.house import House
from numo_sso.pages.render import Pages
from numo_sso.schools import AcceptedPair, Candidate, MatchRule, PairMode, SchoolUser
from numo_sso.sessions import SessionCookie
from numo_sso.targets import Entrances, Targets
from numo_sso.urls import Urls
from sso.app import SsoApp

if TYPE_CHECKING:
    from numo_sso.journal import Journal

Headers = Mapping[str, str] | None

NOW = 1_795_500_000
HUB = "https://engine.entree.example/authentication/idp/metadata"
SSO_URL = "https://engine.entree.example/authentication/idp/single-sign-on"
PUBLIC = "https://api.numo.example"
ACS = f"{PUBLIC}/v1/sso/acs"
ENTITY_ID = f"{PUBLIC}/v1/sso/metadata"
AUTHORITY = "https://magister.example/idp"
REALM = "petteflatcollege"
PAIR = AcceptedPair(AUTHORITY, REALM)

PETTEFLAT = Candidate(
    entrance="petteflat",
    name="Petteflat College",
    match_rule=MatchRule.PERSOONSCODE,
    pair_mode=PairMode.LEARN,
    accepted=frozenset({PAIR}),
    learned=frozenset(),
)
PUPIL = SchoolUser("petteflat", "140136", "pupil", "Pietje", "van", "Puk", active=True)
TEACHER = SchoolUser("petteflat", "docbon", "teacher", "Bo", "", "Bonte", active=True)

ATTRIBUTES: dict[str, list[str]] = {
    "uid": ["9f86d081884c7d659a2feaa0c55ad015@petteflatcollege"],
    "givenName": ["Pietje"],
    "sn": ["Puk"],
    "nlEduPersonTussenvoegsels": ["van"],
    "eduPersonAffiliation": ["student"],
    "nlEduPersonHomeOrganizationId": ["11ZZ"],
    "nlEduPersonHomeOrganization": ["Petteflat College"],
    "nlEduPersonRealId": ["140136@petteflatcollege"],
}


@cache
def hub_key(name: str = "hub") -> HubKey:
    """A key made once a run; nothing but its name tells two apart."""
    return HubKey.generate(name)


def service_key(name: str = "service") -> dict[str, str]:
    key = hub_key(name)
    return {"key": key.private_key.decode(), "certificate": key.certificate, "created": "2026"}


def key_ring(kind: str, **keys: Any) -> dict[str, Any]:
    """The parameters of a kind of key: one key, and its id, for each state."""
    named = [{"id": state, "state": state, "created": "2026", "since": "2026"} for state in keys]
    found = {f"{kind}/key/{state}": key for state, key in keys.items()}
    return {f"{kind}/ring": {"version": 1, "keys": named}} | found


def parameters(**changes: Any) -> dict[str, str]:
    """A deployment's parameters; ``changes`` replaces some, None removes."""
    certificate = {"certificate": hub_key().certificate, "not_before": 0, "not_after": 4e9}
    secret = {"key": base64.urlsafe_b64encode(b"c" * 32).decode(), "created": "2026"}
    found: dict[str, Any] = {
        "idp": {"entity_id": HUB, "sso_url": SSO_URL, "certificates": [certificate]},
        "pseudonym": secret,
        "limits": {
            "pupil_absolute_seconds": 14_400,
            "pupil_idle_seconds": 2_700,
            "staff_absolute_seconds": 28_800,
            "staff_idle_seconds": 5_400,
            "providers": [{"provider": AUTHORITY, "entrances": ["petteflat"], "brins": ["11ZZ"]}],
        },
        **key_ring("sp", current=service_key()),
        **key_ring("cookie", current=secret),
    }
    found.update(changes)
    return {name: json.dumps(value) for name, value in found.items() if value is not None}


@dataclass
class Silence:
    """Telemetry that keeps what it was told."""

    journals: list[Journal] = field(default_factory=list)
    faults: list[BaseException] = field(default_factory=list)
    answered: list[tuple[str, int]] = field(default_factory=list)
    """Id of the request, and status."""

    def ended(self, journal: Journal, *, request_id: str, status: int) -> None:
        self.journals.append(journal)
        self.answered.append((request_id, status))

    def fault(self, error: BaseException) -> None:
        self.faults.append(error)


@dataclass
class Browser:
    """A cookie jar as far as our API sees it: all cookies, or only those of a cross-site post."""

    cookies: dict[str, str] = field(default_factory=dict)
    cross_site: set[str] = field(default_factory=set)

    def take(self, response: Response) -> None:
        self.take_lines(response.cookies)

    def take_lines(self, lines: Iterable[str]) -> None:
        for line in lines:
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0":
                    self.cookies.pop(name, None)
                    continue
                self.cookies[name] = morsel.value
                if morsel["samesite"] == "None":
                    self.cross_site.add(name)

    def sends(self, *, cross_site_post: bool = False) -> tuple[tuple[str, str], ...]:
        return tuple(
            (name, value)
            for name, value in self.cookies.items()
            if not cross_site_post or name in self.cross_site
        )


@dataclass
class World:
    """Our app with storage in memory, at a time that tests move."""

    now: float = NOW
    parameters: dict[str, str] = field(default_factory=parameters)
    sessions: Any = field(default_factory=MemorySessions)
    telemetry: Silence = field(default_factory=Silence)
    random: Random = field(default_factory=lambda: Random(7))  # noqa: S311  # repeatable, on purpose
    schools: Any = None
    roster: Any = None
    logins: Any = None
    near_misses: Any = None
    cookie_domain: str = ""
    encryption: bool = False
    read: Callable[[], Mapping[str, str]] | None = None
    """Where parameters come from, if not from ``parameters``."""
    app: SsoApp = field(init=False)

    def __post_init__(self) -> None:
        self.schools = self.schools or MemorySchools({"11ZZ": (PETTEFLAT,)})
        users = {
            ("petteflat", "persoonscode", "140136"): PUPIL,
            ("petteflat", "persoonscode", "docbon"): TEACHER,
        }
        self.roster = self.roster or MemoryRoster(self.sessions, users)
        self.logins = self.logins or MemoryLogins(self.sessions)
        self.near_misses = self.near_misses or MemoryNearMisses(users)
        urls = Urls(PUBLIC)
        entrances = Entrances("https://{entrance}.numo.example")
        origins = ("https://app.numo.example",)
        self.app = SsoApp(
            trust=Refreshed(
                self.read or (lambda: self.parameters),
                lambda found: build_trust(found, urls, encryption=self.encryption),
                lambda: self.now,
            ),
            urls=urls,
            services=Services(
                schools=self.schools,
                roster=self.roster,
                logins=self.logins,
                near_misses=self.near_misses,
                targets=Targets(entrances, origins),
                session_cookie=SessionCookie(self.cookie_domain, "api.numo.example"),
                random=self.random.randbytes,
            ),
            sessions=self.sessions,
            origins=Origins(entrances, origins, PUBLIC),
            pages=Pages(House(urls, "support@kurve.example")),
            telemetry=self.telemetry,  # type: ignore[arg-type]  # the same two methods
            clock=lambda: self.now,
            timer=lambda: 0.0,
        )

    @property
    def outcome(self) -> str:
        """How the last request ended, as operations see it."""
        return self.telemetry.journals[-1].outcome

    @property
    def detail(self) -> str:
        return self.telemetry.journals[-1].detail

    @property
    def reference(self) -> str:
        return self.telemetry.journals[-1].reference

    def request(
        self,
        method: str,
        url: str,
        browser: Browser | None = None,
        *,
        body: bytes = b"",
        cross_site_post: bool = False,
        headers: Headers = None,
    ) -> Response:
        """One request to our API; the browser's jar follows."""
        parts = urlsplit(url)
        browser = browser or Browser()
        request = Request(
            method=method,
            path=parts.path,
            query={name: values[0] for name, values in parse_qs(parts.query).items()},
            headers={"accept": "text/html", **(headers or {})},
            cookies=browser.sends(cross_site_post=cross_site_post),
            body=body,
            request_id="request",
        )
        response = self.app.handle(lambda: request)
        browser.take(response)
        return response

    def start(self, browser: Browser, query: str = "", headers: Headers = None) -> Started:
        """Click on Numo."""
        response = self.request("GET", f"/v1/sso{query}", browser, headers=headers)
        return Started(response)

    def options(self, started: Started, **changes: Any) -> ResponseOptions:
        """What the hub would answer to this start."""
        options = ResponseOptions(
            issuer=HUB,
            audience=ENTITY_ID,
            recipient=ACS,
            in_response_to=started.request_id,
            attributes=ATTRIBUTES,
            issue_instant=self.now,
            authenticating_authority=[AUTHORITY],
        )
        return replace(options, **changes)

    def answer(self, started: Started, **changes: Any) -> bytes:
        """The hub's response as XML, signed."""
        return build_response(self.options(started, **changes), hub_key())

    def post(
        self,
        browser: Browser,
        document: bytes,
        relay_state: str | None = "any",
        headers: Headers = None,
    ) -> Response:
        """The hub's page posts a response to our ACS, from its own site."""
        fields = {"SAMLResponse": base64.b64encode(document).decode()}
        if relay_state is not None:
            fields["RelayState"] = relay_state
        return self.request(
            "POST",
            "/v1/sso/acs",
            browser,
            body=urlencode(fields).encode(),
            cross_site_post=True,
            headers={"content-type": "application/x-www-form-urlencoded", **(headers or {})},
        )

    def log_in(self, browser: Browser, query: str = "", **changes: Any) -> Response:
        """The whole trip, with what the hub says changed as asked."""
        started = self.start(browser, query)
        return self.post(browser, self.answer(started, **changes))


@dataclass(frozen=True)
class Started:
    """What a start sent to the hub."""

    response: Response

    @property
    def location(self) -> str:
        return self.response.headers["location"]

    @property
    def query(self) -> dict[str, str]:
        return {k: v[0] for k, v in parse_qs(urlsplit(self.location).query).items()}

    @property
    def request(self) -> etree._Element:
        return etree.fromstring(decompress(base64.b64decode(self.query["SAMLRequest"]), -15))

    @property
    def request_id(self) -> str:
        return str(self.request.get("ID"))


def attributes(**changes: list[str] | None) -> dict[str, list[str]]:
    """Entree's attributes with some replaced; None leaves one out."""
    merged = {**ATTRIBUTES, **changes}
    return {name: values for name, values in merged.items() if values is not None}
