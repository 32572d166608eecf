"""SimpleSAMLphp and a stack that trusts it, each once a run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from interop.simplesamlphp import SimpleSamlPhp, running_simplesamlphp
from local.client import Client
from local.required import required_folder, required_program
from numo_local.process import RunningStack, running_stack

if TYPE_CHECKING:
    from collections.abc import Iterator

_WWW = Path("/usr/share/simplesamlphp/www")


@pytest.fixture(scope="session")
def identity_provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleSamlPhp]:
    php = required_program("php", "php-cli php-xml")
    www = required_folder(_WWW, "simplesamlphp")
    folder = tmp_path_factory.mktemp("simplesamlphp")
    with running_simplesamlphp(php, www, folder) as running:
        yield running


@pytest.fixture(scope="session")
def stack(identity_provider: SimpleSamlPhp) -> Iterator[RunningStack]:
    """A stack that trusts SimpleSAMLphp, which in turn read the stack's metadata."""
    with running_stack("--idp-metadata", identity_provider.metadata_url) as running:
        page = Client().get(f"{running.api}/v1/sso/metadata")
        assert page.status == 200
        identity_provider.accept(page.body)
        yield running
