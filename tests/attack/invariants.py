"""What every answer of every case must hold to, whatever the case is about."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from attack import scene

if TYPE_CHECKING:
    from attack.case import Seen

_SAME_SITE = {"__Host-numo_flow_": "None", "__Host-numo_session": "Lax", "numo_session": "Lax"}


def hold(seen: Seen, homes: tuple[str, ...]) -> None:
    """Cookies as they should be, a redirect that stays with us, and nothing of the neighbours.

    Args:
        seen: an answer.
        homes: with what the URLs begin that a redirect may lead to.
    """
    for line in seen.cookies:
        _hold_cookie(line)
    if seen.location:
        assert seen.location.startswith(homes), f"a redirect to {seen.location}"
        assert seen.location.isprintable()
    assert scene.NEIGHBOUR_NAME not in seen.body, "another entrance is named"
    assert scene.NEIGHBOUR_GIVEN_NAME not in seen.body, "another school's pupil is named"
    if seen.status >= HTTPStatus.BAD_REQUEST:
        for personal in scene.PERSONAL:
            assert personal not in seen.body, f"a refusal that shows {personal}"


def _hold_cookie(line: str) -> None:
    pair, *attributes = line.split("; ")
    (site,) = [site for name, site in _SAME_SITE.items() if pair.startswith(name)]
    assert {"Path=/", "Secure", "HttpOnly", f"SameSite={site}"} <= set(attributes), line
    ends = "Max-Age=0" in attributes
    assert ends or not any(each.startswith("Domain=") for each in attributes), line
