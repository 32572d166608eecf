"""Which hosts may speak for the hub."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from numo_sso.federation.codes import MetadataRefused

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_URL = re.compile(
    r"[a-z]+://(?P<host>[A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(:[0-9]{1,5})?"
    r"([/?][A-Za-z0-9._~:/?@!$&'()*+,;=%-]*)?"
)
"""No user before the host, no backslash, no fragment: nothing that two readers read differently."""
_RETIRED = re.compile(r"(aselect|hub)(-s)?\..*")
_KENNISNET = ".kennisnet.nl"
_SHOWN = 120
"""Characters of what a document says that a message repeats."""


def shown(text: str) -> str:
    """A text from a document as a message repeats it: short, and nothing that controls a screen."""
    cut = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    return "".join(each if each.isprintable() else "?" for each in cut)


def host_of(url: str) -> str:
    """The host of a URL in lower case; empty where it has none, as with ``urn:…``."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def check_configured(url: str, entity_id: str, environment: str) -> None:
    """Refuse a deployment that is configured for a hub which it must not trust.

    Raises:
        MetadataRefused: ``metadata-retired-host`` or ``metadata-test-hub``.
    """
    for each in (url, entity_id):
        check_host(host_of(each), environment)


def check_endpoint(url: str, expected: str | None, environment: str) -> None:
    """Accept the URL of an endpoint: over TLS, and on the host that is expected (None: on any).

    Raises:
        MetadataRefused: what is wrong about it.
    """
    found = _URL.fullmatch(url)
    scheme = url.partition(":")[0]
    host = found["host"].lower().strip("[].") if found else ""
    if scheme != "https" and not (scheme == "http" and host in LOOPBACK):
        raise MetadataRefused(
            "metadata-no-tls",
            "{url} is not https; only a local stack may go without.",
            url=shown(url),
        )
    if not host:
        raise MetadataRefused("metadata-no-sso", "{url} is no plain URL.", url=shown(url))
    check_host(host, environment)
    if expected is not None and host != expected:
        raise MetadataRefused(
            "metadata-other-host",
            "An endpoint for logins is on {host}; it should be on {expected}.",
            host=shown(host),
            expected=expected,
        )


def check_host(host: str, environment: str) -> None:
    """Refuse the platform that Entree left behind, and in production the hub for testing.

    Raises:
        MetadataRefused: ``metadata-retired-host`` or ``metadata-test-hub``.
    """
    if _RETIRED.fullmatch(host):
        raise MetadataRefused(
            "metadata-retired-host",
            "{host} belongs to the platform that Kennisnet retired.",
            host=shown(host),
        )
    if environment == "production" and _is_test_hub(host):
        raise MetadataRefused(
            "metadata-test-hub",
            "{host} is a hub for testing, and this is production.",
            host=shown(host),
        )


def _is_test_hub(host: str) -> bool:
    """Kennisnet's staging hosts have a label that ends in ``-s``: ``engine.entree-s``."""
    ours = f".{host}".endswith(_KENNISNET)
    return ours and any(label.endswith("-s") for label in host.split("."))
