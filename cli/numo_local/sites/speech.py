"""The language of the stack's own pages: the browser's, or the one that a link chose."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import request

from numo_local.sites.words import DUTCH
from numo_sso.pages.language import language

if TYPE_CHECKING:
    from flask import Flask, Response

    from numo_sso.pages.words import Language

_COOKIE = "local_language"
_OTHER: dict[Language, Language] = {"nl": "en", "en": "nl"}
_NAMES: dict[Language, str] = {"nl": "Nederlands", "en": "English"}


def speak(app: Flask) -> None:
    """Give the templates of ``app`` their words, and keep the language that a link chooses."""
    app.jinja_env.globals.update(say=say, spoken=spoken, other_language=other_language)

    @app.after_request
    def remember(response: Response) -> Response:
        if request.args.get("lang") in _OTHER:
            response.set_cookie(_COOKIE, request.args["lang"], httponly=True, samesite="Lax")
        return response


def spoken() -> Language:
    """Of this request."""
    for chosen in (request.args.get("lang"), request.cookies.get(_COOKIE)):
        if chosen in _OTHER:
            return chosen
    return language(request.headers.get("Accept-Language"))


def say(english: str, **names: str) -> str:
    """A sentence in the language of this request, with ``names`` in it.

    Raises:
        KeyError: nobody wrote it in Dutch.
    """
    return (DUTCH[english] if spoken() == "nl" else english).format(**names)


def other_language() -> tuple[Language, str, str] | None:
    """The other language, its name, and this page in it; None where a form was posted."""
    if request.method != "GET":
        return None
    other = _OTHER[spoken()]
    query = urlencode([*((k, v) for k, v in request.args.items() if k != "lang"), ("lang", other)])
    return other, _NAMES[other], f"?{query}"
