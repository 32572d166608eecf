"""Which deployment a command is about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """A stack on AWS, or a local one on a port of this machine."""

    local: bool
    port: int
    profile: str | None
    region: str | None
    stack: str

    @property
    def local_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"
