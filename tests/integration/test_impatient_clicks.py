"""An elo with fat cookies and a pupil who clicks forty times still fit through the gateway."""

from __future__ import annotations

from http.client import HTTPConnection
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING

from numo_sso.flow import COOKIE_PREFIX, MAX_FLOWS

if TYPE_CHECKING:
    from numo_local.process import RunningStack

FOREIGN = {f"elo_{number}": "x" * 1_000 for number in range(6)}
"""6 KB of cookies that are not ours: an analytics suite on the parent domain, say."""


def click(stack: RunningStack, jar: dict[str, str], path: str = "/v1/sso") -> int:
    """Send the whole jar, take what comes back into it, and give the status."""
    connection = HTTPConnection("127.0.0.1", stack.port, timeout=20)
    cookie = "; ".join(f"{name}={value}" for name, value in jar.items())
    connection.request("GET", path, headers={"Cookie": cookie, "Accept": "text/html"})
    response = connection.getresponse()
    response.read()
    for line in response.headers.get_all("Set-Cookie") or []:
        for name, morsel in SimpleCookie(line).items():
            if morsel["max-age"] == "0":
                jar.pop(name, None)
            else:
                jar[name] = morsel.value
    connection.close()
    return response.status


def test_forty_clicks_with_six_kilobytes_of_foreign_cookies(stack: RunningStack) -> None:
    """No click meets the gateway's 431, four flows are kept, and nothing of others is touched."""
    jar = dict(FOREIGN)
    for _ in range(40):
        assert click(stack, jar, "/v1/sso?target=/" + "t" * 99) == 302
        assert len([name for name in jar if name.startswith(COOKIE_PREFIX)]) <= MAX_FLOWS
    assert FOREIGN.items() <= jar.items()


def test_the_gateways_limit_is_real_here(stack: RunningStack) -> None:
    """Twice as many foreign cookies do not fit: the test above could fail."""
    assert click(stack, {**FOREIGN, **{f"b{name}": "x" * 1_000 for name in FOREIGN}}) == 431


def test_clicks_that_overlap_are_cleared_by_the_next(stack: RunningStack) -> None:
    """Eight starts that saw no cookies leave eight flows; one more click brings them to four."""
    jar: dict[str, str] = {}
    for _ in range(8):
        fresh: dict[str, str] = {}
        click(stack, fresh)
        jar.update(fresh)
    assert len(jar) == 8
    assert click(stack, jar) == 302
    assert len(jar) == MAX_FLOWS
