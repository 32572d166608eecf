"""Lambda's side of a function: the Runtime API, and the runtime's own client in a process.

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
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import distribution
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PREFIX = "/2018-06-01/runtime/"
START = (
    "import sys; sys.path[:0] = sys.argv[1:3]; from awslambdaric.__main__ import main; "
    "main(['awslambdaric', sys.argv[3]])"
)
INVOCATION = {
    "Content-Type": "application/json",
    "Lambda-Runtime-Aws-Request-Id": "8476a536-e9f4-11e8-9739-2dfe598c3fcd",
    "Lambda-Runtime-Deadline-Ms": "4102444800000",
    "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:eu-west-1:123456789012:function:f",
    "Lambda-Runtime-Trace-Id": "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0",
}
"""An invocation's headers. Without its Content-Type the client ends in a segmentation fault."""
PATIENCE = 30
"""Seconds, far beyond any cold start on a busy machine."""


class FunctionFailed(Exception):  # noqa: N818  # it is no error of ours
    """The function failed, at init or with an event; the text is what it told the Runtime API."""


class RuntimeApi(BaseHTTPRequestHandler):
    """The Runtime API of one function: next event out, answer or error in."""

    protocol_version = "HTTP/1.1"
    server: Inbox

    def do_GET(self) -> None:
        event = self.server.events.get()
        if event is None:  # the end
            self.close_connection = True
            return
        self.send_response(200)
        for name, value in INVOCATION.items():
            self.send_header(name, value)
        self._end(event)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.answers.put((self.path.rpartition("/")[2], json.loads(body)))
        self.send_response(202)
        self._end(b"{}")

    def _end(self, body: bytes) -> None:
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing: tests look at answers."""


class Inbox(ThreadingHTTPServer):
    """What waits for the function, and what it said."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), RuntimeApi)
        self.events: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self.answers: queue.Queue[tuple[str, Any]] = queue.Queue()


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
        with log.open("wb") as file:
            self._process = subprocess.Popen(  # noqa: S603  # our own arguments
                [*command, handler],
                cwd=package,
                env={**environ, **lambda_environ(package, handler, address)},
                stdout=file,
                stderr=subprocess.STDOUT,
            )

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
