"""Codes of states, roles and the like as people read them in a table; programs get the codes."""

from __future__ import annotations

from numo_cli.speech import later, say

_TERMS = {
    # schools
    "active": later("active"),
    "requested": later("requested"),
    "suspended": later("suspended"),
    # who came
    "pupil": later("pupil"),
    "teacher": later("teacher"),
    "staff": later("staff"),
    # who speaks for a school
    "waiting": later("waiting"),
    "learned": later("learned"),
    "accepted": later("accepted"),
    # keys
    "created": later("created"),
    "published": later("published"),
    "current": later("current"),
    "previous": later("previous"),
    # what is wrong in a file, where it is no field
    "line": later("line"),
    # how the school of a site is known
    "learnt": later("learnt"),
    "hinted": later("hinted"),
    "by its name": later("by its name"),
}


def term(code: str) -> str:
    """A code that has a word of its own; any other as it is."""
    return say(_TERMS[code]) if code in _TERMS else code
