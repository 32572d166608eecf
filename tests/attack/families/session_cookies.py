"""The cookie of a session: planted, doubled, made up, or of a host that is not ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from attack.case import Seen, bad_story, good_story, story_table
from attack.in_process import world_of
from attack.sources import SQUARCINA

if TYPE_CHECKING:
    from attack.bench import Bench
    from attack.case import Play
    from kit.memory import MemorySessions
    from numo_sso.sessions import SessionRecord

FIXATION = "CWE-384; OWASP Testing Guide 4.6.3, Testing for Session Fixation"
LOG_OUT = "OWASP Testing Guide 4.6.6, Testing for Logout Functionality"
TIMEOUT = "OWASP Testing Guide 4.6.7, Testing Session Timeout"
_SESSION = "__Host-numo_session"
_MISSING = "none, or it is over"
_TWO = "two session cookies"


def log_in(bench: Bench) -> str:
    """A good login, and the value of its session."""
    assert bench.post(bench.good()).outcome == "logged-in"
    return bench.browser.cookies[_SESSION]


def ask(bench: Bench, *cookies: tuple[str, str]) -> Seen:
    return bench.get("/v1/session", cookies=cookies)


@bad_story(f"{FIXATION}; {SQUARCINA}", "session-missing", _MISSING)
def an_attackers_own_session_before_the_start(bench: Bench) -> Seen:
    """A pupil who starts with it gets another, and the planted one is over everywhere."""
    attacker = bench.stranger()
    planted = log_in(attacker)
    bench.browser.cookies[_SESSION] = planted
    tab = bench.second_tab()
    assert log_in(tab) != planted
    assert ask(bench, (_SESSION, tab.browser.cookies[_SESSION])).outcome == "session-answered"
    return ask(attacker, (_SESSION, planted))


@bad_story(FIXATION, "session-missing", _MISSING)
def a_value_of_the_attackers_choice(bench: Bench) -> Seen:
    """A value that we did not make becomes no session by a login."""
    bench.browser.cookies[_SESSION] = "x" * 43
    tab = bench.second_tab()
    assert log_in(tab) != "x" * 43
    return ask(bench, (_SESSION, "x" * 43))


@bad_story(FIXATION, "session-missing", _MISSING)
def the_session_that_a_refusal_ended(bench: Bench) -> Seen:
    """On a shared computer the next pupil is refused, and the last one's session is over too."""
    value = log_in(bench)
    tab = bench.second_tab()
    refused = tab.post(tab.made(attributes={}))
    assert refused.outcome == "realid-missing"
    return ask(bench, (_SESSION, value))


@bad_story(LOG_OUT, "session-missing", _MISSING)
def the_session_after_its_log_out(bench: Bench) -> Seen:
    """Its value is worth nothing to whoever kept it."""
    value = log_in(bench)
    headers = {"origin": bench.arena.urls.public_url}
    assert bench.send("POST", "/v1/sso/logout", headers=headers).outcome == "logged-out"
    return ask(bench, (_SESSION, value))


@bad_story(
    TIMEOUT,
    "session-missing",
    _MISSING,
    only="process",
)
def the_session_after_its_idle_time(bench: Bench) -> Seen:
    """A pupil who walked away is logged out, whatever their browser keeps."""
    value = log_in(bench)
    world_of(bench).now += 2_700
    return ask(bench, (_SESSION, value))


@bad_story(SQUARCINA, "session-ambiguous", _TWO)
def two_sessions(bench: Bench) -> Seen:
    """One was planted; to choose is to choose the attacker's half of the time."""
    value = log_in(bench)
    seen = ask(bench, (_SESSION, value), (_SESSION, "x" * 43))
    assert any(line.startswith(f"{_SESSION}=;") for line in seen.cookies)
    return seen


@bad_story(SQUARCINA, "session-ambiguous", _TWO)
def the_same_session_twice(bench: Bench) -> Seen:
    """What comes twice came from two places."""
    value = log_in(bench)
    return ask(bench, (_SESSION, value), (_SESSION, value))


@bad_story(SQUARCINA, "session-ambiguous", _TWO)
def two_sessions_one_empty(bench: Bench) -> Seen:
    """An empty one too."""
    return ask(bench, (_SESSION, ""), (_SESSION, log_in(bench)))


def _made_up(value: str, name: str = _SESSION) -> tuple[Play, str]:
    return (lambda bench: ask(bench, (name, value))), _MISSING


# A value that cannot be a session's is none, and costs no look-up.
_MALFORMED = {
    "empty": "",
    "short": "x" * 42,
    "long": "x" * 44,
    "of-a-kilobyte": "x" * 1024,
    "of-the-other-alphabet": "x" * 41 + "+/",
    "with-a-blank": "x" * 42 + " x",
    "of-sql": "' OR '1'='1' --".ljust(43, "x"),
    "of-a-document-store": '{"S":"x"}'.ljust(43, "x"),
    "of-a-path": "../../../../etc/passwd".ljust(43, "x"),
    "in-quotes": f'"{"x" * 41}"',
    "percent-encoded": "%78" * 14 + "x",
    "of-signs-beyond-ascii": "\u00e9" * 43,
}

story_table(
    __name__,
    "OWASP Testing Guide 4.6.1, Testing for Session Management Schema",
    "session-missing",
    {name: _made_up(value) for name, value in _MALFORMED.items()}
    | {"made-up": _made_up("x" * 43), "of-zeros": _made_up("A" * 43)},
)


@bad_story("CWE-400", "session-missing", _MISSING, only="process")
def malformed_values_cost_no_look_up(bench: Bench) -> Seen:
    """Junk is told from a session before storage is asked."""
    sessions = _Counting(world_of(bench).sessions)
    world_of(bench).sessions = sessions
    for value in _MALFORMED.values():
        seen = ask(bench, (_SESSION, value))
        assert seen.outcome == "session-missing"
    assert sessions.asked == 0
    return seen


@dataclass
class _Counting:
    """Sessions that count who asks for them."""

    sessions: MemorySessions
    asked: int = 0

    def find(self, digest: str) -> SessionRecord | None:
        self.asked += 1
        return self.sessions.find(digest)


@bad_story(SQUARCINA, "session-missing", _MISSING)
def a_session_under_the_domains_name(bench: Bench) -> Seen:
    """A neighbour can set this name for the whole domain, so on this host it is nobody's."""
    return ask(bench, ("numo_session", log_in(bench)))


@bad_story(SQUARCINA, "session-missing", _MISSING)
def a_session_under_another_prefix(bench: Bench) -> Seen:
    """Nor is one of a prefix that promises less."""
    return ask(bench, ("__Secure-numo_session", log_in(bench)))


@bad_story(SQUARCINA, "session-missing", _MISSING)
def a_session_under_a_name_of_another_case(bench: Bench) -> Seen:
    """Browsers of old read prefixes by their letters: this one was set by anybody."""
    return ask(bench, ("__HOST-numo_session", log_in(bench)))


@bad_story("OWASP Testing Guide 4.6.1", "session-missing", _MISSING)
def the_flows_cookie_as_a_session(bench: Bench) -> Seen:
    """What is signed for one purpose is good for no other."""
    ((_, value),) = bench.browser.sends(cross_site_post=True)
    return ask(bench, (_SESSION, value))


@good_story(SQUARCINA, "session-answered")
def a_cookie_of_the_whole_domain_beside(bench: Bench) -> Seen:
    """It is passed over, and keeps nobody out."""
    value = log_in(bench)
    return ask(bench, ("numo_session", "x" * 43), (_SESSION, value), ("numo_session", value))


@good_story(SQUARCINA)
def two_planted_sessions_before_the_start(bench: Bench) -> Seen:
    """Neither counts, both are cleared, and the login goes on to one of its own."""
    planted = ((_SESSION, "x" * 43), (_SESSION, "y" * 43))
    started = bench.get("/v1/sso", cookies=planted)
    assert any(line.startswith(f"{_SESSION}=;") for line in started.cookies)
    tab = bench.second_tab()
    return tab.post(tab.good())


@good_story("SAML 2.0 Core 3.4.1: ForceAuthn", "same-person")
def another_account_that_is_the_same(bench: Bench) -> Seen:
    """Not you? The elo says that it is."""
    log_in(bench)
    tab = bench.second_tab("?other=1")
    return tab.post(tab.good())


@good_story("SAML 2.0 Core 3.4.1: ForceAuthn")
def another_account_where_none_was(bench: Bench) -> Seen:
    """Whoever asks for another account, and had none, gets the one that comes."""
    tab = bench.second_tab("?other=1&target=/lesson")
    return tab.post(tab.good())
