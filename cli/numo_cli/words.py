"""The function's words in the command's own: it names actions and fields, people type options."""

from __future__ import annotations

import re

_FIELDS = {
    "create and name": "--create --name NAME",
    "create en name": "--create --name NAME",
    "authority and realm": "--authority AUTHORITY --realm REALM",
    "authority en realm": "--authority AUTHORITY --realm REALM",
    "shared": "--shared",
    "document": "--file FILE",
}
_ACTION = re.compile(
    r"\b(school\.(?:activate|request|rename|suspend|resume|show|list|check|report|mail|match_rule)"
    r"|school\.brin_(?:add|end|move)|school\.realm_(?:add|end|enforce|learn|list)"
    r"|users\.(?:disable|enable|erase|export|find|import|link_from_proposals|link|show|unlink|idgebr)"
    r"|keys\.(?:create|list|promote|publish|retire)"
    r"|metadata\.(?:confirm|refresh|restore|show)|sessions\.revoke_all|session\.(?:list|revoke)"
    r"|trace\.(?:show|list|left_at_hub|refused_code))\b"
    rf"((?: (?:with|met) (?:{'|'.join(_FIELDS)})\b| (?:for|voor) [a-z0-9-]+){{0,2}})"
)
_FOR = re.compile(r" (?:for|voor) ([a-z0-9-]+)")
_WITH = re.compile(r" (?:with|met) (.+?)(?= (?:for|voor) |$)")
_OTHERWISE = {
    "trace.refused_code": "trace code",
    "users.link_from_proposals": "users link --from-proposals",
}
"""Actions whose command has another name."""
_GROUP = re.compile(r"\b(realm|brin)_")
_ALONE = re.compile(r"\b(no_authority|end_sessions|(?:with|met) (?:force|move)|dry_run)\b")
"""Fields that are named without their action."""
_OPTIONS = {
    "no_authority": "--no-authority",
    "end_sessions": "--end-sessions",
    "with force": "with --yes",
    "met force": "met --yes",
    "with move": "with --move",
    "met move": "met --move",
    "dry_run": "--dry-run",
}
_ONE_USER = ("disable", "enable", "erase", "show", "unlink")
_BY_OPTION = {
    "school.activate": "--entrance",
    "users.export": "--entrance",
    "users.find": "TEXT --entrance",
    "users.idgebr": "FILE --entrance",
    "users.import": "FILE --entrance",
    **{f"users.{each}": "CODE --entrance" for each in _ONE_USER},
    "users.link": "CODE IDGEBR --entrance",
}
"""What precedes the entrance where it is not the argument."""


def as_typed(line: str) -> str:
    """``school.resume for petteflat`` as ``school resume petteflat``; in Dutch it says ``voor``."""
    return _ALONE.sub(lambda found: _OPTIONS[found[0]], _ACTION.sub(_typed, line))


def _typed(found: re.Match[str]) -> str:
    action, rest = found.groups()
    plain = _GROUP.sub(r"\1 ", action.replace(".", " ")).replace("_", "-")
    words = [_OTHERWISE.get(action, plain)]
    if entrance := _FOR.search(rest):
        words += [_BY_OPTION[action]] if action in _BY_OPTION else []
        words.append(entrance[1])
    if fields := _WITH.search(rest):
        words.append(_FIELDS[fields[1]])
    return " ".join(words)
