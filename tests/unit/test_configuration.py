"""Keys, the hub's digest and limits: read seldom, built once, kept when reading fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kit.world import NOW, parameters, service_key
from numo_sso.configuration import NotConfigured, Refreshed, parse, parse_epoch

if TYPE_CHECKING:
    from collections.abc import Mapping


class Source:
    """Parameters that can be changed, and can fail to be read."""

    def __init__(self) -> None:
        self.parameters: dict[str, str] = {"a": "1"}
        self.reads = 0
        self.fails = False

    def __call__(self) -> Mapping[str, str]:
        self.reads += 1
        if self.fails:
            raise ConnectionError("down")
        return self.parameters


class Clock:
    now = float(NOW)

    def __call__(self) -> float:
        return self.now


def refreshed(source: Source, clock: Clock) -> Refreshed[list[str]]:
    return Refreshed(source, lambda found: [found["a"]], clock)


def test_it_reads_at_most_every_five_minutes() -> None:
    """However often it is asked."""
    source, clock = Source(), Clock()
    value = refreshed(source, clock)
    for _ in range(5):
        value.get()
    assert source.reads == 1
    clock.now += 299
    value.get()
    assert source.reads == 1
    clock.now += 1
    value.get()
    assert source.reads == 2


def test_the_same_parameters_keep_what_was_built() -> None:
    """Keys and settings are not built a second time for nothing; a change is."""
    source, clock = Source(), Clock()
    value = refreshed(source, clock)
    first = value.get()
    clock.now += 300
    assert value.get() is first
    source.parameters = {"a": "2"}
    clock.now += 300
    assert value.get() == ["2"]


@pytest.mark.parametrize("broken", ["read", "build"])
def test_a_failure_keeps_the_stale_value(broken: str) -> None:
    """SSM down, or a parameter spoiled: logins go on, and soon it is tried again."""
    source, clock = Source(), Clock()
    reported: list[Exception] = []
    value = Refreshed(source, lambda found: [found["a"]], clock, reported.append)
    value.get()
    if broken == "read":
        source.fails = True
    else:
        source.parameters = {}
    clock.now += 300
    assert value.get() == ["1"]
    assert value.last_error is not None
    assert reported == [value.last_error]
    reads = source.reads
    value.get()
    assert source.reads == reads
    source.fails, source.parameters = False, {"a": "2"}
    clock.now += 30
    assert value.get() == ["2"]
    assert value.last_error is None


def test_without_any_value_it_says_so() -> None:
    """At the first start there is nothing stale to serve; each request then tries again."""
    source = Source()
    source.fails = True
    value = refreshed(source, Clock())
    with pytest.raises(NotConfigured, match="ConnectionError"):
        value.get()
    source.fails = False
    assert value.get() == ["1"]


def test_both_keys_of_a_pair_are_read() -> None:
    """Current first, then the previous one while a rollover lasts."""
    found = parse(
        parameters(**{"sp/previous": service_key("old"), "cookie/previous": {"key": "b2xk"}})
    )
    assert [len(found.service_keys), len(found.cookie_keys)] == [2, 2]
    assert found.cookie_keys[1] == b"old"
    assert len(parse(parameters()).service_keys) == 1


@pytest.mark.parametrize("name", ["idp", "sp/current", "cookie/current", "pseudonym", "limits"])
@pytest.mark.parametrize("spoiled", [None, {}, [], "x", {"certificates": 3}])
def test_a_missing_or_spoiled_parameter_is_named(name: str, spoiled: object) -> None:
    """By its name, never by its content."""
    with pytest.raises(NotConfigured, match=name):
        parse(parameters(**{name: spoiled}))


def test_what_is_no_json_is_not_quoted() -> None:
    """A secret that is stored in the wrong form does not land in a log."""
    with pytest.raises(NotConfigured) as error:
        parse({**parameters(), "sp/current": "-----BEGIN PRIVATE KEY-----"})
    assert "BEGIN" not in str(error.value)


def test_the_epoch_is_zero_until_it_is_raised() -> None:
    """And a spoiled one is an error, not zero: zero would bring ended sessions back."""
    assert parse_epoch({}) == 0
    assert parse_epoch({"epoch": "3"}) == 3
    with pytest.raises(NotConfigured):
        parse_epoch({"epoch": "x"})
