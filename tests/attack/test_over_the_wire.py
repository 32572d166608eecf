"""What no client sends: requests written byte by byte, and the same response many times at once.

The server here is the local gateway; on AWS, API Gateway reads the bytes and we see what it made of
them. What is held here is that nothing of ours is the worse for it: no session for a body that did
not arrive whole, none twice, and no error that nobody foresaw.
"""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from attack.bench import Bench, form_of
from attack.case import FORM

if TYPE_CHECKING:
    from attack.over_http import OverHttp


_SESSION = b"Set-Cookie: __Host-numo_session="
_SECONDS = 2.0
_SMUGGLED = b"GET /v1/sso/metadata HTTP/1.1\r\nHost: evil.example\r\n\r\n"


def exchange(arena: OverHttp, request: bytes) -> bytes:
    """Send bytes, and give all that comes back until the server has had enough of us."""
    with socket.create_connection(("127.0.0.1", arena.stack.port), _SECONDS) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        try:
            while part := connection.recv(65_536):
                answer += part
        except (TimeoutError, ConnectionResetError):
            pass
    return answer


def post_of(bench: Bench, *headers: bytes, line: bytes = b"", body: bytes = b"") -> bytes:
    """A post of the bench's flow: its cookie and type, and these headers."""
    cookies = "; ".join(f"{n}={v}" for n, v in bench.browser.sends(cross_site_post=True))
    head = (
        line or b"POST /v1/sso/acs HTTP/1.1",
        f"Host: 127.0.0.1:{bench.acs.split(':')[2].partition('/')[0]}".encode(),
        f"Cookie: {cookies}".encode(),
        f"Content-Type: {FORM}".encode(),
        b"Connection: close",
        *headers,
    )
    return b"\r\n".join(head) + b"\r\n\r\n" + body


def chunked(body: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    half = len(body) // 2
    chunks = (body[:half], body[half:])
    return b"".join(b"%x\r\n%s\r\n" % (len(each), each) for each in chunks) + end


@pytest.fixture
def bench(arena: OverHttp) -> Bench:
    return Bench(arena, "127.3.0.1")


BODIES: dict[str, tuple[tuple[bytes, ...], str]] = {
    "length-one-short": ((b"Content-Length: %(short)d",), "plain"),
    "length-zero": ((b"Content-Length: 0",), "plain"),
    "length-negative": ((b"Content-Length: -1",), "plain"),
    "length-in-words": ((b"Content-Length: all",), "plain"),
    "length-missing": ((), "plain"),
    "length-with-an-underscore": ((b"Content_Length: %(whole)d",), "plain"),
    "length-beyond-the-gateway": ((b"Content-Length: 11000000",), "plain"),
    "chunked-in-other-words": ((b"Transfer-Encoding: xchunked",), "chunked"),
    "chunked-as-a-plain-body": ((b"Content-Length: %(chunked)d",), "chunked"),
    "chunks-of-no-number": ((b"Transfer-Encoding: chunked",), "broken"),
    "chunks-without-an-end": ((b"Transfer-Encoding: chunked",), "endless"),
    "plain-that-says-it-is-chunked": ((b"Transfer-Encoding: chunked",), "plain"),
    "zipped": ((b"Content-Encoding: gzip", b"Content-Length: %(short)d"), "plain"),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_does_not_arrive_whole_opens_nothing(
    name: str, arena: OverHttp, bench: Bench
) -> None:
    """Lengths and encodings that contradict the body: no session, and nobody is the worse."""
    headers, form = BODIES[name]
    body = form_of(bench.good(), None).body
    bodies = {
        "plain": body,
        "chunked": chunked(body),
        "broken": b"zz\r\n" + body,
        "endless": chunked(body, b""),
    }
    sizes = {
        b"short": len(body) - 4,
        b"whole": len(body),
        b"chunked": len(bodies["chunked"]),
    }
    written = [header % sizes for header in headers]
    answer = exchange(arena, post_of(bench, *written, body=bodies[form]))
    assert _SESSION not in answer
    assert b" 500 " not in answer.partition(b"\r\n")[0]
    assert healthy(arena, bench)


@pytest.mark.parametrize(
    "headers",
    [
        (b"Transfer-Encoding: chunked", b"Content-Length: 5"),
        (b"Content-Length: 5", b"Transfer-Encoding: chunked"),
        (b"Transfer-Encoding: chunked", b"Transfer-Encoding: identity"),
        (b"Transfer-Encoding: identity", b"Transfer-Encoding: chunked"),
        (b"Content-Length: 5", b"Content-Length: 9000"),
        (b"Transfer-Encoding : chunked", b"Content-Length: 5"),
        (b"Transfer-Encoding:\x0bchunked", b"Content-Length: 5"),
        (b"Transfer-Encoding: chunked, chunked",),
    ],
    ids=lambda headers: b"+".join(headers).decode(),
)
def test_a_smuggled_request_meets_nobodys_session(
    headers: tuple[bytes, ...], arena: OverHttp, bench: Bench
) -> None:
    """Two lengths for one body (RFC 9112 6.1): at most the one login that the body is for."""
    body = form_of(bench.good(), None).body
    answer = exchange(arena, post_of(bench, *headers, body=chunked(body) + _SMUGGLED))
    assert answer.count(_SESSION) <= 1
    assert b"evil.example" not in answer
    assert healthy(arena, bench)


@pytest.mark.parametrize(
    "line",
    [
        b"POST /v1/sso/acs",
        b"POST /v1/sso/acs HTTP/9.9",
        b"POST  /v1/sso/acs  HTTP/1.1",
        b"POST http://evil.example/v1/sso/acs HTTP/1.1",
        b"POST evil.example:443 HTTP/1.1",
        b"POST * HTTP/1.1",
        b"POST /v1/sso/acs\x00 HTTP/1.1",
        b"POST /v1/sso/acs#x HTTP/1.1",
        b"CONNECT evil.example:443 HTTP/1.1",
        b"TRACE /v1/sso/acs HTTP/1.1",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"PRI * HTTP/2.0",
    ],
    ids=repr,
)
def test_an_odd_request_line_names_no_other_host(
    line: bytes, arena: OverHttp, bench: Bench
) -> None:
    """Whatever the line says: an answer or none, no other host in it, and no failure of ours."""
    body = form_of(bench.good(), None).body
    length = b"Content-Length: %d" % len(body)
    answer = exchange(arena, post_of(bench, length, line=line, body=body))
    assert b"evil.example" not in answer
    assert b"\nLocation: http://evil" not in answer
    assert b" 500 " not in answer.partition(b"\r\n")[0]
    assert healthy(arena, bench)


def test_a_head_beyond_measure_reaches_no_function(arena: OverHttp, bench: Bench) -> None:
    """The gateway's own bound, ahead of ours."""
    answer = exchange(arena, post_of(bench, b"X-Junk: " + b"x" * 11_000, b"Content-Length: 0"))
    assert answer.split(b" ", 2)[1] == b"431"
    assert healthy(arena, bench)


def test_a_chunked_form_is_a_form(arena: OverHttp, bench: Bench) -> None:
    """A client may send its body in pieces (RFC 9112 7.1)."""
    body = form_of(bench.good(), None).body
    answer = exchange(arena, post_of(bench, b"Transfer-Encoding: chunked", body=chunked(body)))
    assert answer.count(_SESSION) == 1


def test_of_many_posts_at_once_one_logs_in(arena: OverHttp, bench: Bench) -> None:
    """The same response from eight connections in the same moment opens one session."""
    body = form_of(bench.good(), None).body
    request = post_of(bench, b"Content-Length: %d" % len(body), body=body)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: exchange(arena, request), range(8)))
    assert sum(answer.count(_SESSION) for answer in answers) == 1
    others = [answer for answer in answers if _SESSION not in answer]
    assert all(answer.split(b" ", 2)[1] == b"303" for answer in others)
    assert all(b"/v1/sso/continue?flow=" in answer for answer in others)


def healthy(arena: OverHttp, bench: Bench) -> bool:
    """Whether the next pupil logs in, and nothing went wrong that nobody foresaw."""
    pupil = bench.stranger()
    log = arena.log.read_text(errors="replace")
    return pupil.post(pupil.good()).outcome == "logged-in" and '"unexpected"' not in log
