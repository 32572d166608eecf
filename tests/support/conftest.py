from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner, Result

from kit.deployments import certificate, numo
from numo_cli.failures import Exit
from numo_cli.main import app

if TYPE_CHECKING:
    from collections.abc import Callable

    from kit.support import Deployment

__all__ = ["activated", "certificate", "numo"]


@pytest.fixture
def activated(numo: Deployment) -> Deployment:
    """A deployment with one active school, ``petteflat`` of BRIN 01AB."""
    numo.done("school.activate", entrance="petteflat", brin="01AB", create=True, name="Petteflat")
    return numo


@pytest.fixture
def run(numo: Deployment) -> Callable[..., Result]:
    """Types a command; its support function is the deployment's."""

    def ask(request: dict[str, Any]) -> dict[str, Any]:
        return numo.ask(**json.loads(json.dumps(request)))

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(app, arguments, obj=lambda _: ask)

    return invoke


@pytest.fixture
def petteflat(run: Callable[..., Result]) -> Callable[..., Result]:
    done = run("school", "activate", "-e", "petteflat", "-b", "01AB", "--create", "--name", "Flat")
    assert done.exit_code == Exit.DONE
    return run
