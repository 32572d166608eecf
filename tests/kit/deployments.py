"""Deployments in moto, for the tests of support and of the federation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from moto import mock_aws

from kit.support import NOW, Deployment, metadata
from numo_sso.support.keys.made import new_sp_key

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def certificate() -> str:
    """A signing certificate of the hub, made yesterday: base64 DER."""
    return new_sp_key("hub", NOW - 86_400)["certificate"]


@pytest.fixture
def numo(certificate: str) -> Iterator[Deployment]:
    """A fresh deployment with nothing in it, whose hub publishes that certificate."""
    with mock_aws():
        yield Deployment(metadata(certificate))
