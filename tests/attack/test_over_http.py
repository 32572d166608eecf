"""The corpus over HTTP, against a running local stack, each case from an address of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from attack import scene
from attack.bench import Bench
from attack.corpus import ALL, BAD, opens_session, play
from numo_sso.outcomes import CATALOGUE, Stage

if TYPE_CHECKING:
    from attack.case import Case, Seen
    from attack.over_http import OverHttp


_ADDRESSES = {str(case): f"127.1.{at // 250}.{at % 250 + 1}" for at, case in enumerate(ALL)}
_HEADERS = {
    "strict-transport-security": "max-age=",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    "referrer-policy": "same-origin",
    "content-security-policy": "frame-ancestors 'none'",
}


@pytest.mark.parametrize("case", [case for case in ALL if not case.only], ids=str)
def test_it_ends_the_same_over_http(case: Case, arena: OverHttp) -> None:
    """The same outcome for the same reason, with its status, and a session only for good ones."""
    seen = play(case, Bench(arena, _ADDRESSES[str(case)]))
    assert (seen.outcome, case.reason in seen.detail) == (case.outcome, True), seen
    assert seen.has_session == opens_session(case)
    if not seen.location and case.outcome != "logged-out":  # without a body it is a 204
        assert seen.status == CATALOGUE[case.outcome].status
    for name, value in _HEADERS.items():
        assert value in seen.headers[name]


def test_before_verification_there_is_one_page(arena: OverHttp) -> None:
    """Whatever was wrong, the browser is shown the same, but for reference and time."""
    pages = set()
    chosen = [
        case for case in BAD if CATALOGUE[case.outcome].stage is Stage.BEFORE and not case.only
    ][::20]
    for at, case in enumerate(chosen):
        seen = play(case, Bench(arena, f"127.2.0.{at + 1}"))
        if not seen.location:
            pages.add(_without_reference(seen))
    assert len(pages) == 1


def test_the_log_holds_nothing_of_what_was_posted(arena: OverHttp) -> None:
    """No name, no code, no pseudonym and no body, after all that came by."""
    text = arena.log.read_text(errors="replace")
    assert '"number"' in text
    for personal in (*scene.PERSONAL, "SAMLResponse=", "PD94bWwg", "<saml"):
        assert personal not in text, personal


def _without_reference(seen: Seen) -> str:
    body = re.sub(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", "REFERENCE", seen.body)
    return re.sub(r"\d{1,2}[:.]\d\d", "TIME", body)
