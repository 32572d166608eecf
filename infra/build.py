"""Build what is deployed: locked libraries for Lambda's platform, our source, compiled bytecode.

``python infra/build.py --arch arm64 --python 3.13 --out build [--package login] [--for staging]``

The same lock file and source give the same bytes. Lambda mounts the package read-only, so without
the bytecode made here each cold start would compile everything again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from contents import BOTOCORE_DATA, DIST_INFO, KEPT_WITHIN, NOT_NEEDED, PACKAGES, Package
from descriptions import slim
from toolbox import BuildError, find_interpreter, find_uv, given, size_line

ROOT = Path(__file__).resolve().parent.parent
PLATFORMS = {"arm64": "aarch64-manylinux_2_28", "x86_64": "x86_64-manylinux_2_28"}
"""Lambda's AL2023 has glibc 2.34. Asking for manylinux2014 silently gives an older xmlsec."""
EPOCH = 315532800
"""1980, the first time that a zip can hold: files carry it, so that builds are alike."""


DEPLOYED_AS = "deployed-as"
"""File of a package: what it is to be configured by. See :func:`configuration`."""
PUBLISHING = ("template.yaml", "infra/federation.yaml")
"""Templates whose functions are published as versions."""


def build(
    package: Package, arch: str, python: str, interpreter: Path, out: Path, deployed_as: str = ""
) -> Path:
    """Build one package beside its place, then put it there whole."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out, prefix=f".{package.name}-") as work:
        target = Path(work) / package.name
        install(package, PLATFORMS[arch], python, target)
        trim(package, target)
        slim(target / "botocore/data", package.services)
        copy_source(package, ROOT / "functions", target)
        compile_bytecode(interpreter, target)
        if deployed_as:
            (target / DEPLOYED_AS).write_text(deployed_as, encoding="ascii")
        level_times(target)
        final = out / package.name
        shutil.rmtree(final, ignore_errors=True)
        target.rename(final)
    return final


def configuration(environment: str) -> str:
    """A digest of the templates and of the parameters that ``samconfig.toml`` gives an environment.

    A version of a function is its code and its configuration together, and SAM publishes one only
    where the code differs. With this in each package a deployment that changes a parameter does.

    Raises:
        BuildError: there is no such environment.
    """
    told = given(ROOT, environment)
    templates = [(ROOT / each).read_text(encoding="utf-8") for each in PUBLISHING]
    return hashlib.sha256(json.dumps([*templates, sorted(told.items())]).encode()).hexdigest()


def install(package: Package, platform: str, python: str, target: Path) -> None:
    """Install what the lock file names, wheels only, each against its hash."""
    lock = ROOT / "requirements" / f"{package.name}.txt"
    options = ["--python-platform", platform, "--python-version", python, "--only-binary", ":all:"]
    # copies, as what follows alters files that uv otherwise shares with its cache
    options += ["--no-deps", "--require-hashes", "--link-mode", "copy"]
    command = [
        find_uv(),
        "pip",
        "install",
        "--quiet",
        "--target",
        str(target),
        *options,
        "-r",
        str(lock),
    ]
    # bytecode is made below, by the runtime's Python and without the sources' times
    environment = {**os.environ, "UV_COMPILE_BYTECODE": "0"}
    if subprocess.run(command, env=environment, check=False).returncode:  # noqa: S603
        raise BuildError("NB-10", f"uv could not install {lock.name}; its own words are above")


def trim(package: Package, target: Path) -> None:
    """Remove what never runs on Lambda."""
    for pattern in NOT_NEEDED:
        remove(*target.glob(pattern))
    for info in target.glob("*.dist-info"):
        remove(*(each for each in info.iterdir() if each.name not in DIST_INFO))
    kept = KEPT_WITHIN | {"botocore/data": (*BOTOCORE_DATA, *package.services)}
    for directory, names in kept.items():
        remove(*(each for each in (target / directory).iterdir() if each.name not in names))
    remove(target / ".lock")


def copy_source(package: Package, functions: Path, target: Path) -> None:
    """Copy what the package needs of ``functions/``, without caches and what is compiled."""
    for source in package.sources:
        if not (functions / source).is_dir():
            raise BuildError("NB-11", f"functions/{source} is not there; see infra/contents.py")
        skip = shutil.ignore_patterns("__pycache__", "*.pyc", "*.po")
        shutil.copytree(functions / source, target / source, ignore=skip)
    remove(*(target / each for each in package.without))


def compile_bytecode(interpreter: Path, target: Path) -> None:
    """Compile all modules as the runtime would, for files whose times mean nothing."""
    options = ["--invalidation-mode", "unchecked-hash", "-s", str(target), "-p", "/var/task"]
    command = [str(interpreter), "-I", "-m", "compileall", "-q", "-f", *options, str(target)]
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    if subprocess.run(command, env=environment, check=False).returncode:  # noqa: S603
        raise BuildError("NB-12", f"{interpreter} could not compile the package")


def level_times(target: Path) -> None:
    for path in (target, *target.rglob("*")):
        os.utime(path, (EPOCH, EPOCH))


def remove(*paths: Path) -> None:
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Build the packages that are deployed.")
    parser.add_argument("--arch", choices=PLATFORMS, default="arm64")
    parser.add_argument("--python", default="3.13", help="the runtime's minor version")
    parser.add_argument("--out", type=Path, default=ROOT / "build")
    parser.add_argument("--package", choices=PACKAGES, action="append", help="default: all")
    parser.add_argument("--for", dest="environment", help="section of samconfig.toml")
    return parser.parse_args()


def main() -> int:
    """Build and say how large each package is."""
    chosen = arguments()
    try:
        interpreter = find_interpreter(chosen.python)
        told = configuration(chosen.environment) if chosen.environment else ""
        for name in chosen.package or PACKAGES:
            final = build(PACKAGES[name], chosen.arch, chosen.python, interpreter, chosen.out, told)
            print(size_line(name, final))  # noqa: T201  # a command's answer
    except BuildError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
