"""The one stack that all tests over HTTP share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from attack.over_http import OverHttp, http_arena

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def arena(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OverHttp]:
    with http_arena(tmp_path_factory.mktemp("attack")) as running:
        yield running
