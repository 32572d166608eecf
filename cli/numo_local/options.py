"""How a stack is wanted."""

from __future__ import annotations

from dataclasses import dataclass

DEFAULT_PORT = 8600


@dataclass(frozen=True)
class StackOptions:
    """The options of ``numo-sso local``."""

    port: int = DEFAULT_PORT
    """0: any free port."""
    host: str = "127.0.0.1"
    """The address that is listened on; the URLs stay those of the loopback address."""
    idp_metadata: str = ""
    """URL or file with the metadata of an identity provider that takes the stand-in's place."""
    app_origins: tuple[str, ...] = ()
    quiet: bool = False
    without: tuple[str, ...] = ()
    """Parameters that are missing from the start, such as ``cookie/ring``."""
