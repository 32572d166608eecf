"""The request to STS on the wire, and whatever may come back."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import TYPE_CHECKING, Any

import pytest

from kit.callers import FUNCTION_ARN, USERS, proved
from numo_local.serving import Server
from numo_local.sts import Sts as StandIn
from numo_sso.support.callers.check import ProvedCallers
from numo_sso.support.callers.sts import MAX_BYTES, Sts
from numo_sso.support.refusal import SupportRefusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    from _typeshed.wsgi import WSGIApplication

    Serve: TypeAlias = Callable[[WSGIApplication], str]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serves an application, and says where."""
    servers = []

    def start(application: WSGIApplication) -> str:
        server = Server("127.0.0.1", 0, application, "sts")
        servers.append(server)
        server.start()
        return f"http://127.0.0.1:{server.port}"

    yield start
    for each in servers:
        each.stop()


class _Dripping(StreamRequestHandler):
    """Sends its head in pieces that each arrive by themselves."""

    def handle(self) -> None:
        while self.rfile.readline().strip():
            pass
        head = b"HTTP/1.1 200 OK\r\nX-Drip: drip-drip-drip\r\nContent-Length: 2\r\n\r\n{}"
        with suppress(ConnectionError):
            for at in range(0, len(head), 4):
                self.wfile.write(head[at : at + 4])
                time.sleep(0.01)


@pytest.fixture
def drip_head() -> Iterator[str]:
    """A server whose head drips."""
    with ThreadingTCPServer(("127.0.0.1", 0), _Dripping) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def code(sts: Sts) -> str:
    with pytest.raises(SupportRefusal) as refused:
        sts("Action=GetCallerIdentity", {})
    return refused.value.code


def answering(status: str, *headers: tuple[str, str], body: bytes = b"") -> WSGIApplication:
    def application(_environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response(status, list(headers))
        return [body]

    return application


def test_a_proof_is_verified_as_it_travels(serve: Serve) -> None:
    """The signature covers the very host, query and headers that are sent."""
    url = serve(StandIn(USERS))
    callers = ProvedCallers(url, Sts(url), FUNCTION_ARN)
    request = proved({"action": "school.list"}, sts_url=url)
    assert callers.identify(request, time.time()).verified
    with pytest.raises(SupportRefusal) as refused:
        callers.identify({**request, "dry_run": True}, time.time())
    assert "SignatureDoesNotMatch" in refused.value.message


def test_no_redirect_is_followed(serve: Serve) -> None:
    asked: list[str] = []

    def elsewhere(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        asked.append(environ["PATH_INFO"])
        start_response("200 OK", [])
        return [b"{}"]

    away = answering("307 Temporary Redirect", ("Location", serve(elsewhere)))
    assert Sts(serve(away))("q", {}) == (307, b"")
    assert asked == []


def test_no_proxy_stands_in_between(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert Sts(serve(answering("200 OK", body=b"{}")))("q", {}) == (200, b"{}")


@pytest.mark.parametrize(("size", "read"), [(MAX_BYTES, True), (MAX_BYTES + 1, False)])
def test_what_is_too_large_for_an_identity_is_not_read(
    serve: Serve, size: int, *, read: bool
) -> None:
    sts = Sts(serve(answering("200 OK", body=b"x" * size)))
    if read:
        assert len(sts("q", {})[1]) == size
    else:
        assert code(sts) == "sts-unreachable"


def test_an_answer_that_drips_is_given_up(serve: Serve) -> None:
    """By the clock, which here has every piece come two seconds after the one before."""
    seconds = iter(range(0, 100, 2))

    def drip(_environ: dict[str, Any], start_response: Any) -> Iterator[bytes]:
        start_response("200 OK", [])
        yield from (b"x",) * 50

    assert code(Sts(serve(drip), timer=lambda: float(next(seconds)))) == "sts-unreachable"


def test_a_head_that_drips_is_given_up_too(drip_head: str) -> None:
    """The time is one for all that comes: the status and the headers, and the body."""
    seconds = iter(range(0, 200, 2))
    assert code(Sts(drip_head, timer=lambda: float(next(seconds)))) == "sts-unreachable"
    assert Sts(drip_head, timer=lambda: 0.0)("q", {}) == (200, b"{}")


def test_nobody_there_and_nobody_known_are_unreachable(serve: Serve) -> None:
    assert code(Sts("http://127.0.0.1:9")) == "sts-unreachable"
    plain = serve(answering("200 OK")).replace("http://", "https://")
    assert code(Sts(plain)) == "sts-unreachable"


@pytest.mark.parametrize(
    "url", ["http://sts.eu-west-1.amazonaws.com", "ftp://127.0.0.1", "sts.amazonaws.com", ""]
)
def test_without_tls_only_this_machine_is_asked(url: str) -> None:
    """A deployment so configured does not begin to believe anybody."""
    with pytest.raises(ValueError, match="https"):
        Sts(url)
