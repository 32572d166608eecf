"""The answer to ``metadata show``, as people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numo_cli.screen import day
from numo_cli.speech import say

if TYPE_CHECKING:
    from numo_cli.screen import Table

_HOUR = 3600


def facts(data: dict[str, Any]) -> list[Table]:
    """Tables of what is in force and what waits, then of the last check and of the history."""
    named = ((say("In force"), "in_force"), (say("Waits to be confirmed"), "pending"))
    return [
        *(([name, ""], _digest(data[key])) for name, key in named if data[key]),
        (["Checked", ""], _check(data)),
        (
            ["Version", "Since", say("Logins start at"), "Certificates"],
            [_version(each) for each in data["versions"]],
        ),
    ]


def _digest(digest: dict[str, Any]) -> list[list[object]]:
    return [
        ["Entity", digest["entity_id"]],
        [say("Logins start at"), digest["sso_url"]],
        ["Fetched", digest["fetched_at"]],
        *(["Certificate", _certificate(each)] for each in digest["certificates"]),
    ]


def _certificate(certificate: dict[str, Any]) -> str:
    period = say(
        "{day} to {day2}", day=day(certificate["not_before"]), day2=day(certificate["not_after"])
    )
    left = say("{days_left} days left", days_left=certificate["days_left"])
    return f"{certificate['sha256']}  {period}, {left if certificate['valid_now'] else 'not valid'}"


def _check(data: dict[str, Any]) -> list[list[object]]:
    checked = data["checked"]
    if checked is None:
        return [["Metadata", data["url"]], [say("Last check"), "never"]]
    told = " ".join(filter(None, (checked["code"], checked["message"])))
    age = data["age_seconds"]
    good = checked["good_at"] or "never"
    return [
        ["Metadata", data["url"]],
        [say("Last check"), f"{checked['at']} {told}"],
        [
            say("Last good one"),
            good
            if age is None
            else say("{good}, {part:.0f} hours ago", good=good, part=age / _HOUR),
        ],
    ]


def _version(version: dict[str, Any]) -> list[object]:
    """Fingerprints by their beginning: in full they are with what is in force."""
    prints = " ".join(each[:16] for each in version.get("certificates_sha256", []))
    return [version["version"], version["at"], version.get("sso_url", "unreadable"), prints]
