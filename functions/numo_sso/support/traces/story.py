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
    if trace["started_at"] is not None:
        clicked = (
            say("Numo was clicked on {host}, and the browser was sent to Entree.", host=host)
            if host
            else say(
                "Numo was clicked on a page that did not say which it is, and the browser was sent "
                "to Entree."
            )
        )
        yield _said(clicked, trace, "start")
    elif host:
        yield _said(say("Numo was clicked on {host}.", host=host), trace)


def _answer(trace: dict[str, Any]) -> Iterator[dict[str, str]]:
    """What the hub vouched for; nothing of a response that was not verified."""
    for text in (_verified(trace), *_provider(trace), _school(trace), _clock(trace)):
        if text:
            yield _said(text, trace)


def _verified(trace: dict[str, Any]) -> str:
    certificate = trace["certificate"]
    if not certificate:
        return ""
    return say(
        "Entree's answer was verified, by certificate {certificate}….", certificate=certificate
    )


def _provider(trace: dict[str, Any]) -> Iterator[str]:
    if trace["authority"] or trace["realm"]:
        yield say(
            "The identity provider was {provider}, with realm {realm}.",
            provider=trace["authority"] or say("a provider that the hub does not name"),
            realm=trace["realm"],
        )
    if trace["attributes"]:
        names = ", ".join(trace["attributes"])
        yield say("These attributes came: {attributes}.", attributes=names)
    if trace["affiliations"]:
        names = ", ".join(trace["affiliations"])
        yield say("It is a login of: {affiliations}.", affiliations=names)


def _school(trace: dict[str, Any]) -> str:
    if not trace["brin"]:
        return ""
    if not trace["entrance"]:
        return say("The school's BRIN is {brin}.", brin=trace["brin"])
    return say(
        "The school's BRIN is {brin}, which is entrance {entrance}.",
        brin=trace["brin"],
        entrance=trace["entrance"],
    )


def _clock(trace: dict[str, Any]) -> str:
    clock = trace["clock_difference"]
    if clock is None:
        return ""
    seconds = abs(clock)
    if clock > _ODD_CLOCK:
        return say(
            "The hub's clock seemed {seconds} s ahead of ours, which is far too much.",
            seconds=seconds,
        )
    if clock < -_ODD_CLOCK:
        return say(
            "The hub's clock seemed {seconds} s behind ours, which is far too much.",
            seconds=seconds,
        )
    if clock > 0:
        return say("The hub's clock seemed {seconds} s ahead of ours.", seconds=seconds)
    return say("The hub's clock seemed {seconds} s behind ours.", seconds=seconds)


def _end(trace: dict[str, Any], advice: Advice) -> dict[str, str]:
    detail = f" ({trace['detail']})" if trace["detail"] else ""
    told = [f"{advice.number} {trace['outcome']}{detail}: {advice.what}"]
    if trace["result"]:
        told.append(say("A login would have ended in {result}.", result=trace["result"]))
    if trace["started_at"] is not None:
        seconds = max(0, trace["at"] - trace["started_at"])
        told.append(say("{seconds} s after the click.", seconds=seconds))
    return _said(" ".join(told), trace, "end")


def _said(text: str, trace: dict[str, Any], moment: str = "") -> dict[str, str]:
    at = {"start": trace["started_at"], "end": trace["at"]}.get(moment)
    return {"at": "" if at is None else iso_time(at), "text": text}
