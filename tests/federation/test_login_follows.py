"""Login takes up what the federation function publishes: within five minutes, not redeployed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from kit.federation import Hourly
from kit.support import NOW, Deployment, metadata
from kit.world import HUB, SSO_URL, Browser, World, parameters
from numo_local.hub.key import HubKey
from numo_local.hub.response import build_response
from numo_sso.configuration import REFRESH_SECONDS
from numo_sso.federation.digest import fingerprints
from numo_sso.federation.metadata import Expected
from numo_sso.storage.parameters import NOT_LOGINS, parameters_below
from numo_sso.support.keys.made import new_sp_key

if TYPE_CHECKING:
    from collections.abc import Mapping

PATH = "/numo-sso/test/"
"""Where :class:`kit.support.Deployment` keeps its parameters."""


@cache
def hub_key(name: str) -> HubKey:
    """A key made once a run, with a certificate that is valid since yesterday."""
    made = new_sp_key(name, NOW - 86_400)
    return HubKey(made["key"].encode(), made["certificate"])


class Both:
    """A deployment and its login, on one parameter store and one clock."""

    def __init__(self, numo: Deployment) -> None:
        expected = Expected(HUB, "engine.entree.example", "staging")
        federation = replace(numo.world.federation, url=HUB, expected=expected)
        numo.world = replace(numo.world, federation=federation)
        for name, value in parameters(idp=None).items():
            numo.world.parameters.replace(name, value, secret=name != "limits")
        self.numo = numo
        self.hourly = Hourly(numo)
        self.reads = 0
        self.login = World(now=numo.now, read=self._read)

    def _read(self) -> Mapping[str, str]:
        self.reads += 1
        return parameters_below(self.numo.ssm, PATH, NOT_LOGINS)()

    def pass_time(self, seconds: float) -> None:
        self.numo.now += seconds
        self.login.now += seconds

    def publish(self, *names: str, location: str = SSO_URL) -> str:
        """The hub publishes these keys, and the hour strikes. Returns how that ended."""
        keys = [hub_key(name).certificate for name in names]
        self.numo.metadata = metadata(*keys, entity_id=HUB, location=location)
        return self.hourly.code()

    def logs_in(self, name: str) -> bool:
        """Whether a login that the hub signs with this key ends in Numo."""
        browser = Browser()
        started = self.login.start(browser)
        document = build_response(self.login.options(started), hub_key(name))
        return self.login.post(browser, document).status == 303


@pytest.fixture
def both(numo: Deployment) -> Both:
    both = Both(numo)
    assert both.publish("old") == "metadata-published"
    assert both.logs_in("old")
    return both


def test_a_new_key_is_taken_up_within_five_minutes(both: Both) -> None:
    """Of a rollover both keys log in; the old one no more, once the hub has dropped it."""
    assert both.publish("old", "new") == "metadata-published"
    assert not both.logs_in("new")
    both.pass_time(REFRESH_SECONDS)
    assert both.logs_in("new")
    assert both.logs_in("old")
    assert both.publish("new") == "metadata-published"
    both.pass_time(REFRESH_SECONDS)
    assert both.logs_in("new")
    assert not both.logs_in("old")


def test_a_new_url_is_where_the_next_start_leads(both: Both) -> None:
    """OpenConext changes it together with the key."""
    both.publish("old", "new", location=f"{SSO_URL}/key:20260824")
    assert both.login.start(Browser()).location.startswith(f"{SSO_URL}?")
    both.pass_time(REFRESH_SECONDS)
    assert both.login.start(Browser()).location.startswith(f"{SSO_URL}/key:20260824?")


def test_keys_that_wait_log_nobody_in_until_they_are_confirmed(both: Both) -> None:
    """Whoever took the hub's place for an hour got nobody's login."""
    assert both.publish("strange") == "metadata-held"
    both.pass_time(REFRESH_SECONDS)
    assert not both.logs_in("strange")
    assert both.logs_in("old")
    named = fingerprints(both.numo.parameter("idp-pending"))
    both.numo.done("metadata.confirm", fingerprints=named, ticket="NUMO-7")
    both.pass_time(REFRESH_SECONDS)
    assert both.logs_in("strange")
    both.numo.done("metadata.restore", version=1)
    both.pass_time(REFRESH_SECONDS)
    assert both.logs_in("old")


def test_a_check_without_news_gives_login_nothing_to_build(both: Both) -> None:
    """What login built of its parameters is kept, though the time of the check was written."""
    trust = both.login.app.trust.get()
    reads = both.reads
    both.pass_time(3600)
    assert both.publish("old") == "metadata-unchanged"
    assert both.publish("strange") == "metadata-held"
    assert both.login.app.trust.get() is trust
    assert both.reads == reads + 1
