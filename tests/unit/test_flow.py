"""The flow cookie: small, signed, one for each click."""

from __future__ import annotations

import base64
from hashlib import sha256
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import Signer

from numo_sso.flow import (
    COOKIE_PREFIX,
    LIFETIME,
    MAX_AGAIN,
    Flow,
    FlowCookies,
    new_request_id,
)
from numo_sso.targets import MAX_TARGET_BYTES

NOW = 1_795_500_000
KEYS = (b"current" * 5, b"previous" * 4)
COOKIES = FlowCookies(KEYS)
LONGEST = Flow(
    request_id=new_request_id(b"\xff" * 16),
    started_at=NOW,
    target="/" + "x" * (MAX_TARGET_BYTES - 1),
    elo_host="a-long-school-name." * 12 + "itslearning.com",
    held_session="f" * 64,
    other_account=True,
)


def flow(number: int, started_at: int = NOW) -> Flow:
    return Flow(new_request_id(Random(number).randbytes(16)), started_at, "/")  # noqa: S311


def jar(lines: list[str]) -> tuple[tuple[str, str], ...]:
    pairs = [line.split(";")[0].partition("=") for line in lines]
    return tuple((name, value) for name, _, value in pairs if value)


def test_the_whole_line_stays_within_350_bytes() -> None:
    """The largest flow there can be, with its name and every attribute, is at most 350 bytes."""
    line = COOKIES.start(LONGEST, (), NOW)[0]
    assert len(line) <= 350
    read = COOKIES.read(jar([line]))[0]
    assert read.target == LONGEST.target
    assert LONGEST.elo_host.endswith(read.elo_host)


def test_it_arrives_with_a_cross_site_post() -> None:
    """SameSite=None, Secure and HttpOnly, only for our own path, for ten minutes."""
    attributes = COOKIES.start(flow(1), (), NOW)[0].split("; ")[1:]
    assert set(attributes) == {
        "Path=/",
        "Secure",
        "HttpOnly",
        "SameSite=None",
        "Max-Age=600",
    }


@given(
    random=st.binary(min_size=16, max_size=16),
    target=st.text(max_size=25),
    held=st.one_of(st.just(""), st.binary(min_size=32, max_size=32).map(bytes.hex)),
    host=st.from_regex(r"[a-z0-9.-]{0,14}", fullmatch=True),
    other=st.booleans(),
    again=st.integers(0, MAX_AGAIN),
    test=st.booleans(),
)
def test_what_is_packed_is_read_back(**given: Any) -> None:
    """Every flow survives its cookie unchanged."""
    original = Flow(
        new_request_id(given["random"]),
        NOW,
        given["target"],
        given["host"],
        given["held"],
        given["other"],
        again=given["again"],
        test=given["test"],
    )
    assert COOKIES.read(jar(COOKIES.start(original, (), NOW))) == [original]


@given(st.text(max_size=300), st.text(max_size=20))
def test_a_forged_cookie_is_passed_over(value: str, name: str) -> None:
    """No value that was not signed by us is taken for a flow, and none raises."""
    assert COOKIES.read(((COOKIE_PREFIX + name, value),)) == []


def test_a_changed_cookie_is_passed_over() -> None:
    """One changed sign anywhere in the value, or another flow's name, and it is no flow."""
    name, value = jar(COOKIES.start(flow(1), (), NOW))[0]
    for at in range(len(value)):
        other = "A" if value[at] != "A" else "B"
        changed = value[:at] + other + value[at + 1 :]
        read = COOKIES.read(((name, changed),))
        assert read in ([], [flow(1)])  # the last sign of a base64 text may carry unused bits
        assert read == [] or at in (len(value) - 1, value.index(".") - 1)
    assert COOKIES.read(((flow(2).cookie_name, value),)) == []


def test_a_flow_of_the_previous_key_is_still_known() -> None:
    """While the cookie key rolls over, flows signed with the one before are read."""
    line = FlowCookies(KEYS[1:]).start(flow(1), (), NOW)
    assert COOKIES.read(jar(line)) == [flow(1)]
    assert FlowCookies(KEYS[:1]).read(jar(line)) == []


def test_a_browser_holds_four_flows_at_most() -> None:
    """The fifth click clears the oldest flow, and those that expired or cannot be read."""
    held = [flow(number, NOW - number) for number in range(6)]
    cookies = tuple(pair for each in held for pair in jar(COOKIES.start(each, (), NOW)))
    junk = (COOKIE_PREFIX + "junk", "x"), ("elo", "keeps")
    lines = COOKIES.start(flow(9), cookies + junk, NOW)
    cleared = {line.partition("=")[0] for line in lines if "Max-Age=0" in line}
    assert cleared == {each.cookie_name for each in held[3:]} | {junk[0][0]}
    assert all({"SameSite=None", "Path=/"} <= set(line.split("; ")) for line in lines)


def test_of_clicks_within_a_second_the_oldest_go() -> None:
    """A browser sends its oldest cookie first: eight quick clicks leave the last four."""
    cookies: tuple[tuple[str, str], ...] = ()
    clicks = [flow(number) for number in range(8)]
    for each in clicks:
        lines = COOKIES.start(each, cookies, NOW)
        cleared = {line.partition("=")[0] for line in lines[1:]}
        cookies = (*(pair for pair in cookies if pair[0] not in cleared), *jar(lines[:1]))
    assert [name for name, _ in cookies] == [each.cookie_name for each in clicks[-4:]]


def test_an_expired_flow_is_cleared_by_the_next_start() -> None:
    """After ten minutes a flow goes, although there is room."""
    old = flow(1, NOW - LIFETIME)
    lines = COOKIES.start(flow(2), jar(COOKIES.start(old, (), NOW)), NOW)
    assert [line.partition("=")[0] for line in lines[1:]] == [old.cookie_name]


@pytest.mark.parametrize(("age", "expired"), [(0, False), (599, False), (600, True), (-600, False)])
def test_a_flow_lives_ten_minutes(age: int, *, expired: bool) -> None:
    """Ten minutes after its start a flow is over; a start in the far future never was ours."""
    assert flow(1)._replace(started_at=NOW - age).expired(NOW) is expired
    assert flow(1)._replace(started_at=NOW + LIFETIME + 1).expired(NOW)


def signed(packed: bytes) -> str:
    """A value that we signed, whatever is in it."""
    signer = Signer(KEYS[0], salt=b"numo-sso-flow", key_derivation="hmac", digest_method=sha256)
    return signer.sign(base64.urlsafe_b64encode(packed).rstrip(b"=")).decode()


def test_a_flow_outlives_a_deployment() -> None:
    """A class clicks while a new version comes: what the one before signed is read by it."""
    packed = bytes([1, 3 + 4 * 9]) + bytes(range(16)) + NOW.to_bytes(4) + b"\x07" * 32
    value = signed(packed + b"\x08elo.test" + b"/les")
    known = Flow("_AAECAwQFBgcICQoLDA0ODw", NOW, "/les", "elo.test", "07" * 32, True, 9)
    assert COOKIES.read((("__Host-numo_flow_AAECAwQF", value),)) == [known]
    assert jar(COOKIES.start(known, (), NOW)) == (("__Host-numo_flow_AAECAwQF", value),)


@pytest.mark.parametrize(
    "packed",
    [
        b"",
        b"\x01",
        bytes([0, 0]) + bytes(53) + b"/",
        bytes([3, 0]) + bytes(53) + b"/",
        bytes([1, 0]) + bytes(53) + b"\xff",
        bytes([1, 0]) + bytes(52) + b"\x01\xff/",
    ],
)
def test_a_flow_of_another_version_is_passed_over(packed: bytes) -> None:
    """Ours, and of a form that this version does not know."""
    name = new_request_id(bytes(16))[1:9]
    assert COOKIES.read(((COOKIE_PREFIX + name, signed(packed)),)) == []


def test_a_test_is_none_to_whoever_knows_logins_only() -> None:
    """An instance of the version before reads version 1 only: it makes no login of a test."""
    (value,) = (value for _, value in jar(COOKIES.start(flow(1)._replace(test=True), (), NOW)))
    packed = base64.urlsafe_b64decode(value.partition(".")[0] + "==")
    assert packed[0] == 2


def test_failures_beyond_fifteen_are_fifteen() -> None:
    """The count has four bits; a link that says more breaks nothing beside them."""
    (read,) = COOKIES.read(jar(COOKIES.start(flow(1)._replace(again=99), (), NOW)))
    assert read == flow(1)._replace(again=15)


def test_what_a_flow_cannot_carry_is_left_out_or_refused() -> None:
    """Of a long host its end stays, as far as there is room; a target is whole or not at all."""
    (read,) = COOKIES.read(jar(COOKIES.start(LONGEST, (), NOW)[:1]))
    assert len(read.elo_host) + len(read.target) == 114
    (read,) = COOKIES.read(jar(COOKIES.start(LONGEST._replace(elo_host="\u00e9lo.nl"), (), NOW)))
    assert read.elo_host == "lo.nl"
    with pytest.raises(ValueError, match="too long"):
        COOKIES.start(LONGEST._replace(target=LONGEST.target + "x"), (), NOW)


def test_nothing_more_than_the_start_is_known_of_a_flow() -> None:
    """Unless it is said, no page led here, no session was held and nobody asked for another."""
    assert flow(1) == Flow(flow(1).request_id, NOW, "/", "", "", other_account=False)


def test_twenty_cookies_are_cleared_at_once_and_no_more() -> None:
    """The answer stays short however much a browser holds; the next start goes on."""
    held = tuple((f"{COOKIE_PREFIX}{number}", "x") for number in range(25))
    assert len(COOKIES.start(flow(1), held, NOW)) == 21


def test_a_name_that_is_no_cookies_name_is_not_written() -> None:
    """It would end the line, or the header."""
    held = ((f"{COOKIE_PREFIX}a b", "x"), (f"{COOKIE_PREFIX}a;b", "x"), (f"{COOKIE_PREFIX}a", "x"))
    lines = COOKIES.start(flow(1), held, NOW)
    assert [line.partition("=")[0] for line in lines[1:]] == [f"{COOKIE_PREFIX}a"]
