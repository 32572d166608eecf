"""DynamoDB on moto, with the tables that infra/storage.yaml itself describes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import botocore.session
import pytest
from moto import mock_aws

from kit.aws import Aws
from numo_local.aws.tables import create_tables
from numo_local.template.model import read_definition
from numo_sso.storage.tables import TableNames, bind_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

STORAGE = Path(__file__).parents[2] / "infra" / "storage.yaml"


@pytest.fixture
def aws() -> Iterator[Aws]:
    """A fresh DynamoDB with empty tables."""
    with mock_aws():
        client = botocore.session.get_session().create_client("dynamodb", "eu-west-1")
        tables = read_definition(STORAGE, {}).tables
        create_tables(client, tables)
        made = [table["TableName"] for table in tables]
        kinds = TableNames._fields
        names = TableNames(**{k: name for k in kinds for name in made if k in name.lower()})
        aws = Aws(client, bind_tables(client, names), names)
        client.meta.events.register(
            "before-call.dynamodb", lambda model, **_: aws.calls.append(model.name)
        )
        yield aws
