"""The arena in this process: our app with storage in memory, at a time that stands still."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from attack import scene
from attack.case import Seen
from edge.http import decode, encode
from kit.memory import MemorySchools
from kit.world import PETTEFLAT, PUPIL, TEACHER, World
from numo_sso.configuration import Refreshed, parse_epoch
from numo_sso.schools import AcceptedPair
from session.app import ROUTES, SessionApp

if TYPE_CHECKING:
    from attack.bench import Bench, Cookies, Headers
    from edge.http import Response
    from numo_sso.login.trust import Trust
    from numo_sso.urls import Urls


def attacked_world(**changes: Any) -> World:
    """A world with the scene's schools and people in it."""
    school = PETTEFLAT._replace(entrance=scene.ENTRANCE, name=scene.NAME)
    neighbour = PETTEFLAT._replace(
        entrance=scene.NEIGHBOUR,
        name=scene.NEIGHBOUR_NAME,
        accepted=frozenset({AcceptedPair(scene.NEIGHBOUR_AUTHORITY, scene.NEIGHBOUR_REALM)}),
    )
    schools = MemorySchools({scene.BRIN: (school,), scene.NEIGHBOUR_BRIN: (neighbour,)})
    world = World(schools=schools, **changes)
    world.roster.users = {
        (user.entrance, "persoonscode", user.persoonscode): user
        for user in (
            PUPIL._replace(entrance=scene.ENTRANCE),
            TEACHER._replace(entrance=scene.ENTRANCE),
            PUPIL._replace(entrance=scene.ENTRANCE, persoonscode=scene.LETTERS),
            PUPIL._replace(entrance=scene.ENTRANCE, persoonscode=scene.CAFE),
            PUPIL._replace(entrance=scene.ENTRANCE, persoonscode=scene.MAIL),
            PUPIL._replace(entrance=scene.ENTRANCE, persoonscode=scene.GONE, active=False),
            PUPIL._replace(entrance=scene.NEIGHBOUR, given_name=scene.NEIGHBOUR_GIVEN_NAME),
        )
    }
    return world


def session_app(world: World) -> SessionApp:
    """The function ``session`` on the same sessions, with the same telemetry."""
    app = world.app
    return SessionApp(
        epoch=Refreshed(lambda: world.parameters, parse_epoch, lambda: world.now),
        sessions=world.sessions,
        session_cookie=app.services.session_cookie,
        origins=app.origins,
        telemetry=app.telemetry,
        clock=app.clock,
        timer=app.timer,
        random=world.random.randbytes,
    )


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

    @property
    def entrance_url(self) -> str:
        return self.world.app.services.targets.entrances.url(scene.ENTRANCE)

    @property
    def app_origin(self) -> str:
        return self.world.app.services.targets.origins[0]

    def now(self) -> float:
        return self.world.now

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
        raw_path, _, query = path.partition("?")
        event = {
            "rawPath": unquote(raw_path),  # as the gateway gives it
            "rawQueryString": query,
            "headers": {
                name.lower(): value if isinstance(value, str) else ",".join(value)
                for name, value in (headers or {}).items()
            },
            "cookies": [f"{name}={value}" for name, value in cookies],
            "body": base64.b64encode(body).decode(),
            "isBase64Encoded": True,
            "requestContext": {
                "requestId": "request",
                "http": {"method": method, "path": raw_path, "sourceIp": address},
            },
        }
        answer = encode(self._handle(event))
        journal = self.world.telemetry.journals[-1]
        return Seen(
            status=answer["statusCode"],
            headers=answer["headers"],
            cookies=tuple(answer["cookies"]),
            body=answer["body"],
            outcome=journal.outcome,
            detail=journal.detail,
        )

    def _handle(self, event: dict[str, Any]) -> Response:
        """By the function whose route it is, or by the one that has all the others."""
        if (event["requestContext"]["http"]["method"], event["rawPath"]) in ROUTES:
            return session_app(self.world).handle(lambda: decode(event))
        return self.world.app.handle(lambda: decode(event))


def world_of(bench: Bench) -> World:
    """The world that a bench in this process stands in, to move its clock or look at its stores."""
    assert isinstance(bench.arena, InProcess)
    return bench.arena.world
