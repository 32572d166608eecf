"""Our ACS in the writings that a careless comparison takes for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from attack.bench import Bench


def _with_host(change: Callable[[str], str]) -> Callable[[Bench], str]:
    """The ACS with its authority changed: host and, on this machine, port."""

    def write(bench: Bench) -> str:
        scheme, _, rest = bench.acs.partition("://")
        authority, slash, path = rest.partition("/")
        return f"{scheme}://{change(authority)}{slash}{path}"

    return write


def _host_only(authority: str) -> str:
    return authority.partition(":")[0]


ACS_WRITINGS: dict[str, Callable[[Bench], str]] = {
    "elsewhere": lambda _: "https://another.example/v1/sso/acs",
    "our-prefix": lambda on: on.acs[:-1],
    "our-origin": lambda on: on.arena.urls.public_url,
    "with-a-suffix": lambda on: on.acs + "x",
    "with-a-slash": lambda on: on.acs + "/",
    "with-a-query": lambda on: on.acs + "?x=1",
    "with-a-fragment": lambda on: on.acs + "#x",
    "in-capitals": lambda on: on.acs.upper(),
    "with-a-user": _with_host(lambda host: f"api@{host}"),
    "at-another-port": _with_host(lambda host: f"{_host_only(host)}:8443"),
    "at-a-longer-host": _with_host(lambda host: f"{_host_only(host)}.another.example"),
    "with-a-dot-behind-the-host": _with_host(lambda host: f"{_host_only(host)}."),
    "at-a-look-alike-host": _with_host(lambda host: f"\u0430{host}"),
    "of-another-scheme": lambda on: "ftp" + on.acs[on.acs.index(":") :],
    "climbing-to-it": lambda on: on.acs.replace("/acs", "/x/../acs"),
    "percent-encoded": lambda on: on.acs.replace("/acs", "/%61cs"),
    "with-a-line-end": lambda on: on.acs + "\n",
    "the-entity-id": lambda on: on.entity_id,
}
"""By the case's name."""
