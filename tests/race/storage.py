"""A DynamoDB of one test: tables of its own, a school, and as many pupils as the test needs."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import botocore.session
from botocore.config import Config
from botocore.credentials import Credentials

from edge.aws.short_way import DYNAMODB, Patience, Place, ShortWay
from kit.world import AUTHORITY, PETTEFLAT, REALM
from numo_local.aws.tables import create_tables
from numo_local.template.model import read_definition
from numo_sso.storage.tables import Brin, RosterUser, School, TableNames, bind_tables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numo_sso.storage.tables import Tables

STORAGE = Path(__file__).parents[2] / "infra" / "storage.yaml"
# The deadlines of a deployment are short; here a busy machine must not be taken for a lost race.
_PATIENT = Config(
    connect_timeout=30,
    read_timeout=120,
    max_pool_connections=60,
    retries={"total_max_attempts": 3, "mode": "standard"},
    parameter_validation=False,  # as a deployment's
)
_UNHURRIED = Patience(120.0, 3, 1.0)


@dataclass(frozen=True)
class Storage:
    """Where the tables are, and what they are called: enough for another process to find them."""

    endpoint: str
    names: TableNames
    conditions: bool = True
    """Whether the login's transactions keep their conditions; without them a race is lost."""

    def client(self) -> Any:
        client = botocore.session.Session().create_client(
            "dynamodb",
            "eu-west-1",
            endpoint_url=self.endpoint,
            aws_access_key_id="race",
            aws_secret_access_key="race",
            config=_PATIENT,
        )
        if not self.conditions:
            client.meta.events.register(
                "provide-client-params.dynamodb.TransactWriteItems", _without_conditions
            )
        return client

    def short_way(self) -> ShortWay:
        """As the functions call it, but patient."""
        place = Place("eu-west-1", self.endpoint)
        credentials = Credentials("race", "race")
        return ShortWay(
            DYNAMODB, place, credentials, time.time, time.sleep, random.random, _UNHURRIED
        )

    def count(self, kind: str) -> int:
        """Items of a kind (``session``, ``flow``, ``assertion``) in the sessions table."""
        pages = (
            self.client()
            .get_paginator("scan")
            .paginate(TableName=self.names.sessions, ConsistentRead=True)
        )
        keys = [item["pk"]["S"] for page in pages for item in page["Items"]]
        return sum(key.startswith(f"{kind}#") for key in keys)


def _without_conditions(params: dict[str, Any], **_: Any) -> None:
    for item in params["TransactItems"]:
        for action in item.values():
            action.pop("ConditionExpression", None)
            action.pop("ExpressionAttributeNames", None)


def made_storage(endpoint: str, prefix: str, codes: Iterable[str]) -> Storage:
    """The tables of infra/storage.yaml under names of their own, with a school and its pupils."""
    kinds = TableNames._fields
    tables = [
        {**table, "TableName": f"{prefix}-{table['TableName']}"}
        for table in read_definition(STORAGE, {}).tables
    ]
    made = [table["TableName"] for table in tables]
    names = TableNames(**{kind: name for kind in kinds for name in made if kind in name.lower()})
    storage = Storage(endpoint, names)
    client = storage.client()
    create_tables(client, tables)
    _open_school(bind_tables(client, names), codes)
    return storage


def _open_school(tables: Tables, codes: Iterable[str]) -> None:
    slug = PETTEFLAT.entrance
    tables.school(
        School.key(slug),
        "school",
        entrance=slug,
        name=PETTEFLAT.name,
        state="active",
        pairs=[{"authority": AUTHORITY, "realm": REALM}],
        brins=[{"value": "11ZZ"}],
        created_at=0,
        updated_at=0,
    ).save()
    tables.brin(Brin.key("11ZZ"), "brin", brin="11ZZ", entrances=[{"value": slug}]).save()
    for code in codes:
        tables.user(
            slug,
            RosterUser.sort_key("persoonscode", code),
            persoonscode=code,
            role="pupil",
            given_name="Pietje",
            surname="Puk",
            updated_at=0,
        ).save()
