"""The audit package under Lambda's runtime client: records of support's, within its role."""

from __future__ import annotations

import json
from typing import Any

import pytest

from deployment.cloud import Cloud, sample
from deployment.filling import TRAIL_BUCKET


@pytest.mark.parametrize(("name", "folder"), [("recorded", "records"), ("altered", "alterations")])
def test_a_batch_is_copied_once_and_asks_nothing_that_its_role_forbids(
    cloud: Cloud, name: str, folder: str
) -> None:
    """It may put, and look at what it puts; it cannot list what is there."""
    for _ in range(2):
        assert cloud.invoke("Audit", sample(f"audit/{name}.json")) == {"batchItemFailures": []}
    assert not cloud.guards["Audit"].denied
    assert {action for action, _ in cloud.guards["Audit"].used} == {"s3:PutObject", "s3:GetObject"}
    s3: Any = cloud.aws("s3")
    versions = s3.list_object_versions(Bucket=TRAIL_BUCKET, Prefix=f"{folder}/")["Versions"]
    assert len(versions) == 2
    found = s3.get_object(Bucket=TRAIL_BUCKET, Key=versions[0]["Key"])
    assert found["ObjectLockMode"] == "COMPLIANCE"
    assert json.loads(found["Body"].read())["id"] in versions[0]["Key"]


def test_its_metrics_are_lines_of_its_log(cloud: Cloud) -> None:
    cloud.invoke("Audit", sample("audit/altered.json"))
    assert any("TrailAltered" in line for line in cloud.log("Audit"))
