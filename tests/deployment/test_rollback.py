"""The way back to the versions before, in one command."""

from __future__ import annotations

from typing import Any

import pytest

from deployment.deployed import FUNCTIONS as DEPLOYED
from deployment.deployed import ROOT, function
from rollback import FUNCTIONS, RollingOut, roll_back, stop_rolling

STACK = "numo-sso-production"
OLD, NEW = "2026-11-01T10:00:00.000+0000", "2026-11-24T10:00:00.000+0000"


class Aliases:
    """Lambda's versions and aliases, as far as they are asked for."""

    def __init__(self, versions: dict[str, list[str]]) -> None:
        self._versions = {f"{STACK}-{name}": times for name, times in versions.items()}
        self.at = {name: str(len(times)) for name, times in self._versions.items()}
        self.weights: dict[str, dict[str, float]] = {}

    def get_alias(self, *, FunctionName: str, Name: str) -> dict[str, Any]:  # noqa: N803
        assert Name == "live"
        routing = {"AdditionalVersionWeights": self.weights.get(FunctionName, {})}
        return {"FunctionVersion": self.at[FunctionName], "RoutingConfig": routing}

    def get_paginator(self, operation: str) -> Aliases:
        assert operation == "list_versions_by_function"
        return self

    def paginate(self, *, FunctionName: str) -> list[dict[str, Any]]:  # noqa: N803
        """One version a page, and first the one that is none."""
        numbered = enumerate(self._versions[FunctionName], start=1)
        versions = [{"Version": str(n), "LastModified": at} for n, at in numbered]
        return [{"Versions": [each]} for each in [{"Version": "$LATEST"}, *versions]]

    def update_alias(self, **asked: Any) -> None:
        assert asked["Name"] == "live"
        self.at[asked["FunctionName"]] = asked["FunctionVersion"]
        self.weights[asked["FunctionName"]] = asked["RoutingConfig"]["AdditionalVersionWeights"]


def everywhere(*published: str) -> dict[str, list[str]]:
    return {name: list(published) for name in FUNCTIONS}


def at(aliases: Aliases) -> dict[str, str]:
    return {name.removeprefix(f"{STACK}-"): version for name, version in aliases.at.items()}


def test_it_knows_every_function_that_has_an_alias() -> None:
    names = {function(name)["FunctionName"] for name in DEPLOYED}
    assert {f"numo-sso-local-{name}" for name in FUNCTIONS} == names
    assert "infra/rollback.py" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_what_the_last_release_touched_goes_back_one_version() -> None:
    aliases = Aliases(everywhere(OLD, OLD, NEW))
    assert f"{STACK}-sso: 3 -> 2" in roll_back(aliases, STACK, dry_run=False)
    assert at(aliases) == dict.fromkeys(FUNCTIONS, "2")


def test_what_the_last_release_did_not_touch_stays() -> None:
    """Its version before is of another release, and goes with nothing that is in traffic."""
    aliases = Aliases({**everywhere(OLD, NEW), "support": [OLD, OLD]})
    roll_back(aliases, STACK, dry_run=False)
    assert at(aliases) == {**dict.fromkeys(FUNCTIONS, "1"), "support": "2"}


def test_a_second_run_goes_past_what_a_refused_release_left_behind() -> None:
    """Its version is there and never had the traffic; what it did not bring stays where it is."""
    refused = "2026-11-24T07:00:00.000+0000"
    aliases = Aliases({**everywhere(OLD, NEW), "sso": [OLD, refused, NEW]})
    roll_back(aliases, STACK, dry_run=False)
    assert at(aliases) == {**dict.fromkeys(FUNCTIONS, "1"), "sso": "2"}
    assert f"{STACK}-sso: 2 -> 1" in roll_back(aliases, STACK, dry_run=False)
    assert at(aliases) == dict.fromkeys(FUNCTIONS, "1")


class Deployments:
    """CodeDeploy with one deployment under way."""

    def __init__(self) -> None:
        self.stopped: list[tuple[str, bool]] = []

    def get_paginator(self, operation: str) -> Deployments:
        assert operation == "list_deployment_groups"
        return self

    def paginate(self, *, applicationName: str) -> list[dict[str, Any]]:  # noqa: N803
        assert applicationName == "application"
        return [{"deploymentGroups": ["sso-group"]}, {"deploymentGroups": ["session-group"]}]

    def list_deployments(self, **asked: Any) -> dict[str, Any]:
        assert "InProgress" in asked["includeOnlyStatuses"]
        return {"deployments": ["d-1"] if asked["deploymentGroupName"] == "sso-group" else []}

    def stop_deployment(self, **asked: Any) -> None:
        self.stopped.append((asked["deploymentId"], asked["autoRollbackEnabled"]))


def test_during_a_canary_no_alias_is_moved_under_codedeploys_hands() -> None:
    """The alias names the old version still: going back from it would be a version too far."""
    aliases = Aliases(everywhere(OLD, NEW))
    aliases.weights[f"{STACK}-sso"] = {"2": 0.1}
    before = at(aliases)
    with pytest.raises(RollingOut):
        roll_back(aliases, STACK, dry_run=False)
    assert at(aliases) == before


def test_during_a_canary_the_roll_out_itself_is_stopped_and_rolled_back() -> None:
    deployments = Deployments()
    [would] = stop_rolling(deployments, "application", dry_run=True)
    assert not deployments.stopped
    assert stop_rolling(deployments, "application", dry_run=False) == [would]
    assert deployments.stopped == [("d-1", True)]


@pytest.mark.parametrize("published", [(NEW,), (OLD, NEW)])
def test_without_a_version_before_and_in_a_dry_run_nothing_moves(
    published: tuple[str, ...],
) -> None:
    aliases = Aliases(everywhere(*published))
    before = at(aliases)
    lines = roll_back(aliases, STACK, dry_run=len(published) > 1)
    assert at(aliases) == before
    assert len(lines) == len(FUNCTIONS)
