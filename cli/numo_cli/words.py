"""The function's words in the command's own: it names actions and fields, people type options."""

from __future__ import annotations

import re

_ACTION = re.compile(
    r"\b(school\.(?:activate|suspend|resume|show|list)|users\.import"
    r"|keys\.(?:create|list|promote|publish|retire)"
    r"|metadata\.(?:confirm|refresh|restore|show)|sessions\.revoke_all)\b"
    r"(?: with ((?:create and name|shared|document)\b))?"
    r"(?: for ([a-z0-9-]+))?"
)
_FIELDS = {
    "create and name": "--create --name NAME",
    "shared": "--shared",
    "document": "--file FILE",
}
_BY_OPTION = {"school.activate": "--entrance", "users.import": "FILE --entrance"}
"""What precedes the entrance where it is not the argument."""


def as_typed(line: str) -> str:
    """``school.resume for petteflat`` as ``school resume petteflat``."""
    return _ACTION.sub(_typed, line)


def _typed(found: re.Match[str]) -> str:
    action, fields, entrance = found.groups()
    words = [action.replace(".", " ").replace("_", "-")]
    if entrance:
        words += [_BY_OPTION[action]] if action in _BY_OPTION else []
        words.append(entrance)
    return " ".join([*words, _FIELDS[fields]] if fields else words)
