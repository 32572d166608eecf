"""What a process keeps of the posts that it has seen, which is nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.skipif(sys.platform != "linux", reason="it reads what Linux says of a process")
def test_names_that_nobody_has_seen_leave_nothing_behind() -> None:
    """All parsers of a thread share a dictionary that is never emptied, and has a limit."""
    posted, kept = map(int, in_a_process_of_its_own(POSTS_OF_NEW_NAMES).split())
    assert posted > 60_000_000
    assert kept < posted / 4


def in_a_process_of_its_own(program: str) -> str:
    """What it prints. A worker that ran other tests keeps and frees memory of theirs meanwhile."""
    return subprocess.run(  # noqa: S603  # our own interpreter, and our own program
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout


POSTS_OF_NEW_NAMES = """
import gc, os
from pathlib import Path
from numo_sso.outcomes import Refused
from numo_sso.saml import gate

def post():
    raw = b"<x>" + b"".join(b"<a%s/>" % os.urandom(90).hex().encode() for _ in range(900)) + b"</x>"
    try:
        gate.admit_document(raw)
    except Refused as refused:
        assert refused.detail == "not one Response as root"
    return len(raw)

def resident():
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

for _ in range(40):  # what a process keeps to work with
    post()
before = resident()
posted = sum(post() for _ in range(400))
print(posted, resident() - before)
"""
