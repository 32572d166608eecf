"""Packages built for the interpreter and machine that run the tests, and a deployment of them."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from deployment.cloud import Cloud
from deployment.deployed import ROOT
from deployment.expanding import expand
from deployment.packaged import Packages, packaged_stack
from deployment.runtime import link_runtime_client
from deployment.sam import find_sam

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numo_local.stack import Stack

MINOR = f"{sys.version_info.major}.{sys.version_info.minor}"
ARCHITECTURES = {"x86_64": "x86_64", "aarch64": "arm64", "arm64": "arm64"}


def build(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the build as ``make`` does, which tells uv to compile what it installs."""
    command = [sys.executable, str(ROOT / "infra/build.py"), *arguments]
    environ = {**os.environ, "UV_COMPILE_BYTECODE": "1"}
    return subprocess.run(  # noqa: S603  # our own arguments
        command, env=environ, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every package, for the interpreter and machine at hand."""
    out = tmp_path_factory.mktemp("build")
    arch = ARCHITECTURES[platform.machine()]
    done = build("--arch", arch, "--python", MINOR, "--out", str(out))
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="session")
def sam() -> list[str]:
    """The command ``sam``."""
    return find_sam()


@pytest.fixture(scope="session")
def expanded() -> dict[str, dict[str, Any]]:
    """Each template as CloudFormation gets it, by the name of its stack; the root has none."""
    return expand()


@pytest.fixture(scope="module")
def cloud(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """A deployment: tables, parameters, a school, and every function in its runtime."""
    directory = tmp_path_factory.mktemp("cloud")
    deployment = Cloud(built, link_runtime_client(directory / "runtime"), directory)
    yield deployment
    deployment.stop()


@pytest.fixture(scope="module")
def packages(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Packages:
    """The packages, ready to be put behind a front."""
    directory = tmp_path_factory.mktemp("packaged")
    client = link_runtime_client(directory / "runtime")
    for module in (ROOT / "tests/deployment/beside").glob("*.py"):
        (client / module.name).symlink_to(module)
    return Packages(built, client, directory / "functions.log")


@pytest.fixture(scope="module")
def packaged(packages: Packages) -> Iterator[Stack]:
    """The local stack, and behind its front the packages."""
    with packaged_stack(packages) as stack:
        yield stack
