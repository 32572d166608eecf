"""Pages of other origins that ask who is logged in, or log somebody out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attack import scene
from attack.case import Seen, bad_story, good_story, story_table
from attack.families.session_cookies import ask, log_in
from attack.sources import BARTH

if TYPE_CHECKING:
    from collections.abc import Callable

    from attack.bench import Bench
    from attack.case import Play

WSTG_CORS = "OWASP Testing Guide 4.11.7, Testing Cross Origin Resource Sharing"
_SESSION = "__Host-numo_session"
_EVIL = {
    "another": "https://evil.example",
    "nobodys": "null",
    "a-file": "file://",
    "a-longer-host": "https://app.numo.example.evil.example",
    "a-host-that-reads-as-ours": "https://app-numo.example",
    "a-host-below-ours": "https://evil.app.numo.example",
    "another-scheme": "http://app.numo.example",
    "another-port": "https://app.numo.example:8443",
    "the-port-that-goes-without-saying": "https://app.numo.example:443",
    "capitals": "https://APP.numo.example",
    "with-a-slash": "https://app.numo.example/",
    "with-a-user": "https://app.numo.example@evil.example",
    "a-list": "https://app.numo.example https://evil.example",
    "a-comma-list": "https://app.numo.example,https://evil.example",
    "a-look-alike": "https://\u00e0pp.numo.example",
    "a-pattern": "*",
    "an-underscore-before": "https://app.numo.example_.evil.example",
    "a-backtick-behind": "https://app.numo.example`.evil.example",
}


def _unreadable(seen: Seen) -> Seen:
    """A browser shows this answer to no page of another origin."""
    assert "access-control-allow-origin" not in seen.headers
    assert "access-control-allow-credentials" not in seen.headers
    assert scene.PUPIL not in seen.body
    return seen


def _lives_on(bench: Bench, value: str) -> None:
    assert ask(bench, (_SESSION, value)).outcome == "session-answered"


def _reading(origin: str) -> Play:
    def play(bench: Bench) -> Seen:
        log_in(bench)
        return _unreadable(bench.send("GET", "/v1/session", headers={"origin": origin}))

    return play


def _ending(method: str, path: str, origin: str | None) -> Play:
    def play(bench: Bench) -> Seen:
        value = log_in(bench)
        headers = {} if origin is None else {"origin": origin}
        seen = _unreadable(bench.send(method, path, headers=headers))
        _lives_on(bench, value)
        return seen

    return play


def _preflight(origin: str) -> Play:
    def play(bench: Bench) -> Seen:
        headers = {"origin": origin, "access-control-request-method": "DELETE"}
        return _unreadable(bench.send("OPTIONS", "/v1/session", cookies=(), headers=headers))

    return play


def _each(build: Callable[[str], Play], before: str, reason: str) -> dict[str, tuple[Play, str]]:
    return {f"{before}-{name}": (build(origin), reason) for name, origin in _EVIL.items()}


# Any page may ask with a visitor's cookies; only Numo's may see the answer, or end the session.
story_table(
    __name__,
    f"{WSTG_CORS}; Kettle, Exploiting CORS misconfigurations, 2016",
    "origin-refused",
    _each(_reading, "read-by", "a page of another origin than the session's school")
    | _each(_preflight, "preflight-by", "a preflight from another origin"),
)

story_table(
    __name__,
    f"{BARTH}; OWASP Testing Guide 4.6.5, Testing for Cross Site Request Forgery",
    "origin-refused",
    _each(
        lambda origin: _ending("POST", "/v1/sso/logout", origin),
        "logged-out-by",
        "a log-out from another origin",
    )
    | {
        f"{name}-by-{of}": (_ending(method, path, origin), "a log-out from another origin")
        for name, method, path in (
            ("page-logged-out", "POST", "/v1/sso/logout"),
            ("session-ended", "DELETE", "/v1/session"),
        )
        for of, origin in (("nobody", None), ("an-empty-origin", ""), ("the-hub", scene.HUB))
    },
)


@bad_story(WSTG_CORS, "origin-refused", "a page of another origin", only="process")
def another_schools_entrance(bench: Bench) -> Seen:
    """An entrance is a page of Numo's, and still not of this pupil's school."""
    return _reading(f"https://{scene.NEIGHBOUR}.numo.example")(bench)


@bad_story(WSTG_CORS, "not-found", "no such path")
def a_session_by_a_post(bench: Bench) -> Seen:
    """A form of another site can send this without asking first."""
    log_in(bench)
    return _unreadable(
        bench.send(
            "POST",
            "/v1/session",
            headers={"origin": "https://evil.example", "x-http-method-override": "DELETE"},
            body=b"_method=DELETE",
        )
    )


@good_story("RFC 9110 9.2.1: GET is safe", "session-answered")
def a_link_to_the_log_out(bench: Bench) -> Seen:
    """A picture or a link on another page asks a question, and ends nothing."""
    value = log_in(bench)
    assert bench.get("/v1/sso/logout").outcome == "logout-asked"
    return ask(bench, (_SESSION, value))


@good_story(WSTG_CORS, "session-answered")
def numos_app(bench: Bench) -> Seen:
    """The origin that is configured reads it, by its own name and not by a star."""
    log_in(bench)
    origin = bench.arena.app_origin
    seen = bench.send("GET", "/v1/session", headers={"origin": origin})
    assert seen.headers["access-control-allow-origin"] == origin
    assert seen.headers["vary"] == "origin"
    return seen
