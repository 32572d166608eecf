"""Reading and writing of cookies, with the attributes that each of ours needs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Cookies = tuple[tuple[str, str], ...]
"""Name and value of every cookie of a request, in the order sent, repeats included."""


_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""A token (RFC 6265, 4.1.1)."""


def parse_cookies(pairs: Iterable[str]) -> Cookies:
    """Split ``name=value`` strings; what is no pair, or has another name, is passed over.

    Only what a browser puts around a pair is stripped. A sibling may plant a name that begins with
    some other white space and goes on as ``__Host-``: to the browser that is no prefix.
    """
    parsed = (pair.strip(" \t").partition("=") for pair in pairs)
    return tuple(
        (name, value) for name, separator, value in parsed if separator and _NAME.fullmatch(name)
    )


def values_of(cookies: Cookies, name: str) -> list[str]:
    """Every value that came under ``name``."""
    return [value for key, value in cookies if key == name]


def set_cookie(
    name: str, value: str, *, path: str, same_site: str, max_age: int | None, domain: str = ""
) -> str:
    """A ``Set-Cookie`` value. Always ``Secure`` and ``HttpOnly``; host-only without ``domain``."""
    parts = [f"{name}={value}", f"Path={path}", "Secure", "HttpOnly", f"SameSite={same_site}"]
    if max_age is not None:
        parts.append(f"Max-Age={max_age}")
    if domain:
        parts.append(f"Domain={domain}")
    return "; ".join(parts)


def clear_cookie(name: str, *, path: str, same_site: str, domain: str = "") -> str:
    """A ``Set-Cookie`` value that removes the cookie with this name, path and domain."""
    return set_cookie(name, "", path=path, same_site=same_site, max_age=0, domain=domain)
