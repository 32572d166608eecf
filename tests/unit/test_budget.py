"""Budgets of failures, and what counts as one source."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numo_sso.login import budget
from numo_sso.login.budget import Budget, source_of

MOMENTS = st.lists(st.floats(0, 1e6, allow_nan=False), max_size=60)


class TestBudget:
    def test_it_runs_out_and_fills_again(self) -> None:
        """So many at once, and then one for so many seconds."""
        bucket = Budget(failures=3, seconds=10)
        assert [bucket.take("a", 0) for _ in range(5)] == [True, True, True, False, False]
        assert not bucket.take("a", 9.9)
        assert bucket.take("a", 10)
        assert not bucket.take("a", 10)

    def test_each_key_has_its_own(self) -> None:
        """One school's failures are not another's."""
        bucket = Budget(failures=1, seconds=10)
        bucket.spend("a", 0)
        assert bucket.spent("a", 0)
        assert not bucket.spent("b", 0)

    def test_a_clock_that_goes_back_gives_nothing(self) -> None:
        """A time before the last one is as good as that one."""
        bucket = Budget(failures=1, seconds=10)
        bucket.spend("a", 100)
        assert bucket.spent("a", 0)

    @given(MOMENTS)
    def test_never_more_than_its_rate(self, moments: list[float]) -> None:
        """However the tries lie: no more pass than the bucket held and what ran in since."""
        bucket = Budget(failures=3, seconds=10)
        passed = [at for at in sorted(moments) if bucket.take("a", at)]
        for first in range(len(passed)):
            for last in range(first, len(passed)):
                held = 3 + (passed[last] - passed[first]) / 10
                assert last - first + 1 <= held + 1e-6

    @given(MOMENTS, st.floats(0, 1e6, allow_nan=False))
    def test_whoever_waits_long_enough_may_again(self, moments: list[float], at: float) -> None:
        """Nobody is shut out for good, whatever was spent: each failure is forgotten in time."""
        bucket = Budget(failures=3, seconds=10)
        for each in moments:
            bucket.spend("a", each)
        latest = max([at, *moments])
        assert not bucket.spent("a", latest + 10 * (len(moments) + 1))

    @given(st.integers(0, 10))
    def test_asking_costs_nothing(self, times: int) -> None:
        """To look is not to spend."""
        bucket = Budget(failures=1, seconds=10)
        assert not any(bucket.spent("a", 0) for _ in range(times))

    def test_it_forgets_who_was_quiet_longest(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Memory has an end: a million sources cost no more of it than the last so many."""
        monkeypatch.setattr(budget, "_MAX_KEYS", 3)
        bucket = Budget(failures=1, seconds=1000)
        for key in ("a", "b", "c", "a", "d"):
            bucket.spend(key, 0)
        assert [key for key in "abcd" if bucket.spent(key, 0)] == ["a", "c", "d"]


class TestSource:
    @given(st.ip_addresses(v=4))
    def test_an_ipv4_address_is_a_source(self, address: IPv4Address) -> None:
        """Each by itself."""
        assert source_of(str(address)) == str(address)

    @given(st.ip_addresses(v=6), st.integers(0, 2**64 - 1))
    def test_an_ipv6_household_is_a_source(self, address: IPv6Address, host: int) -> None:
        """Whoever has a /64 has all of its addresses."""
        if address.ipv4_mapped is None:
            neighbour = IPv6Address(int(address) >> 64 << 64 | host)
            if neighbour.ipv4_mapped is None:
                assert source_of(str(address)) == source_of(str(neighbour))

    @given(st.ip_addresses(v=4))
    def test_a_mapped_address_is_the_one_it_maps(self, address: IPv4Address) -> None:
        """One client in two writings has one budget."""
        assert source_of(f"::ffff:{address}") == str(address)

    def test_two_households_are_two_sources(self) -> None:
        """And their writing does not matter."""
        assert source_of("2001:db8::1") != source_of("2001:db8:0:1::1")
        assert source_of("2001:DB8:0:0::2") == source_of("2001:db8::1")

    @pytest.mark.parametrize(
        "address",
        ["", "unknown", "10.0.0", "10.0.0.1, 10.0.0.2", "010.0.0.1", "[::1]", "::1:80:x", "\u0661"],
    )
    def test_what_is_no_address_is_one_source(self, address: str) -> None:
        """Garbage buys no budget of its own."""
        assert source_of(address) == "unknown"

    @given(st.text(max_size=40))
    def test_it_has_an_answer_to_everything(self, address: str) -> None:
        """No text is an error."""
        assert source_of(address)
