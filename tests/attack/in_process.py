"""The arena in this process: our app with storage in memory, at a time that stands still."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from attack import scene
from attack.case import Seen
from edge.http import decode, encode
from kit.memory import MemorySchools
from kit.world import PETTEFLAT, PUPIL, TEACHER, World
from numo_sso.schools import AcceptedPair

if TYPE_CHECKING:
    from collections.abc import Mapping

    from attack.bench import Cookies
    from numo_sso.login.trust import Trust
    from numo_sso.urls import Urls


def attacked_world() -> World:
    """A world with the scene's schools and people in it."""
    school = replace(PETTEFLAT, entrance=scene.ENTRANCE, name=scene.NAME)
    neighbour = replace(
        PETTEFLAT,
        entrance=scene.NEIGHBOUR,
        name=scene.NEIGHBOUR_NAME,
        accepted=frozenset({AcceptedPair(scene.NEIGHBOUR_AUTHORITY, scene.NEIGHBOUR_REALM)}),
    )
    schools = MemorySchools({scene.BRIN: (school,), scene.NEIGHBOUR_BRIN: (neighbour,)})
    world = World(schools=schools)
    world.roster.users = {
        (user.entrance, "persoonscode", user.persoonscode): user
        for user in (
            replace(PUPIL, entrance=scene.ENTRANCE),
            replace(TEACHER, entrance=scene.ENTRANCE),
            replace(PUPIL, entrance=scene.NEIGHBOUR, given_name="Geheime"),
        )
    }
    return world


@dataclass
class InProcess:
    """See the module. Each case has one of its own."""

    world: World = field(default_factory=attacked_world)

    @property
    def urls(self) -> Urls:
        return self.world.app.urls

    @property
    def trust(self) -> Trust:
        return self.world.app.trust.get()

    def now(self) -> float:
        return self.world.now

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
        parts = urlsplit(path)
        event = {
            "rawPath": parts.path,
            "rawQueryString": parts.query,
            "headers": dict(headers or {}),
            "cookies": [f"{name}={value}" for name, value in cookies],
            "body": body.decode("latin-1"),
            "isBase64Encoded": False,
            "requestContext": {
                "requestId": "request",
                "http": {"method": method, "path": parts.path, "sourceIp": address},
            },
        }
        answer = encode(self.world.app.handle(lambda: decode(event)))
        journal = self.world.telemetry.journals[-1]
        return Seen(
            status=answer["statusCode"],
            headers=answer["headers"],
            cookies=tuple(answer["cookies"]),
            body=answer["body"],
            outcome=journal.outcome,
            detail=journal.detail,
        )
