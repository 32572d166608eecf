"""One login told from start to outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
    where = f"on {host}" if host else "on a page that did not say which it is"
    if trace["started_at"] is not None:
        yield _said(
            f"Numo was clicked {where}, and the browser was sent to Entree.", trace, "start"
        )
    elif host:
        yield _said(f"Numo was clicked {where}.", trace)


def _answer(trace: dict[str, Any]) -> Iterator[dict[str, str]]:
    """What the hub vouched for; nothing of a response that was not verified."""
    if trace["certificate"]:
        yield _said(f"Entree's answer was verified, by certificate {trace['certificate']}….", trace)
    if trace["authority"] or trace["realm"]:
        provider = trace["authority"] or "a provider that the hub does not name"
        yield _said(f"The identity provider was {provider}, with realm {trace['realm']}.", trace)
    if trace["attributes"]:
        yield _said(f"These attributes came: {', '.join(trace['attributes'])}.", trace)
    if trace["affiliations"]:
        yield _said(f"It is a login of: {', '.join(trace['affiliations'])}.", trace)
    if trace["brin"]:
        known = f", which is entrance {trace['entrance']}" if trace["entrance"] else ""
        yield _said(f"The school's BRIN is {trace['brin']}{known}.", trace)
    clock = trace["clock_difference"]
    if clock is not None:
        odd = ", which is far too much" if abs(clock) > _ODD_CLOCK else ""
        side = "ahead of" if clock > 0 else "behind"
        yield _said(f"The hub's clock seemed {abs(clock)} s {side} ours{odd}.", trace)


def _end(trace: dict[str, Any], advice: Advice) -> dict[str, str]:
    detail = f" ({trace['detail']})" if trace["detail"] else ""
    took = ""
    if trace["started_at"] is not None:
        took = f" {max(0, trace['at'] - trace['started_at'])} s after the click."
    return _said(f"{advice.number} {trace['outcome']}{detail}: {advice.what}{took}", trace, "end")


def _said(text: str, trace: dict[str, Any], moment: str = "") -> dict[str, str]:
    at = {"start": trace["started_at"], "end": trace["at"]}.get(moment)
    return {"at": "" if at is None else iso_time(at), "text": text}
