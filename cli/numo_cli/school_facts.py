"""A school as people read it: in a line of many, or with all its facts."""

from __future__ import annotations

from typing import Any

from numo_cli.screen import day
from numo_cli.speech import say
from numo_cli.terms import term

COLUMNS = (
    say("Entrance"), say("Name"), say("State"), "BRIN", say("Changed"), say("Ticket"),
)  # fmt: skip


def row(school: dict[str, Any]) -> list[object]:
    """A school in one line."""
    brins = " ".join(school["brins_in_force"]) or school["requested_brin"]
    changed = day(school["updated_at"])
    state = term(school["state"])
    return [school["entrance"], school["name"], state, brins, changed, school["ticket"]]


def facts(school: dict[str, Any]) -> list[list[object]]:
    """A school with its BRINs, a line each."""
    brins = [[f"BRIN {each['brin']}", _period(each)] for each in school["brins"]]
    return [
        [say("Entrance"), school["entrance"]],
        [say("State"), term(school["state"])],
        *([[say("Asked with"), school["requested_brin"]]] if school["requested_brin"] else []),
        *brins,
        [
            say("Users"),
            say(
                "{users}, {linked} with an IDGebr",
                users=school["users"],
                linked=school["users_idgebr"],
            ),
        ],
        [say("Matches by"), school["match_rule"]],
        [say("Providers"), _providers(school)],
        [say("Changed"), f"{day(school['updated_at'])} {school['ticket'] or ''}".rstrip()],
    ]


def _providers(school: dict[str, Any]) -> str:
    return say(
        "{accepted} accepted, {learned} learned, mode {mode}; {waiting} waiting",
        accepted=len(school["pairs"]),
        learned=school["pairs_learned"],
        mode=school["pair_mode"],
        waiting=school["pairs_waiting"],
    )


def _period(brin: dict[str, Any]) -> str:
    since, until = brin["since"], brin["until"]
    if since and until:
        return say("since {since}, until {until}", since=since, until=until)
    if until:
        return say("always, until {until}", until=until)
    return say("since {since}", since=since) if since else say("always")
