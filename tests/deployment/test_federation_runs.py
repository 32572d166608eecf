"""The federation package under Lambda's runtime client: whole runs, within its role."""

from __future__ import annotations

import time

import pytest

from deployment.cloud import Cloud, sample
from kit.federation import new_certificate
from kit.support import metadata
from kit.world import HUB, SSO_URL, hub_key


def run(cloud: Cloud, *certificates: str, event: str = "scheduled") -> str:
    """The hub publishes these certificates; how a run ends."""
    document = metadata(*certificates, entity_id=HUB, location=SSO_URL)
    cloud.metadata = document if certificates else b""
    answer = cloud.invoke("Federation", sample(f"federation/{event}.json"))
    assert not cloud.guards["Federation"].denied
    return str(answer["code"])


@pytest.mark.parametrize("event", ["scheduled", "on-demand"])
def test_a_hub_that_does_not_answer_is_a_coded_answer(cloud: Cloud, event: str) -> None:
    """For the schedule and for whoever asks by hand."""
    assert run(cloud, event=event) == "metadata-unreachable"


def test_a_rollover_is_followed_and_a_sudden_change_is_held(cloud: Cloud) -> None:
    """Fetched, checked by the schemas that are in the package, recorded and written."""
    new, strange = (new_certificate(time.time(), name)[0] for name in ("new", "strange"))
    assert run(cloud, hub_key().certificate, new) == "metadata-published"
    assert run(cloud, hub_key().certificate, new) == "metadata-unchanged"
    assert run(cloud, strange) == "metadata-held"
    shown = cloud.invoke("Support", sample("support/metadata-show.json"))["data"]
    assert len(shown["in_force"]["certificates"]) == 2
    assert shown["checked"]["code"] == "metadata-held"
    used = {action for action, _ in cloud.guards["Federation"].used}
    assert used == {"ssm:GetParameters", "ssm:PutParameter", "dynamodb:PutItem"}


def test_each_line_that_it_logs_is_json_with_its_outcome(cloud: Cloud) -> None:
    run(cloud)
    lines = [line for line in cloud.log("Federation") if "outcome" in line]
    assert {line["outcome"] for line in lines} >= {"metadata-unreachable"}
    assert any("CertificateDaysLeft" in line for line in cloud.log("Federation"))
