"""Ports that nobody listens at."""

from __future__ import annotations

import socket


def unused_port(host: str = "127.0.0.1") -> int:
    """One that was free a moment ago."""
    with socket.create_server((host, 0)) as taken:
        return int(taken.getsockname()[1])
