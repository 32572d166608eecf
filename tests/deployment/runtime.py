"""Lambda's side of a function: the runtime's own client in a process, on a Runtime API.

The process sees the package and the runtime client and nothing else of this machine's Python: no
site-packages, no environment but the function's.
"""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import sys
import threading
from importlib.metadata import distribution
from typing import TYPE_CHECKING, Any

from deployment.runtime_api import Inbox

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

START = (
    "import sys; sys.path[:0] = sys.argv[1:3]; from awslambdaric.__main__ import main; "
    "main(['awslambdaric', sys.argv[3]])"
)
PATIENCE = 30
"""Seconds, far beyond any cold start on a busy machine."""


class FunctionFailed(Exception):  # noqa: N818  # it is no error of ours
    """The function failed, at init or with an event; the text is what it told the Runtime API."""


class Lambda:
    """A function of a built package, running."""

    def __init__(
        self, package: Path, client: Path, handler: str, environ: Mapping[str, str], log: Path
    ) -> None:
        self.log = log
        self._inbox = Inbox()
        threading.Thread(target=self._inbox.serve_forever, args=(0.05,), daemon=True).start()
        address = f"127.0.0.1:{self._inbox.server_port}"
        command = [
            sys.executable,
            "-I",
            "-S",
            "-B",
            "-c",
            START,
            str(client),
            str(package),
            handler,
        ]
        with log.open("ab") as file:
            self._process = subprocess.Popen(  # noqa: S603  # our own arguments
                [*command, handler],
                cwd=package,
                env={**environ, **lambda_environ(package, handler, address)},
                stdout=file,
                stderr=subprocess.STDOUT,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    def invoke(self, event: Any) -> Any:
        """Hand over an event and wait for the answer.

        Raises:
            FunctionFailed: at init or with this event.
        """
        self._inbox.events.put(json.dumps(event).encode())
        kind, answer = self._answer()
        if kind != "response":
            raise FunctionFailed(json.dumps(answer, indent=2))
        return answer

    def _answer(self) -> tuple[str, Any]:
        for _ in range(PATIENCE * 10):
            with contextlib.suppress(queue.Empty):
                return self._inbox.answers.get(timeout=0.1)
            if self._process.poll() is not None and self._inbox.answers.empty():
                break
        raise FunctionFailed(f"exit {self._process.poll()}: {self.log.read_text()}")

    def stop(self) -> None:
        self._inbox.events.put(None)
        self._process.kill()
        self._process.wait()
        self._inbox.shutdown()
        self._inbox.server_close()


def lambda_environ(package: Path, handler: str, address: str) -> dict[str, str]:
    """What Lambda sets for every function, with JSON logging as the template asks it."""
    return {
        "AWS_LAMBDA_RUNTIME_API": address,
        "AWS_LAMBDA_FUNCTION_NAME": "function",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1024",
        "AWS_LAMBDA_LOG_FORMAT": "JSON",
        "AWS_LAMBDA_LOG_LEVEL": "INFO",
        "AWS_REGION": "eu-west-1",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_EC2_METADATA_DISABLED": "true",
        "LAMBDA_TASK_ROOT": str(package),
        "_HANDLER": handler,
    }


def link_runtime_client(directory: Path) -> Path:
    """Gather the runtime's client and what it needs, as Lambda has them beside a package."""
    directory.mkdir()
    for name in ("awslambdaric", "simplejson", "snapshot-restore-py"):
        found = distribution(name)
        for top in {file.parts[0] for file in found.files or ()}:
            if not top.endswith(".dist-info") and top not in {"..", "__pycache__"}:
                (directory / top).symlink_to(str(found.locate_file(top)))
    return directory
