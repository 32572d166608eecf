"""The words of every outcome in the catalogue, in Dutch and in English.

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
from numo_sso.pages.words import Silent, Text

if TYPE_CHECKING:
    from numo_sso.pages.words import Language

SILENT: dict[str, Silent] = {
    "started": Silent(
        nl="Iemand klikte op Numo en is doorgestuurd naar Entree. Blijft het hierbij, dan is de "
        "login bij Entree of bij de school gestopt.",
        en="Somebody clicked on Numo and was sent to Entree. If it ends here, the login stopped "
        "at Entree or at the school.",
    ),
    "test-started": Silent(
        nl="Iemand begon een test van de verbinding en is doorgestuurd naar Entree. Blijft het "
        "hierbij, dan is de test bij Entree of bij de school gestopt.",
        en="Somebody began a test of the connection and was sent to Entree. If it ends here, the "
        "test stopped at Entree or at the school.",
    ),
    "connection-tested": Silent(
        nl="Iemand testte de verbinding. Wat een login zou zijn geworden, staat erbij; ingelogd is "
        "er niemand.",
        en="Somebody tested the connection. What a login would have come to is told with it; "
        "nobody was logged in.",
    ),
    "logged-in": Silent(
        nl="De gebruiker is ingelogd en doorgestuurd naar Numo. Niemand hoeft iets te doen.",
        en="The user was logged in and sent on to Numo. Nobody needs to do anything.",
    ),
    "metadata-answered": Silent(
        nl="Iemand haalde de SAML-metadata van Numo op. Niemand hoeft iets te doen.",
        en="Somebody fetched Numo's SAML metadata. Nobody needs to do anything.",
    ),
    "guide-shown": Silent(
        nl="Iemand las de uitleg voor scholen. Niemand hoeft iets te doen.",
        en="Somebody read the guide for schools. Nobody needs to do anything.",
    ),
    "button-answered": Silent(
        nl="Iemand haalde de knop voor de elo op. Niemand hoeft iets te doen.",
        en="Somebody fetched the button for the elo. Nobody needs to do anything.",
    ),
    "logout-asked": Silent(
        nl="Iemand opende de pagina om uit te loggen. Niemand hoeft iets te doen.",
        en="Somebody opened the page to log out. Nobody needs to do anything.",
    ),
    "session-answered": Silent(
        nl="Numo vroeg wie er is ingelogd en kreeg antwoord. Niemand hoeft iets te doen.",
        en="Numo asked who is logged in and was told. Nobody needs to do anything.",
    ),
}

TEXTS: dict[str, Text] = {
    **REQUESTS,
    **BROWSERS,
    **{code: UNVERIFIED for code, each in CATALOGUE.items() if each.stage is Stage.BEFORE},
    **SCHOOLS,
    **USERS,
    **SESSIONS,
    **FAULTS,
}


def admin_sentence(code: str, language: Language) -> str:
    """What support's lists say of an outcome: whose move it is, and which."""
    if code in SILENT:
        return SILENT[code].sentence(language)
    return TEXTS[code].page(language).admin


def shown_actor(outcome: Outcome) -> Actor:
    """Who acts, as a page may tell it: before verification all pages are the same."""
    return Actor.USER if outcome.stage is Stage.BEFORE else outcome.actor
