"""What the build puts into a package, and what it leaves out."""

from __future__ import annotations

import hashlib
import json
import marshal
import subprocess
import sys
from pathlib import PurePath
from typing import TYPE_CHECKING

import pytest

from deployment.conftest import ARCHITECTURES, MINOR, build
from deployment.deployed import EVERY_FUNCTION, function
from deployment.runtime import lambda_environ

if TYPE_CHECKING:
    from pathlib import Path


PACKAGES = ("login", "session", "federation", "support", "audit", "release", "watch")
HANDLERS = [(PurePath(function(name)["CodeUri"]).name, name) for name in EVERY_FUNCTION]
ABSENT = {
    "login": [
        "boto3",
        "cryptography",
        "edge/federation.py",
        "federation",
        "numo_sso/federation",
        "numo_sso/support",
        "numo_sso/trail",
        "numo_sso/watch",
        "pydantic",
        "session",
        "support",
    ],
    "session": [
        "boto3",
        "cryptography",
        "edge/federation.py",
        "federation",
        "jinja2",
        "lxml",
        "numo_sso/federation",
        "numo_sso/saml",
        "numo_sso/trail",
        "numo_sso/watch",
        "onelogin",
        "sso",
        "support",
        "xmlsec",
    ],
    "federation": [
        "boto3",
        "jinja2",
        "numo_sso/login",
        "numo_sso/pages",
        "numo_sso/saml/gate.py",
        "numo_sso/saml/library.py",
        "numo_sso/saml/request.py",
        "numo_sso/support",
        "numo_sso/trail",
        "numo_sso/watch",
        "pydantic",
        "sso",
        "support",
    ],
    "support": [
        "boto3",
        "federation",
        "jinja2",
        "numo_sso/login",
        "numo_sso/pages",
        "numo_sso/trail",
        "numo_sso/watch",
        "sso",
    ],
    "watch": [
        "boto3",
        "cryptography",
        "edge/federation.py",
        "jinja2",
        "lxml",
        "numo_sso/login",
        "numo_sso/saml",
        "numo_sso/support",
        "pydantic",
        "session",
        "sso",
    ],
    "audit": [
        "boto3",
        "cryptography",
        "edge/federation.py",
        "lxml",
        "numo_sso/storage",
        "numo_sso/support",
        "pydantic",
        "pynamodb",
        "session",
        "sso",
        "support",
    ],
    "release": [
        "audit",
        "boto3",
        "cryptography",
        "edge/federation.py",
        "lxml",
        "numo_sso/storage",
        "numo_sso/support",
        "pydantic",
        "pynamodb",
        "session",
        "sso",
        "support",
    ],
}
AARCH64 = 183
"""``e_machine`` of an ELF file."""


def python(package: Path, program: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a program that sees the package and the standard library only."""
    start = f"import sys; sys.path.insert(0, sys.argv[1]); {program}"
    command = [sys.executable, "-I", "-S", "-B", "-c", start, str(package)]
    return subprocess.run(  # noqa: S603  # our own arguments
        command, capture_output=True, text=True, check=False, env=environ
    )


def digest(directory: Path) -> dict[str, str]:
    """A hash of each file by its path."""
    return {
        str(path.relative_to(directory)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize(("package", "name"), HANDLERS)
def test_a_package_imports_all_that_its_functions_run(built: Path, package: str, name: str) -> None:
    """With nothing else of this machine's Python in sight, and no AWS at hand."""
    environ = function(name)["Environment"]["Variables"] | lambda_environ(built, "", "")
    environ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9"
    done = python(built / package, f"import {name.lower()}.handler", **environ)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("package", "name"),
    [("login", "Sso"), ("session", "Session"), ("session", "Authorizer"), ("support", "Support")],
)
def test_what_is_made_at_init_is_out_of_the_collectors_sight(
    built: Path, package: str, name: str
) -> None:
    """It would go through all of it now and then, while a browser waits."""
    environ = function(name)["Environment"]["Variables"] | lambda_environ(built, "", "")
    environ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9"
    told = "import gc, json; print(json.dumps([gc.get_freeze_count(), len(gc.get_objects())]))"
    done = python(built / package, f"import {name.lower()}.handler; {told}", **environ)
    frozen, left = json.loads(done.stdout.splitlines()[-1])
    assert frozen > 10_000
    assert left < frozen / 10


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_carries_nothing_of_another_ones(built: Path, name: str) -> None:
    assert not [each for each in ABSENT[name] if (built / name / each).exists()]


@pytest.mark.parametrize("name", PACKAGES)
def test_every_module_is_compiled_and_never_checked_against_its_source(
    built: Path, name: str
) -> None:
    """Flags 1: a hash-based pyc that is trusted, whatever the times of its source."""
    package = built / name
    sources = [path for path in package.rglob("*.py") if path.parent.name != "__pycache__"]
    tag = sys.implementation.cache_tag
    compiled = {path.parent / "__pycache__" / f"{path.stem}.{tag}.pyc" for path in sources}
    assert len(sources) > 100
    assert compiled == set(package.rglob("*.pyc"))
    assert {path.read_bytes()[4:8] for path in compiled} == {b"\x01\0\0\0"}


@pytest.mark.parametrize("name", PACKAGES)
def test_tracebacks_name_files_as_lambda_has_them(built: Path, name: str) -> None:
    compiled = built / name / "edge/__pycache__" / f"http.{sys.implementation.cache_tag}.pyc"
    code = marshal.loads(compiled.read_bytes()[16:])  # noqa: S302  # made by our own build
    assert code.co_filename == "/var/task/edge/http.py"


def test_botocore_describes_only_the_services_in_use(built: Path) -> None:
    login = {path.name for path in (built / "login/botocore/data").iterdir() if path.is_dir()}
    support = {path.name for path in (built / "support/botocore/data").iterdir() if path.is_dir()}
    session = {path.name for path in (built / "session/botocore/data").iterdir() if path.is_dir()}
    assert login == {"kms"}  # the rest goes the short way
    assert not session
    assert support == {"kms", "logs", "ssm"}
    program = (
        "import botocore.session as s; "
        "c = s.get_session().create_client('kms', region_name='eu-west-1'); "
        "print(c.meta.endpoint_url)"
    )
    done = python(built / "login", program)
    assert done.stdout.strip() == "https://kms.eu-west-1.amazonaws.com", done.stderr


def test_the_schemas_and_the_metadata_of_libraries_are_there(built: Path) -> None:
    """python3-saml validates by its own XSD files; some libraries ask for their own version."""
    kinds = {"login": "protocol", "federation": "metadata", "support": "metadata"}
    for package, kind in kinds.items():
        schemas = built / package / "onelogin/saml2/schemas"
        assert (schemas / f"saml-schema-{kind}-2.0.xsd").is_file()
    program = "from importlib.metadata import version; print(version('python3-saml'))"
    assert python(built / "login", program).stdout.strip() == "1.16.0"


@pytest.mark.parametrize("name", PACKAGES)
def test_nothing_of_the_build_itself_is_left(built: Path, name: str) -> None:
    package = built / name
    names = {path.name for path in package.rglob("*")}
    assert not names & {"bin", ".lock", "RECORD", "INSTALLER", "tests"}
    assert sorted(path.name for path in built.iterdir()) == sorted(PACKAGES)


def test_the_same_source_and_lock_give_the_same_bytes(built: Path, tmp_path: Path) -> None:
    arch = next(iter(ARCHITECTURES[m] for m in ARCHITECTURES if elf_machine(built, m)))
    done = build("--arch", arch, "--python", MINOR, "--out", str(tmp_path), "--package", "session")
    assert done.returncode == 0, done.stderr
    assert digest(tmp_path / "session") == digest(built / "session")


def elf_machine(built: Path, machine: str) -> bool:
    return any((built / "login").glob(f"xmlsec.*{machine}*.so"))


def test_lambdas_own_platform_has_a_wheel_of_everything(tmp_path: Path) -> None:
    """arm64 libraries throughout, whatever machine builds them."""
    done = build("--python", MINOR, "--out", str(tmp_path), "--package", "login")
    assert done.returncode == 0, done.stderr
    libraries = list((tmp_path / "login").rglob("*.so"))
    machines = {int.from_bytes(path.read_bytes()[18:20], "little") for path in libraries}
    assert len(libraries) > 5
    assert machines == {AARCH64}


def test_each_package_tells_its_size(tmp_path: Path) -> None:
    done = build("--python", MINOR, "--out", str(tmp_path), "--package", "session")
    name, _, _, unpacked, unit, _, zipped, _ = done.stdout.split()
    assert (name, unit) == ("session", "MB,")
    assert float(zipped) < float(unpacked) < 25


def test_a_package_is_another_where_the_parameters_are_others(tmp_path: Path) -> None:
    """Else a deployment that changes nothing else publishes no version, and changes nothing."""
    told: dict[str, bytes] = {}
    for environment in ("staging", "production"):
        out = tmp_path / environment
        chosen = ("--for", environment, "--package", "release")
        done = build("--python", MINOR, "--out", str(out), *chosen)
        assert done.returncode == 0, done.stderr
        told[environment] = (out / "release/deployed-as").read_bytes()
    assert told["staging"] != told["production"]
    refused = build("--python", MINOR, "--out", str(tmp_path), "--for", "moon")
    assert (refused.returncode, refused.stderr.split(":")[0]) == (1, "NB-13")


def test_without_the_runtimes_interpreter_it_says_what_to_install(tmp_path: Path) -> None:
    """Bytecode of another minor version is never read, and cold starts would triple."""
    done = build("--python", "3.99", "--out", str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.startswith("NB-02: ")
    assert "uv python install 3.99" in done.stderr
    assert not list(tmp_path.iterdir())
