from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kit.deployments import certificate, numo

if TYPE_CHECKING:
    from kit.support import Deployment

__all__ = ["activated", "certificate", "numo"]


@pytest.fixture
def activated(numo: Deployment) -> Deployment:
    """A deployment with one active school, ``petteflat`` of BRIN 01AB."""
    numo.done("school.activate", entrance="petteflat", brin="01AB", create=True, name="Petteflat")
    return numo
