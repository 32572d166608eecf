"""The Runtime API of one function: it hands out events and takes answers and errors in."""

from __future__ import annotations

import json
import queue
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

INVOCATION = {
    "Content-Type": "application/json",
    "Lambda-Runtime-Aws-Request-Id": "8476a536-e9f4-11e8-9739-2dfe598c3fcd",
    "Lambda-Runtime-Deadline-Ms": "4102444800000",
    "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:eu-west-1:123456789012:function:f",
    "Lambda-Runtime-Trace-Id": "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0",
}
"""An invocation's headers. Without its Content-Type the client ends in a segmentation fault."""


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
