"""What the workers in Python share; it runs under every Python that a peer needs."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.workers.mark import mark

if TYPE_CHECKING:
    from collections.abc import Callable


def serve(
    verify: Callable[[dict[str, str]], str], clock: Callable[[], int] = time.process_time_ns
) -> None:
    """Verify as many responses as each line of stdin says; answer with the CPU that one took.

    ``verify(post)`` gives the user's nlEduPersonRealId: a peer that does not find it has verified
    nothing. Answers are microseconds by ``clock``, which counts nanoseconds of CPU.
    """
    posts = json.loads((folder() / "posts.json").read_text())
    for post in posts:
        found = verify(post)
        if found != "140136@petteflatcollege":
            sys.exit(f"{sys.argv[0]} found {found!r}")
    print("ready", flush=True)
    for line in sys.stdin:
        rounds = int(line)
        mark()
        began = clock()
        for turn in range(rounds):
            verify(posts[turn % len(posts)])
        mark()
        print((clock() - began) / rounds / 1000, flush=True)


def folder() -> Path:
    return Path(sys.argv[1])


def facts() -> Any:
    """What both sides are called, and where they are."""
    return json.loads((folder() / "facts.json").read_text())
