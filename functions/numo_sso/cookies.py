"""Reading and writing of cookies, with the attributes that each of ours needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Cookies = tuple[tuple[str, str], ...]
"""Name and value of every cookie of a request, in the order sent, repeats included."""


def parse_cookies(pairs: Iterable[str]) -> Cookies:
    """Split ``name=value`` strings; what is no pair is passed over."""
    parsed = (pair.strip().partition("=") for pair in pairs)
    return tuple((name, value) for name, separator, value in parsed if separator)


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
