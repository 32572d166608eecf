"""Files and addresses that attacks name: none is opened, none is asked."""

from __future__ import annotations

import ctypes
import os
import socket
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from attack.bench import Bench, form_of
from attack.corpus import ALL
from attack.in_process import InProcess
from numo_sso.outcomes import Refused
from numo_sso.saml import names
from numo_sso.saml.signature import verifies

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FILE = b"file:///etc/passwd"
_ADDRESS = b"http://127.0.0.1:9/"
_FAMILIES = {"entities", "keys", "other-messages", "transform-lists", "transforms"}
"""Those that name any."""
_IN_OPEN = 0x20


class Watch:
    """Notices when a file is opened (inotify)."""

    def __init__(self, path: Path) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._events = self._libc.inotify_init1(os.O_NONBLOCK)
        assert self._libc.inotify_add_watch(self._events, bytes(path), _IN_OPEN) >= 0

    def opened(self) -> bool:
        """Whether it was, since this was last asked."""
        try:
            return bool(os.read(self._events, 4096))
        except BlockingIOError:
            return False

    def close(self) -> None:
        os.close(self._events)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A server that notices who comes."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)  # its own name for it
        yield server


def asked(server: socket.socket) -> bool:
    try:
        server.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def naming_documents() -> list[tuple[str, bytes]]:
    """The documents of the corpus that name a file or an address, by their case."""
    found = []
    for case in ALL:
        made = case.make(Bench(InProcess())) if case.make and case.family in _FAMILIES else b""
        if isinstance(made, bytes) and (_FILE in made or _ADDRESS in made):
            found.append((str(case), made))
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")
def test_no_file_is_opened_and_nobody_is_asked(tmp_path: Path, listener: socket.socket) -> None:
    """By the whole verification, and by the verification of the signature without the gate."""
    secret = tmp_path / "secret.xml"
    secret.write_text("<secret/>")
    watch, port = Watch(secret), listener.getsockname()[1]
    documents = naming_documents()
    assert len(documents) >= 15
    for name, document in documents:
        named = document.replace(_FILE, secret.as_uri().encode())
        named = named.replace(_ADDRESS, f"http://127.0.0.1:{port}/".encode())
        bench = Bench(InProcess())
        with suppress(Refused):
            bench.verify(form_of(named))
        _verify_the_signatures(bench, named)
        assert (watch.opened(), asked(listener)) == (False, False), name
    secret.read_text()
    assert watch.opened()
    socket.create_connection(("127.0.0.1", port)).close()
    assert asked(listener)
    watch.close()


def _verify_the_signatures(bench: Bench, document: bytes) -> None:
    """As if there were no gate; whether they hold is for others to say."""
    keys = list(bench.arena.trust.verifier._keys.values())
    with suppress(etree.XMLSyntaxError):
        root = etree.fromstring(document, etree.XMLParser(resolve_entities=False))
        for signature in root.iter(names.SIGNATURE):
            verifies(signature, keys)
