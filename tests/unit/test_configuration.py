"""Keys, the hub's digest and limits: read seldom, built once, kept when reading fails."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

import pytest

from kit.world import NOW, key_ring, parameters, service_key
from numo_sso.configuration import NotConfigured, Refreshed, parse, parse_epoch

if TYPE_CHECKING:
    from collections.abc import Mapping

RINGS = ["sp/ring", "sp/key/current", "cookie/ring", "cookie/key/current"]


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


def test_the_keys_of_a_ring_are_read_in_the_order_of_their_use() -> None:
    """Current first, then the one that comes and the one that goes; what was only made is not."""
    states = ("created", "previous", "published", "current")
    cookie = {state: {"key": b64encode(state.encode()).decode()} for state in states}
    found = parse(parameters(**key_ring("cookie", **cookie)))
    assert found.cookie_keys == (b"current", b"published", b"previous")
    assert len(found.service_keys) == 1


@pytest.mark.parametrize("state", ["current", "published", "previous"])
def test_a_ring_whose_key_is_not_there_is_no_configuration(state: str) -> None:
    """It was read across a step of a rollover: the configuration from before serves on."""
    source, clock = Source(), Clock()
    whole = parameters(**key_ring("sp", **{"current": service_key(), state: service_key("other")}))
    source.parameters = whole
    value = Refreshed(source, parse, clock)
    keys = value.get().service_keys
    source.parameters = {name: text for name, text in whole.items() if name != f"sp/key/{state}"}
    with pytest.raises(NotConfigured, match=f"sp/key/{state}"):
        parse(source.parameters)
    clock.now += 300
    assert value.get().service_keys == keys


@pytest.mark.parametrize(
    "states", [[], ["created"], ["current", "current"], ["current", "previous", "previous"]]
)
def test_a_ring_has_one_current_key(states: list[str]) -> None:
    """Anything else is not guessed at."""
    keys = [{"id": state, "state": state, "created": "", "since": ""} for state in states]
    with pytest.raises(NotConfigured, match="sp/ring"):
        parse(parameters(**{"sp/ring": {"version": 1, "keys": keys}}))


@pytest.mark.parametrize("name", ["idp", *RINGS, "pseudonym", "limits"])
@pytest.mark.parametrize("spoiled", [None, {}, [], "x", {"certificates": 3}])
def test_a_missing_or_spoiled_parameter_is_named(name: str, spoiled: object) -> None:
    """By its name, never by its content."""
    with pytest.raises(NotConfigured, match=name):
        parse(parameters(**{name: spoiled}))


def test_what_is_no_json_is_not_quoted() -> None:
    """A secret that is stored in the wrong form does not land in a log."""
    with pytest.raises(NotConfigured) as error:
        parse({**parameters(), "sp/key/current": "-----BEGIN PRIVATE KEY-----"})
    assert "BEGIN" not in str(error.value)


def test_the_epoch_is_zero_until_it_is_raised() -> None:
    """And a spoiled one is an error, not zero: zero would bring ended sessions back."""
    assert parse_epoch({}) == 0
    assert parse_epoch({"epoch": "3"}) == 3
    with pytest.raises(NotConfigured):
        parse_epoch({"epoch": "x"})
