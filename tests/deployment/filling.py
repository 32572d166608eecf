"""What a deployment holds before its first login: tables, and one school with one pupil."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deployment.deployed import STORAGE, TABLES, function, properties
from deployment.guard import TABLE_PREFIX
from kit.world import PETTEFLAT, PUPIL
from numo_local.template.model import TABLE
from numo_local.template.resolving import Resolver
from numo_sso.storage.tables import Brin, RosterUser, School, TableNames

if TYPE_CHECKING:
    from numo_sso.storage.tables import Tables

BRIN = "11ZZ"
TRAIL_BUCKET = "trail"
TRAIL_STREAM = (
    "arn:aws:dynamodb:eu-west-1:123456789012:table/numo-sso-audit/stream/2026-08-01T00:00:00.000"
)
"""The one that the samples in events/audit are of."""
REFERENCE = "K7MQ-3XWD-9TRA"
"""Of a login long ago."""


def table_names() -> TableNames:
    return TableNames(**{table.lower(): f"{TABLE_PREFIX}{table}Table" for table in TABLES})


def table_variables(name: str) -> dict[str, str]:
    told = function(name)["Environment"]["Variables"]
    return {
        f"{table.upper()}_TABLE": f"{TABLE_PREFIX}{table}Table"
        for table in TABLES
        if f"{table.upper()}_TABLE" in told
    }


def made_tables() -> list[dict[str, Any]]:
    """The tables of infra/storage.yaml, under names of their own."""
    resolver = Resolver(STORAGE, {})
    return [
        {"TableName": TABLE_PREFIX + name, **resolver.resolve(resource["Properties"])}
        for name, resource in STORAGE["Resources"].items()
        if resource["Type"] == TABLE
    ]


def open_school(tables: Tables) -> None:
    """One active school with one pupil, who has logged in."""
    slug = PETTEFLAT.entrance
    period = {"value": BRIN}
    tables.school(
        School.key(slug),
        "school",
        entrance=slug,
        name=PETTEFLAT.name,
        state="active",
        brins=[period],
        created_at=0,
        updated_at=0,
    ).save()
    tables.brin(Brin.key(BRIN), "brin", brin=BRIN, entrances=[{"value": slug}]).save()
    tables.user(
        slug,
        RosterUser.sort_key("persoonscode", PUPIL.persoonscode),
        persoonscode=PUPIL.persoonscode,
        role=PUPIL.role,
        given_name=PUPIL.given_name,
        infix=PUPIL.infix,
        surname=PUPIL.surname,
        updated_at=0,
    ).save()
    tables.trace(
        tables.trace.key(REFERENCE),
        reference=REFERENCE,
        outcome="logged-in",
        entrance=slug,
        at=0,
        ttl=4_000_000_000,
    ).save()


def make_trail_bucket(s3: Any) -> None:
    """The trail's bucket as the template makes it: every version is locked."""
    made = properties("TrailBucket")
    rule = made["ObjectLockConfiguration"]["Rule"]["DefaultRetention"]
    locked = {"Mode": rule["Mode"], "Days": int(rule["Days"])}
    s3.create_bucket(
        Bucket=TRAIL_BUCKET,
        ObjectLockEnabledForBucket=made["ObjectLockEnabled"],
        CreateBucketConfiguration={"LocationConstraint": "eu-west-1"},
    )
    s3.put_object_lock_configuration(
        Bucket=TRAIL_BUCKET,
        ObjectLockConfiguration={
            "ObjectLockEnabled": made["ObjectLockConfiguration"]["ObjectLockEnabled"],
            "Rule": {"DefaultRetention": locked},
        },
    )
