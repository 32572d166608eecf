"""What the page of a test shows of its report, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numo_sso.login.report import FOUND
from numo_sso.pages.naming import named
from numo_sso.pages.texts import TEXTS
from numo_sso.pages.texts_connection import WORDS

if TYPE_CHECKING:
    from numo_sso.login.report import Report
    from numo_sso.pages.texts_connection import Words
    from numo_sso.pages.words import Language

_RULES = {"persoonscode": "persoonscode", "idgebr": "IDGebr"}


def side_of(report: Report, language: Language, name: str) -> dict[str, Any]:
    """The page in one language, but for the values that came."""
    words = named(WORDS[language], name)
    return {
        "title": words.works if report.result.code == FOUND else words.waits,
        "words": words,
        "owner": words.owners[report.result.actor],
        "step": _step(report, language, words, name),
        "facts": _facts(report, language, words, name),
    }


def _step(report: Report, language: Language, words: Words, name: str) -> str:
    """What is to be done next, as the page of that outcome tells administrators."""
    result = report.result.code
    return words.done if result == FOUND else named(TEXTS[result].page(language).admin, name)


def _facts(report: Report, language: Language, words: Words, name: str) -> list[tuple[str, str]]:
    """What was found of school and user, each with its name."""
    return [
        (words.brin, report.brin or words.absent),
        (words.realm, report.realm or words.absent),
        (words.provider, report.authority or words.absent),
        (words.school, _school(report, words)),
        (words.state, _state(report, words)),
        (words.user, _user(report, language, words, name)),
    ]


def _school(report: Report, words: Words) -> str:
    if not report.identified:
        return words.not_told
    if not report.known:
        return words.school_unknown
    return report.school_name or words.school_unnamed


def _state(report: Report, words: Words) -> str:
    if report.active is None:
        return words.not_told
    return words.active if report.active else words.not_active


def _user(report: Report, language: Language, words: Words, name: str) -> str:
    if not report.user:
        return words.not_looked
    rule = _RULES.get(report.match_rule, "persoonscode / IDGebr")
    if report.user == FOUND:
        return words.user_found.format(rule=rule)
    title = named(TEXTS[report.user].page(language).title, name)
    return words.user_refused.format(title=title, rule=rule)
