"""AWS's own tools find nothing to say about the templates."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from deployment.deployed import ROOT
from deployment.sam import SAM_VERSION

BESIDE = Path(sys.executable).parent
TEMPLATES = ["template.yaml", *sorted(f"infra/{p.name}" for p in ROOT.glob("infra/*.yaml"))]

EXPANDED = [
    "template.yaml",
    *(f"infra/{n}.yaml" for n in ("audit", "edge", "federation", "release", "watch")),
]
"""Those that hold functions."""


def run(*command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SAM_CLI_TELEMETRY": "0", "AWS_DEFAULT_REGION": "eu-west-1"}
    return subprocess.run(  # noqa: S603  # our own arguments
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_the_sam_that_deploys_is_the_one_that_examines() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert f"SAM_VERSION := {SAM_VERSION}\n" in makefile


def test_cfn_lint_finds_nothing_and_ignores_nothing() -> None:
    for region, templates in (("eu-west-1", TEMPLATES), ("us-east-1", ["infra/edge.yaml"])):
        done = run(str(BESIDE / "cfn-lint"), "--regions", region, "--template", *templates)
        assert (done.returncode, done.stdout) == (0, ""), done.stderr


@pytest.fixture(scope="module")
def packaged(expanded: dict[str, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory of the templates as CloudFormation gets them, nested ones by an address."""
    directory = tmp_path_factory.mktemp("packaged")
    for name, template in expanded.items():
        uploaded = copy.deepcopy(template)
        for each in uploaded["Resources"].values():
            if each["Type"] == "AWS::CloudFormation::Stack":
                each["Properties"]["TemplateURL"] = "https://s3.amazonaws.com/packages/nested.yaml"
        path = directory / f"{name or 'root'}.json"
        path.write_text(json.dumps(uploaded, indent=1), encoding="utf-8")
    return directory


def test_cfn_lint_finds_nothing_in_what_sam_makes_of_them_either(packaged: Path) -> None:
    files = [str(each) for each in sorted(packaged.iterdir())]
    done = run(str(BESIDE / "cfn-lint"), "--regions", "eu-west-1", "--template", *files)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_no_template_asks_a_linter_to_look_away() -> None:
    for template in TEMPLATES:
        assert "cfn-lint" not in (ROOT / template).read_text(encoding="utf-8")
    assert not (ROOT / ".cfnlintrc").exists()


def test_sam_expands_the_stack_in_front_too(sam: list[str]) -> None:
    """The transform refuses what linting lets through; of the others test_expanded.py has it."""
    done = run(*sam, "validate", "--template", "infra/edge.yaml")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("template", EXPANDED)
def test_sam_lints_the_template(sam: list[str], template: str) -> None:
    done = run(*sam, "validate", "--lint", "--template", template)
    assert done.returncode == 0, done.stdout + done.stderr


def test_checkov_finds_nothing_but_what_it_is_told_to_leave(packaged: Path) -> None:
    """As written and as SAM expands it. What is left stands in .checkov.yaml, with reasons."""
    command = ROOT / ".venv-checkov/bin/checkov"
    if not command.exists():
        if os.environ.get("CI"):
            pytest.fail("checkov is not installed, and CI never goes without it")
        pytest.skip("checkov is not installed: make .venv-checkov/.ready")
    examined = [*TEMPLATES, *(str(each) for each in sorted(packaged.iterdir()))]
    files = [option for template in examined for option in ("--file", template)]
    done = run(str(command), "--config-file", ".checkov.yaml", *files)
    assert done.returncode == 0, done.stdout


def test_each_thing_that_checkov_leaves_has_its_reason_above_it() -> None:
    lines = (ROOT / ".checkov.yaml").read_text(encoding="utf-8").splitlines()
    left = [number for number, line in enumerate(lines) if line.startswith("  - CKV_")]
    assert left
    assert all(lines[number - 1].startswith("  # ") for number in left)
    assert not [name for name in TEMPLATES if "checkov:skip" in (ROOT / name).read_text("utf-8")]
