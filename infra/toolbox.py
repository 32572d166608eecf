"""The tools that a build needs from the machine, and how it says that one is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class BuildError(Exception):
    """A build cannot go on; the code is stable, the hint says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


def given(root: Path, environment: str) -> dict[str, str]:
    """The parameters that ``samconfig.toml`` gives an environment, by name.

    Raises:
        BuildError: there is no such environment.
    """
    config = tomllib.loads((root / "samconfig.toml").read_text(encoding="utf-8"))
    if environment not in config:
        raise BuildError("NB-13", f"samconfig.toml has no section [{environment}]")
    told = config[environment]["deploy"]["parameters"]["parameter_overrides"]
    return {name: _written(value) for name, value in told.items()}


def _written(value: object) -> str:
    """A value of TOML as CloudFormation writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def find_uv() -> str:
    """Find uv, on the PATH or beside the interpreter that runs this.

    Raises:
        BuildError: there is none.
    """
    beside = Path(sys.executable).parent / "uv"
    found = shutil.which("uv") or (str(beside) if beside.exists() else None)
    if found is None:
        raise BuildError("NB-01", "uv is not installed: pip install uv")
    return found


def find_interpreter(minor: str) -> Path:
    """Find an interpreter of this minor version: bytecode of another one is not read by Lambda.

    Raises:
        BuildError: there is none.
    """
    for candidate in _candidates(minor):
        if _version(candidate) == minor:
            return candidate
    raise BuildError(
        "NB-02",
        f"Python {minor} is not installed, and bytecode for that runtime needs it: "
        f"uv python install {minor}",
    )


def _candidates(minor: str) -> Iterator[Path]:
    yield Path(sys.executable)
    if on_path := shutil.which(f"python{minor}"):
        yield Path(on_path)
    roots = (
        Path(os.environ.get("UV_PYTHON_INSTALL_DIR", "~/.local/share/uv/python")),
        Path(os.environ.get("PYENV_ROOT", "~/.pyenv")) / "versions",
    )
    for root in roots:
        yield from sorted(root.expanduser().glob(f"*{minor}.*/bin/python{minor}"))


def _version(interpreter: Path) -> str | None:
    program = "import sys; print('%d.%d' % sys.version_info[:2])"
    command = [str(interpreter), "-I", "-c", program]
    try:
        done = subprocess.run(command, capture_output=True, check=False, text=True)  # noqa: S603
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def size_line(name: str, directory: Path) -> str:
    """Say how large a package is, unpacked (Lambda allows 250 MB) and zipped."""
    files = [path for path in directory.rglob("*") if path.is_file()]
    unpacked = sum(path.stat().st_size for path in files)
    with tempfile.TemporaryDirectory() as work:
        zipped = Path(shutil.make_archive(f"{work}/package", "zip", directory)).stat().st_size
    return f"{name:8} {len(files):5} files {unpacked / 1e6:6.1f} MB, zipped {zipped / 1e6:5.1f} MB"
