"""One login told from start to outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numo_sso.support.speech import say
from numo_sso.times import iso_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numo_sso.support.traces.advice import Advice

_ODD_CLOCK = 30
"""Seconds; beyond that somebody's clock is wrong."""


def tell(trace: dict[str, Any], advice: Advice) -> list[dict[str, str]]:
    """The story as lines with a time (ISO, empty where none is known) and what happened then."""
    return [*_start(trace), *_answer(trace), _end(trace, advice)]


def _start(trace: dict[str, Any]) -> Iterator[dict[str, str]]:
    host = trace["elo_host"]
    where = say("on {host}", host=host) if host else say("on a page that did not say which it is")
    if trace["started_at"] is not None:
        yield _said(
            say("Numo was clicked {where}, and the browser was sent to Entree.", where=where),
            trace,
            "start",
        )
    elif host:
        yield _said(say("Numo was clicked {where}.", where=where), trace)


def _answer(trace: dict[str, Any]) -> Iterator[dict[str, str]]:
    """What the hub vouched for; nothing of a response that was not verified."""
    if trace["certificate"]:
        yield _said(
            say(
                "Entree's answer was verified, by certificate {certificate}….",
                certificate=trace["certificate"],
            ),
            trace,
        )
    if trace["authority"] or trace["realm"]:
        provider = trace["authority"] or say("a provider that the hub does not name")
        yield _said(
            say(
                "The identity provider was {provider}, with realm {realm}.",
                provider=provider,
                realm=trace["realm"],
            ),
            trace,
        )
    if trace["attributes"]:
        yield _said(
            say("These attributes came: {listed}.", listed=", ".join(trace["attributes"])), trace
        )
    if trace["affiliations"]:
        yield _said(
            say("It is a login of: {listed}.", listed=", ".join(trace["affiliations"])), trace
        )
    if trace["brin"]:
        known = (
            say(", which is entrance {entrance}", entrance=trace["entrance"])
            if trace["entrance"]
            else ""
        )
        yield _said(
            say("The school's BRIN is {brin}{known}.", brin=trace["brin"], known=known), trace
        )
    clock = trace["clock_difference"]
    if clock is not None:
        odd = say(", which is far too much") if abs(clock) > _ODD_CLOCK else ""
        side = say("ahead of") if clock > 0 else "behind"
        yield _said(
            say(
                "The hub's clock seemed {abs} s {side} ours{odd}.",
                abs=abs(clock),
                side=side,
                odd=odd,
            ),
            trace,
        )


def _end(trace: dict[str, Any], advice: Advice) -> dict[str, str]:
    detail = f" ({trace['detail']})" if trace["detail"] else ""
    took = ""
    if trace["started_at"] is not None:
        took = say(" {max} s after the click.", max=max(0, trace["at"] - trace["started_at"]))
    result = trace["result"]
    told = say(" A login would have ended in {result}.", result=result) if result else ""
    text = f"{advice.number} {trace['outcome']}{detail}: {advice.what}{told}{took}"
    return _said(text, trace, "end")


def _said(text: str, trace: dict[str, Any], moment: str = "") -> dict[str, str]:
    at = {"start": trace["started_at"], "end": trace["at"]}.get(moment)
    return {"at": "" if at is None else iso_time(at), "text": text}
