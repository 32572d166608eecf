"""What comes back over a connection to AWS, whatever it is, and who is believed to be there."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import closing, contextmanager, suppress
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import (
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given
from hypothesis import strategies as st

from edge.aws.wire import Wire
from kit.hub_certificate import server_certificate
from kit.ports import unused_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Amzn-RequestId: one\r\n\r\n{}"


class Service:
    """Says the next of ``says`` to each call: piece by piece, waiting where it is told to, and
    hanging up where a piece is empty."""

    def __init__(self, listener: socket.socket, scheme: str = "http") -> None:
        self.says: list[tuple[bytes | threading.Event, ...]] = []
        self.asked: list[bytes] = []
        self.connections = 0
        self._listener = listener
        self._answering: list[threading.Thread] = []
        host, port = listener.getsockname()
        self.endpoint = f"{scheme}://{host}:{port}"

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except ssl.SSLError:  # whoever did not believe us
                continue
            except OSError:  # it is over
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.connections += 1
            thread = threading.Thread(target=self._answer, args=(connection,), daemon=True)
            self._answering.append(thread)
            thread.start()

    def over(self) -> bool:
        """Whether everybody has hung up, in the end."""
        for thread in self._answering:
            thread.join(5)
        return not any(thread.is_alive() for thread in self._answering)

    def _answer(self, connection: socket.socket) -> None:
        # whoever had enough hangs up, in the middle of a word too
        with suppress(OSError), connection, connection.makefile("rb") as asked:
            while head := b"".join(takewhile(lambda line: line != b"\r\n", asked)):
                length = int(head.lower().rpartition(b"content-length:")[2])
                self.asked.append(head + asked.read(length))
                for piece in self.says.pop(0):
                    if isinstance(piece, threading.Event):
                        piece.wait(5)
                    elif piece:
                        connection.sendall(piece)
                    else:
                        return


@contextmanager
def listening(context: ssl.SSLContext | None = None) -> Iterator[Service]:
    with socket.create_server(("127.0.0.1", 0)) as plain:
        listener = context.wrap_socket(plain, server_side=True) if context else plain
        service = Service(listener, "https" if context else "http")
        threading.Thread(target=service.serve, daemon=True).start()
        yield service
        listener.close()
        assert service.over(), "a connection was left open"


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with listening() as made:
        yield made


@pytest.fixture
def wire(service: Service) -> Iterator[Wire]:
    service.says.clear()
    with closing(Wire(service.endpoint, 0.3)) as made:
        yield made


def test_a_call_is_one_post_with_its_headers_and_body(service: Service, wire: Wire) -> None:
    service.says.append((GOOD,))
    reply = wire.post({"x-amz-target": "a.B"}, b'{"a": 1}')
    assert (reply.status, reply.body) == (200, b"{}")
    assert reply.headers == {"content-length": "2", "x-amzn-requestid": "one"}
    assert (
        service.asked[-1]
        == (
            f"POST / HTTP/1.1\r\nhost: {wire.host}\r\nx-amz-target: a.B\r\ncontent-length: 8\r\n"
            '{"a": 1}'
        ).encode()
    )


def test_a_host_that_was_signed_is_said_once(service: Service, wire: Wire) -> None:
    service.says.append((GOOD,))
    wire.post({"host": wire.host}, b"")
    assert service.asked[-1].count(b"host: ") == 1


@pytest.mark.parametrize("evil", ["a\r\nx: y", "a\nb", "a\x00", "é\u2028"])
def test_a_header_is_one_line_or_nothing_is_sent(service: Service, wire: Wire, evil: str) -> None:
    before = len(service.asked)
    with pytest.raises(ValueError, match=r"control|ascii"):
        wire.post({"x-amz-security-token": evil}, b"")
    assert len(service.asked) == before


@given(cuts=st.sets(st.integers(1, len(GOOD) - 1), max_size=6), chunked=st.booleans())
def test_an_answer_may_come_in_any_pieces(service: Service, cuts: set[int], chunked: bool) -> None:
    """By its length, or in chunks."""
    whole = GOOD
    if chunked:
        whole = (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Amzn-RequestId: one\r\n\r\n"
            b"1\r\n{\r\n1\r\n}\r\n0\r\n\r\n"
        )
    edges = [0, *sorted(cuts), len(whole)]
    pieces = tuple(whole[a:b] for a, b in pairwise(edges) if a < b)
    service.says[:] = [pieces]
    with closing(Wire(service.endpoint, 1)) as wire:
        reply = wire.post({}, b"")
    assert (reply.status, reply.body, reply.headers["x-amzn-requestid"]) == (200, b"{}", "one")


def test_a_connection_is_kept_and_made_anew_where_it_was_closed(
    service: Service, wire: Wire
) -> None:
    service.says += [(GOOD,)] * 3
    before = service.connections
    for _ in range(2):
        wire.post({}, b"{}")
    assert service.connections == before + 1
    (kept,) = wire._idle
    kept.shutdown(socket.SHUT_RDWR)  # as the service does while Lambda sleeps
    assert wire.post({}, b"{}").status == 200
    assert service.connections == before + 2


@pytest.mark.parametrize(
    "said",
    [
        GOOD.replace(b"X-Amzn-RequestId: one", b"Connection: close"),
        GOOD.replace(b"HTTP/1.1", b"HTTP/1.0"),
    ],
    ids=["close", "old"],
)
def test_a_connection_that_will_be_closed_is_not_kept(
    service: Service, wire: Wire, said: bytes
) -> None:
    service.says += [(said,), (GOOD,)]
    assert wire.post({}, b"").body == b"{}"
    assert wire._idle == []
    assert wire.post({}, b"").body == b"{}"


def test_what_comes_after_an_answer_is_never_taken_for_the_next(
    service: Service, wire: Wire
) -> None:
    later = threading.Event()
    service.says += [(GOOD, later, b"HTTP/1.1 200 OK\r\n"), (GOOD,)]
    assert wire.post({}, b"").status == 200
    before = service.connections
    later.set()
    (kept,) = wire._idle
    assert kept.recv(1, socket.MSG_PEEK)  # it is there
    assert wire.post({}, b"").body == b"{}"
    assert service.connections == before + 1


BROKEN = {
    "nothing": (b"",),
    "cut-in-head": (GOOD[:30], b""),
    "cut-in-body": (GOOD[:-1], b""),
    "not-http": (b"hello\r\n\r\n",),
    "two-lengths": (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",),
    "length-and-chunks": (
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
    ),
    "negative-length": (b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",),
    "no-length": (b"HTTP/1.1 200 OK\r\n\r\n{}", b""),
    "header-without-name": (b"HTTP/1.1 200 OK\r\n: a\r\nContent-Length: 2\r\n\r\n{}",),
    "two-answers": (GOOD + GOOD,),
    "in-between": (b"HTTP/1.1 100 Continue\r\n\r\n",),
    "hints": (b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n",),
    "another-protocol": (b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",),
}


@pytest.mark.parametrize("said", BROKEN.values(), ids=BROKEN)
def test_what_is_no_answer_is_an_error_and_the_next_call_has_a_connection_of_its_own(
    service: Service, wire: Wire, said: tuple[bytes, ...]
) -> None:
    service.says += [said, (GOOD,)]
    with pytest.raises(ConnectionClosedError):
        wire.post({}, b"{}")
    assert wire._idle == []
    assert wire.post({}, b"{}").status == 200


@pytest.mark.parametrize("said", [(), (GOOD[:30],)], ids=["silent", "stops"])
def test_a_service_that_does_not_answer_in_time(
    service: Service, wire: Wire, said: tuple[bytes, ...]
) -> None:
    service.says.append(said)
    with pytest.raises(ReadTimeoutError):
        wire.post({}, b"{}")
    assert wire._idle == []


def test_a_service_that_is_not_there() -> None:
    with pytest.raises(EndpointConnectionError):
        Wire(f"http://127.0.0.1:{unused_port()}", 1).post({}, b"{}")


def test_a_service_that_does_not_even_shake_hands() -> None:
    """TLS waits for an answer before there is a connection."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        host, port = silent.getsockname()
        with pytest.raises(ConnectTimeoutError):
            Wire(f"https://{host}:{port}", 0.05).post({}, b"{}")


def test_secure_connections_check_who_answers() -> None:
    wire = Wire("https://dynamodb.eu-west-1.amazonaws.com", 1)
    context = wire._secure
    assert context is not None
    assert context.check_hostname
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert context.get_ca_certs()
    assert wire.host == "dynamodb.eu-west-1.amazonaws.com"
    assert wire._port == 443


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.2"])
def test_who_is_believed_has_a_certificate_for_the_name_by_who_is_trusted(
    tmp_path: Path, address: str
) -> None:
    """Neither the right name by an unknown authority, nor another name by a known one."""
    path = tmp_path / "server.pem"
    path.write_bytes(server_certificate(rsa.generate_private_key(65_537, 2048), address))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)

    def trusting() -> ssl.SSLContext:
        return ssl.create_default_context(cafile=path)

    with listening(context) as service:
        service.says.append((GOOD,))
        with pytest.raises(EndpointConnectionError):
            Wire(service.endpoint, 1).post({}, b"")
        with closing(Wire(service.endpoint, 1, trusting)) as wire:
            if address in service.endpoint:
                assert wire.post({}, b"").status == 200
            else:
                with pytest.raises(EndpointConnectionError):
                    wire.post({}, b"")
                assert service.says
