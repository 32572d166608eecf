"""Names that are no ``__Host-`` cookie to a browser, and become one where a server trims them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attack.case import Seen, bad_story, story_table
from attack.families.session_cookies import ask, log_in

if TYPE_CHECKING:
    from attack.bench import Bench
    from attack.case import Play

CHAOS = "PortSwigger Research, Cookie Chaos: How to bypass __Host and __Secure prefixes, 2025"
_SESSION = "__Host-numo_session"
_LATIN = {
    "a-no-break-space": "\u00a0",
    "a-next-line": "\u0085",
    "a-file-separator": "\x1c",
    "a-unit-separator": "\x1f",
    "a-form-feed": "\f",
}
_BEYOND = {
    "an-en-quad": "\u2000",
    "a-thin-space": "\u2009",
    "a-line-separator": "\u2028",
    "an-ideographic-space": "\u3000",
    "an-ogham-space": "\u1680",
    "a-byte-order-mark": "\ufeff",
    "a-zero-width-space": "\u200b",
}


def _session_behind(sign: str) -> tuple[Play, str]:
    def play(bench: Bench) -> Seen:
        attacker = bench.stranger()
        return ask(bench, (sign + _SESSION, log_in(attacker)))

    return play, "none, or it is over"


def _flow_behind(sign: str) -> tuple[Play, str]:
    def play(bench: Bench) -> Seen:
        attacker = bench.stranger()
        ((name, value),) = attacker.browser.sends(cross_site_post=True)
        return bench.post(attacker.good(), ((sign + name, value),))

    return play, "no flow cookie for this response, 0 others"


# A sibling host sets such a name for the whole domain. Read as ours it logs a pupil in as whoever
# planted it.
for _signs, _only in ((_LATIN, ""), (_BEYOND, "process")):
    story_table(
        __name__,
        CHAOS,
        "session-missing",
        {f"session-behind-{name}": _session_behind(sign) for name, sign in _signs.items()},
        only=_only,
    )
    story_table(
        __name__,
        CHAOS,
        "flow-missing",
        {f"flow-behind-{name}": _flow_behind(sign) for name, sign in _signs.items()},
        only=_only,
    )


@bad_story(CHAOS, "session-missing", "none, or it is over")
def a_session_in_the_value_of_another(bench: Bench) -> Seen:
    """Quotes of an old standard do not hold several cookies, nor does a name that is empty."""
    value = log_in(bench.stranger())
    old = (("$Version", "1"), ("x", f'"1; {_SESSION}'), ("", f"{_SESSION}={value}"))
    return ask(bench, *old)


@bad_story(CHAOS, "session-missing", "none, or it is over")
def a_session_behind_a_second_sign(bench: Bench) -> Seen:
    """The first sign of equality ends a name, wherever others stand."""
    value = log_in(bench.stranger())
    return ask(bench, ("=__Host-numo_session", value), (f"{_SESSION}=", value), ("x", f"={value}"))
