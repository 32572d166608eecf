"""RelayState as a mark of ours: short, signed, and of no use when it is old or made up."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numo_sso.flow import LIFETIME, MAX_AGAIN, Flow, FlowCookies, new_request_id
from numo_sso.relay_state import Mark, RelayStates
from numo_sso.signing import decode, encode, make_signer

NOW = 1_795_500_000
KEYS = (b"current" * 5, b"previous" * 4)
STATES = RelayStates(KEYS)
RANDOM = Random(1).randbytes  # noqa: S311


@given(again=st.integers(0, MAX_AGAIN), test=st.booleans())
def test_what_is_marked_is_read_back_within_80_bytes(again: int, *, test: bool) -> None:
    """Both parts of a mark, and the bound of the binding (SAML 2.0 Bindings, 3.4.3)."""
    text = STATES.make(Mark(again, test), RANDOM, NOW)
    assert len(text) <= 80
    assert STATES.read(text, NOW) == Mark(again, test)


def test_no_two_are_the_same() -> None:
    assert len({STATES.make(Mark(), RANDOM, NOW) for _ in range(20)}) == 20


@pytest.mark.parametrize(
    ("age", "known"),
    [(-LIFETIME, True), (LIFETIME - 1, True), (LIFETIME, False), (-LIFETIME - 1, False)],
)
def test_it_lives_as_long_as_a_flow(age: int, *, known: bool) -> None:
    """A page of the hub that somebody kept says nothing the next day."""
    text = STATES.make(Mark(again=2), RANDOM, NOW)
    assert (STATES.read(text, NOW + age) == Mark(again=2)) is known


def test_the_previous_key_is_still_known() -> None:
    """A class is under way while the cookie key changes."""
    assert RelayStates((b"next" * 8, KEYS[0])).read(STATES.make(Mark(1), RANDOM, NOW), NOW).again


@given(at=st.integers(0, 23), flip=st.integers(1, 255))
def test_a_changed_mark_is_none(at: int, flip: int) -> None:
    """Nobody turns a first failure into a second, or a login into a test."""
    payload, _, signature = STATES.make(Mark(), RANDOM, NOW).rpartition(".")
    raw = bytearray(decode(payload))
    raw[at % len(raw)] ^= flip
    assert STATES.read(f"{encode(bytes(raw))}.{signature}", NOW) == Mark()


@pytest.mark.parametrize("text", ["", ".", "any", "\u00e9.x", "x" * 5000, "AAAA.BBBB"])
def test_what_is_not_ours_says_nothing(text: str) -> None:
    """Whatever somebody posts as a RelayState."""
    assert STATES.read(text, NOW) == Mark()


@pytest.mark.parametrize("packed", [b"", b"\x01\x01", bytes([2, 1]) + NOW.to_bytes(4) + bytes(12)])
def test_one_of_another_form_says_nothing(packed: bytes) -> None:
    """Signed by us, and of a version that this one does not know."""
    text = make_signer(KEYS, b"numo-sso-relay").sign(encode(packed)).decode()
    assert STATES.read(text, NOW) == Mark()


def test_a_mark_outlives_a_deployment() -> None:
    """A class is at the hub while a new version comes: what the one before signed is read by it."""
    packed = bytes([1, 128 | 3]) + NOW.to_bytes(4) + bytes(12)
    text = make_signer(KEYS, b"numo-sso-relay").sign(encode(packed)).decode()
    assert STATES.read(text, NOW) == Mark(again=3, test=True)


def test_nothing_is_known_without_a_mark() -> None:
    """No failure before, and a login."""
    assert Mark() == Mark(again=0, test=False)


def test_a_flow_cookie_is_no_mark() -> None:
    """The same key signs both; the salt keeps them apart."""
    line = FlowCookies(KEYS).start(Flow(new_request_id(bytes(16)), NOW, "/"), (), NOW)[0]
    assert STATES.read(line.partition("=")[2].partition(";")[0], NOW) == Mark()
