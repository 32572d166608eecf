"""The session function and the authorizer, with sessions in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any

from authorizer.app import AuthorizerApp
from edge.http import Request, Response
from edge.origins import Origins
from kit.memory import MemorySessions
from kit.world import NOW, PUBLIC, Silence
from numo_sso.configuration import Refreshed, parse_epoch
from numo_sso.sessions import SessionCookie, SessionRecord, digest_of
from numo_sso.targets import Entrances
from session.app import SessionApp

if TYPE_CHECKING:
    from collections.abc import Mapping

ENTRANCES = Entrances("https://{entrance}.numo.example")
APP = "https://app.numo.example"
VALUE = "a" * 43


@dataclass
class SessionWorld:
    """One session, whose cookie has the value ``VALUE``, made at ``NOW``."""

    now: float = NOW
    parameters: dict[str, str] = field(default_factory=dict)
    sessions: Any = field(default_factory=MemorySessions)
    telemetry: Silence = field(default_factory=Silence)
    cookie_domain: str = ""
    record: SessionRecord = field(
        default_factory=lambda: SessionRecord(
            digest=digest_of(VALUE),
            entrance="petteflat",
            school_name="Petteflat College",
            brin="11ZZ",
            persoonscode="140136",
            role="pupil",
            given_name="Pietje",
            surname="van Puk",
            created_at=NOW,
            last_seen_at=NOW,
            expires_at=NOW + 14_400,
            idle_seconds=2_700,
            reference="K7MQ-3XWD-9TRA",
        )
    )

    def __post_init__(self) -> None:
        if isinstance(self.sessions, MemorySessions):
            self.sessions.kept[self.record.digest] = self.record
        common: dict[str, Any] = {
            "epoch": Refreshed(lambda: self.parameters, parse_epoch, lambda: self.now),
            "sessions": self.sessions,
            "session_cookie": SessionCookie(self.cookie_domain, "api.numo.example"),
            "telemetry": self.telemetry,
            "clock": lambda: self.now,
            "timer": lambda: 0.0,
        }
        self.app = SessionApp(
            **common,
            origins=Origins(ENTRANCES, (APP,), PUBLIC),
            random=Random(3).randbytes,  # noqa: S311
        )
        self.authorizer = AuthorizerApp(**common)

    @property
    def outcome(self) -> str:
        return self.telemetry.journals[-1].outcome

    def ask(
        self,
        method: str = "GET",
        *values: str,
        origin: str = "",
        accept: str = "",
        path: str = "/v1/session",
        query: Mapping[str, str] | None = None,
    ) -> Response:
        """One request with these session cookies (none: the good one; empty: no cookie)."""
        cookies = [("__Host-numo_session", value) for value in (values or (VALUE,)) if value]
        request = Request(
            method=method,
            path=path,
            query=query or {},
            headers={k: v for k, v in {"origin": origin, "accept": accept}.items() if v},
            cookies=(("elo", "x"), *cookies),
            body=b"",
            request_id="request",
        )
        return self.app.handle(lambda: request)
