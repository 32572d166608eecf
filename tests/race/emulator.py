"""ministack: a DynamoDB on this machine that keeps its promises when many write at once.

It has an environment of its own, since its botocore is another than ours. moto, on which the
other tests run, knows no locks.
"""

from __future__ import annotations

import os
import socket
import subprocess
import time
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kit.ports import unused_port

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = Path(__file__).parents[2] / ".venv-ministack" / "bin" / "ministack"
_HOST = "127.0.0.1"
_START_SECONDS = 60
_STOP_SECONDS = 10


@contextmanager
def running_emulator(folder: Path) -> Iterator[str]:
    """Start an emulator on a free port, give its endpoint, and end it on leaving.

    Args:
        folder: takes its log and whatever it writes.
    """
    port = unused_port(_HOST)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "BIND_HOST": _HOST,
        "GATEWAY_PORT": str(port),
        "SERVICES": "dynamodb",
        "LOG_LEVEL": "WARNING",
    }
    with (
        (folder / "ministack.log").open("w") as log,
        subprocess.Popen(  # noqa: S603  # a program of our own lock file
            [str(PROGRAM)], env=environment, cwd=folder, stdout=log, stderr=log
        ) as process,
    ):
        try:
            _wait_until_ready(process, port, folder)
            yield f"http://{_HOST}:{port}"
        finally:
            _end(process)


def _wait_until_ready(process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        with closing(socket.socket()) as asked:
            if asked.connect_ex((_HOST, port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"ministack does not serve: {(folder / 'ministack.log').read_text()}")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
