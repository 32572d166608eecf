"""The hub is asked over verified TLS, once, and not for ever."""

from __future__ import annotations

import ssl
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from kit.hub_certificate import server_certificate
from numo_sso.federation.codes import MetadataRefused
from numo_sso.federation.document import MAX_BYTES
from numo_sso.federation.fetching import Fetcher

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

METADATA = b"<md/>"


class _Hub(BaseHTTPRequestHandler):
    ended = Event()

    def do_GET(self) -> None:  # the server's name for it
        self.send_response({"/moved": 302, "/nothing": 404, "/broken": 500}.get(self.path, 200))
        self.send_header("Location", "/md?x=1")
        self.end_headers()
        if self.path == "/huge":
            self.wfile.write(b" " * (MAX_BYTES + 100_000))
        elif self.path == "/hangs":
            self.ended.wait(5)
        else:
            self.wfile.write(METADATA)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """A hub on a port of this machine: ``127.0.0.1:PORT``."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Hub)
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that leaves
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        _Hub.ended.set()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def hub() -> Iterator[str]:
    _Hub.ended.clear()
    with serving() as address:
        yield address


def refused(fetch: Fetcher, url: str) -> str:
    with pytest.raises(MetadataRefused) as refusal:
        fetch(url)
    assert refusal.value.hint
    return refusal.value.code


def test_metadata_is_fetched_from_the_url_itself(hub: str) -> None:
    """A local stack's hub needs no TLS; the query goes along."""
    assert Fetcher()(f"http://{hub}/md?x=1") == METADATA


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/moved", "metadata-redirected"),
        ("/nothing", "metadata-unreachable"),
        ("/broken", "metadata-unreachable"),
    ],
)
def test_anything_but_a_plain_answer_is_refused(hub: str, path: str, code: str) -> None:
    """A redirect could lead anywhere, so none is followed."""
    assert refused(Fetcher(), f"http://{hub}{path}") == code


def test_a_hub_that_hangs_is_left(hub: str) -> None:
    """The time of a connection is short."""
    assert refused(Fetcher(seconds=0.2), f"http://{hub}/hangs") == "metadata-unreachable"


def test_a_hub_that_drips_is_left(hub: str) -> None:
    """Each piece comes in time, and the whole does not."""
    ticks = iter(range(0, 1000, 10))
    dripping = Fetcher(seconds=5, timer=lambda: next(ticks))
    assert refused(dripping, f"http://{hub}/huge") == "metadata-unreachable"


def test_of_a_huge_document_only_the_beginning_is_read(hub: str) -> None:
    """Enough to see that it is too large."""
    assert MAX_BYTES < len(Fetcher()(f"http://{hub}/huge")) < MAX_BYTES + 100_000


def test_nobody_there_is_refused() -> None:
    assert refused(Fetcher(), "http://127.0.0.1:9/md") == "metadata-unreachable"


@pytest.mark.parametrize("url", ["http://hub.example/md", "file:///etc/passwd", "ftp://x/y", ""])
def test_metadata_comes_over_tls(url: str) -> None:
    """Whoever can alter the metadata can be every pupil."""
    assert refused(Fetcher(), url) == "metadata-no-tls"


def test_a_peer_that_speaks_no_tls_is_refused(hub: str) -> None:
    assert refused(Fetcher(), f"https://{hub}/md") == "metadata-untrusted"


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    """With the same certificate among the trusted ones the document comes; by default it does not.

    Nor does it under another name than the certificate's.
    """
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    file = tmp_path / "hub.pem"
    file.write_bytes(server_certificate(key, "127.0.0.1"))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(file)
    with serving(server) as address:
        trusting = Fetcher(tls=ssl.create_default_context(cafile=str(file)))
        assert trusting(f"https://{address}/md") == METADATA
        assert refused(Fetcher(), f"https://{address}/md") == "metadata-untrusted"
        elsewhere = address.replace("127.0.0.1", "localhost")
        assert refused(trusting, f"https://{elsewhere}/md") == "metadata-untrusted"
