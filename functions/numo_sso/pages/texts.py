"""The words of every outcome that is a page, in Dutch and in English.

They are grouped as people meet them: the request itself, the browser, a response that was not
verified, what the school is or sends, the user's account, sessions, and our own failures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.outcomes import CATALOGUE, Actor, Outcome, Stage
from numo_sso.pages.texts_browsers import BROWSERS
from numo_sso.pages.texts_faults import FAULTS
from numo_sso.pages.texts_requests import REQUESTS
from numo_sso.pages.texts_schools import SCHOOLS
from numo_sso.pages.texts_sessions import SESSIONS
from numo_sso.pages.texts_unverified import UNVERIFIED
from numo_sso.pages.texts_users import USERS

if TYPE_CHECKING:
    from numo_sso.pages.words import Text

TEXTS: dict[str, Text] = {
    **REQUESTS,
    **BROWSERS,
    **{code: UNVERIFIED for code, each in CATALOGUE.items() if each.stage is Stage.BEFORE},
    **SCHOOLS,
    **USERS,
    **SESSIONS,
    **FAULTS,
}


def shown_actor(outcome: Outcome) -> Actor:
    """Who acts, as a page may tell it: before verification all pages are the same."""
    return Actor.USER if outcome.stage is Stage.BEFORE else outcome.actor
