"""The peers, each fetched where it is absent; what cannot be had here is said and left out."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HERE = Path(__file__).parent
NODE_SAML, PYSAML2 = "5.1.0", "7.5.5"


@dataclass(frozen=True)
class Peer:
    """How a peer's worker is started; ``note`` says of which version it is."""

    name: str
    command: tuple[str, ...]
    note: str


class Absent(Exception):  # noqa: N818  # it is no error of ours
    """A peer that cannot be had on this machine; the text says why."""


def ours(material: Path) -> list[Peer]:
    """What runs in our own environment."""
    return [
        Peer(name, (sys.executable, "-m", f"bench.workers.{module}", str(material)), note)
        for name, module, note in (
            ("numo-sso", "ours", "gate, python3-saml 1.16.0 with its layer, policy, identity"),
            ("bare", "bare", "lxml, xmlsec and the schema kept in memory; believes nothing"),
            ("python3-saml", "stock", "1.16.0 as its manual uses it"),
        )
    ]


def others(material: Path, folder: Path) -> tuple[list[Peer], list[str]]:
    """Everybody else's, and a line for each that is absent."""
    found, absent = [], []
    makers: tuple[Callable[[Path, Path], Peer], ...] = (lasso, node_saml, pysaml2)
    for maker in makers:
        try:
            found.append(maker(material, folder))
        except Absent as why:
            absent.append(f"{maker.__name__}: {why}")
    return found, absent


def lasso(material: Path, _folder: Path) -> Peer:
    """The C library inside mod_auth_mellon, under the Python that Debian built it for."""
    python, probe = "/usr/bin/python3", "import lasso; print(lasso.__file__)"
    if _says([python, "-c", probe]) is None:
        if not shutil.which("apt-get") or os.geteuid():
            raise Absent("apt-get install python3-lasso, as root")
        _run(["apt-get", "install", "-q", "-y", "--no-install-recommends", "python3-lasso"])
    version = _says(["dpkg-query", "-W", "-f", "${Version}", "python3-lasso"]) or "unknown"
    return Peer(
        "lasso",
        (python, "-m", "bench.workers.lasso_peer", str(material)),
        f"{version}, C, in mod_auth_mellon",
    )


def node_saml(material: Path, folder: Path) -> Peer:
    if not shutil.which("npm"):
        raise Absent("it needs Node.js with npm")
    home = folder / "node"
    package = home / "node_modules/@node-saml/node-saml/package.json"
    if not package.exists():
        home.mkdir(parents=True, exist_ok=True)
        _run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(home),
              f"@node-saml/node-saml@{NODE_SAML}"])  # fmt: skip
    version = json.loads(package.read_text())["version"]
    worker = str(HERE / "workers/node_saml_peer.cjs")
    command = ("node", worker, str(material), str(package.parent))
    return Peer("node-saml", command, f"{version}, JavaScript")


def pysaml2(material: Path, folder: Path) -> Peer:
    """It asks the program xmlsec1 about each signature."""
    if not shutil.which("xmlsec1"):
        if not shutil.which("apt-get") or os.geteuid():
            raise Absent("apt-get install xmlsec1, as root")
        _run(["apt-get", "install", "-q", "-y", "--no-install-recommends", "xmlsec1"])
    home = folder / "pysaml2"
    python = home / "bin/python"
    uv = Path(sys.executable).with_name("uv")
    if not python.exists():
        _run([str(uv), "venv", "-q", "--python", sys.executable, str(home)])
    if _says([str(python), "-c", "import saml2"]) is None:
        _run([str(uv), "pip", "install", "-q", "--python", str(python), f"pysaml2=={PYSAML2}"])
    return Peer(
        "pysaml2",
        (str(python), "-m", "bench.workers.pysaml2_peer", str(material)),
        f"{PYSAML2}, with xmlsec1",
    )


def _run(command: Sequence[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise Absent((done.stderr or done.stdout).strip().splitlines()[-1])


def _says(command: Sequence[str]) -> str | None:
    """What a command prints, if it succeeds."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError:
        return None
    return None if done.returncode else done.stdout.strip()
