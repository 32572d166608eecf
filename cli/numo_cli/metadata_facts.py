"""The answer to ``metadata show``, as people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numo_cli.screen import day
from numo_cli.speech import counted, say

if TYPE_CHECKING:
    from numo_cli.screen import Table

_HOUR = 3600


def facts(data: dict[str, Any]) -> list[Table]:
    """Tables of what is in force and what waits, then of the last check and of the history."""
    named = ((say("In force"), "in_force"), (say("Waits to be confirmed"), "pending"))
    return [
        *(([name, ""], _digest(data[key])) for name, key in named if data[key]),
        ([say("Checked"), ""], _check(data)),
        (
            [say("Version"), say("Since"), say("Logins start at"), say("Certificates")],
            [_version(each) for each in data["versions"]],
        ),
    ]


def _digest(digest: dict[str, Any]) -> list[list[object]]:
    return [
        [say("Entity"), digest["entity_id"]],
        [say("Logins start at"), digest["sso_url"]],
        [say("Fetched"), digest["fetched_at"]],
        *([say("Certificate"), _certificate(each)] for each in digest["certificates"]),
    ]


def _certificate(certificate: dict[str, Any]) -> str:
    period = {
        "sha256": certificate["sha256"],
        "since": day(certificate["not_before"]),
        "until": day(certificate["not_after"]),
    }
    if not certificate["valid_now"]:
        return say("{sha256}  {since} to {until}, not valid", **period)
    return counted(
        "{sha256}  {since} to {until}, {number} day left",
        "{sha256}  {since} to {until}, {number} days left",
        certificate["days_left"],
        **period,
    )


def _check(data: dict[str, Any]) -> list[list[object]]:
    checked = data["checked"]
    source: list[object] = [say("Metadata"), data["url"]]
    if checked is None:
        return [source, [say("Last check"), say("never")]]
    told = " ".join(filter(None, (checked["code"], checked["message"])))
    return [
        source,
        [say("Last check"), f"{checked['at']} {told}"],
        [say("Last good one"), _good(checked["good_at"], data["age_seconds"])],
    ]


def _good(at: str | None, age: float | None) -> str:
    if not at or age is None:
        return at or say("never")
    return counted("{at}, {number} hour ago", "{at}, {number} hours ago", round(age / _HOUR), at=at)


def _version(version: dict[str, Any]) -> list[object]:
    """Fingerprints by their beginning: in full they are with what is in force."""
    prints = " ".join(each[:16] for each in version.get("certificates_sha256", []))
    return [version["version"], version["at"], version.get("sso_url", say("unreadable")), prints]
