"""Cookies: junk is passed over, and what was ours is found among it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from numo_sso.cookies import parse_cookies, values_of
from numo_sso.flow import COOKIE_PREFIX, LIFETIME, MAX_AGAIN, Flow, FlowCookies, new_request_id
from numo_sso.outcomes import Refused
from numo_sso.sessions import SessionCookie, digest_of, new_value

NOW = 1_795_500_000
COOKIES = FlowCookies((b"current" * 5, b"previous" * 4))
SESSION = SessionCookie("", "api.numo.example")

flows = st.builds(
    Flow,
    request_id=st.binary(min_size=16, max_size=16).map(new_request_id),
    started_at=st.integers(NOW - LIFETIME + 1, NOW),
    target=st.text(max_size=25),
    elo_host=st.from_regex(r"[a-z0-9.-]{0,14}", fullmatch=True),
    held_session=st.one_of(st.just(""), st.binary(min_size=32, max_size=32).map(bytes.hex)),
    other_account=st.booleans(),
    again=st.integers(0, MAX_AGAIN),
    test=st.booleans(),
)
names = st.one_of(st.text(max_size=20), st.text(max_size=10).map(COOKIE_PREFIX.__add__))
junk = st.lists(
    st.one_of(st.text(max_size=40), st.tuples(names, st.text(max_size=300)).map("=".join)),
    max_size=6,
)


def sent(lines: list[str]) -> list[str]:
    return [line.partition(";")[0] for line in lines if "Max-Age=0" not in line]


@given(flow=flows, before=junk, behind=junk)
def test_a_start_is_found_again_among_junk(
    flow: Flow, before: list[str], behind: list[str]
) -> None:
    """Whatever else the browser sends, the flow of the start comes back as it was."""
    held = parse_cookies([*before, *behind])
    lines = COOKIES.start(flow, held, NOW)
    found = COOKIES.read(parse_cookies([*before, *sent(lines), *behind]))
    assert found == [flow]


@given(junk)
def test_junk_is_no_flow_and_never_raises(cookies: list[str]) -> None:
    """Nothing that we did not sign is a flow."""
    assert COOKIES.read(parse_cookies(cookies)) == []


@given(st.lists(flows, max_size=8, unique_by=lambda flow: flow.cookie_name), flows, junk)
@example([], Flow(new_request_id(b"x" * 16), NOW, "/"), [f"{COOKIE_PREFIX}\rX: y=z"])
def test_no_line_of_a_start_can_be_split(held: list[Flow], flow: Flow, others: list[str]) -> None:
    """Every Set-Cookie is one short line of plain signs, also where a name is cleared."""
    jar = [pair for each in held for pair in sent(COOKIES.start(each, (), NOW))]
    for line in COOKIES.start(flow, parse_cookies([*jar, *others]), NOW):
        assert line.isascii()
        assert line.isprintable()
        assert len(line) <= 350


@given(name=st.text(max_size=2000), value=st.text(max_size=2000))
def test_oversize_and_strange_cookies_are_only_passed_over(name: str, value: str) -> None:
    """Also a name of ours with two thousand signs behind it."""
    held = ((COOKIE_PREFIX + name, value), (name, value))
    assert COOKIES.read(held) == []
    with suppress(Refused):
        assert SESSION.digest(held) == ""


@given(st.binary(min_size=32, max_size=32), junk)
def test_the_session_cookie_is_found_among_junk(random: bytes, cookies: list[str]) -> None:
    """One of the name is the session; two are refused, whatever they hold."""
    value = new_value(lambda _: random)
    ours = f"{SESSION.name}={value}"
    parsed = parse_cookies([*cookies, ours])
    assert value in values_of(parsed, SESSION.name)
    if len(values_of(parsed, SESSION.name)) == 1:
        assert SESSION.digest(parsed) == digest_of(value)
        return
    with pytest.raises(Refused) as refused:
        SESSION.digest(parsed)
    assert refused.value.outcome.code == "session-ambiguous"
