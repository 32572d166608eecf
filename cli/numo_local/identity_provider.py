"""Whom the stack trusts: the stand-in for the hub, or an identity provider in its place."""

from __future__ import annotations

import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

from numo_local.errors import StackError
from numo_sso.federation.codes import MetadataRefused
from numo_sso.federation.document import MAX_BYTES
from numo_sso.federation.metadata import Expected, digest_metadata

if TYPE_CHECKING:
    from numo_local.hub.hub import Hub

_TIMEOUT_SECONDS = 10
_ANYBODY = Expected(entity_id=None, host=None, environment="local")
"""Whoever starts a stack names the document; later checks expect what it said."""


def identity_provider(source: str, hub: Hub) -> dict[str, Any]:
    """Digest the metadata at a URL or in a file; without a source, that of the stand-in.

    Raises:
        StackError: it cannot be had, or login could not work with it.
    """
    document = _read(source) if source else hub.metadata()
    try:
        return digest_metadata(document, _ANYBODY, time.time())
    except MetadataRefused as error:
        raise StackError(f"The metadata from {source} cannot be used: {error}") from error


def _read(source: str) -> bytes:
    try:
        if source.startswith(("http://", "https://")):
            with urllib.request.urlopen(source, timeout=_TIMEOUT_SECONDS) as answer:  # noqa: S310
                document: bytes = answer.read(MAX_BYTES + 1)
                return document
        return Path(source).read_bytes()
    except (OSError, ValueError) as error:
        raise StackError(f"The metadata cannot be read from {source}: {error}") from error
