"""``make profile``: where each microsecond goes, of a start and of a warm login.

A profiler makes small functions look large, so its shares are scaled to what the same login takes
without it. What C does counts for whoever called it, but for libxml2, libxmlsec and the kernel.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import pstats
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import report
from bench.deployed import environ_of_sso, running, storage
from deployment.conftest import ARCHITECTURES, MINOR, build

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_ROOT = Path(__file__).parents[2]
_FOLDER = _ROOT / ".bench"
_PAGE = report.DOCS / "profile.md"
_HEAD = """# Where each microsecond goes

Written by `make profile`, on {machine}.

A start's imports are each module's least of nine starts of the built package. A login's CPU is of
the whole handler, storage on an emulator: a profiler's shares, scaled to what a login takes without
one. What C does counts for whoever called it, but for libxml2, libxmlsec and the kernel.
"""
_STARTS = 9
_SHOWN = 25
_PLACES = (
    (r"/numo_sso/saml/", "numo_sso.saml"),
    (r"/numo_sso/(login|flow|matching|schools|sessions|references)", "numo_sso.login"),
    (r"/numo_sso/storage/", "numo_sso.storage"),
    (r"/numo_sso/|/functions/sso/", "numo_sso, the rest"),
    (r"/edge/aws/", "edge.aws: sign and send"),
    (r"/edge/", "edge: decode, answer, log"),
    (r"/onelogin/", "python3-saml"),
    (r"/pynamodb/", "pynamodb"),
    (r"/aws_lambda_powertools/|/logging/", "Powertools' logger"),
    (r"/itsdangerous/", "itsdangerous"),
    (r"/http/|/email/|/socket\.py|/selectors\.py|/urllib3/", "http.client"),
    (r"/json/", "json"),
    (r"/threading\.py", "the thread that parses"),
    (r"xmlsec", "libxmlsec, in C"),
    (r"lxml|_elementpath", "libxml2, in C"),
    (r"'recv_into'|'sendall'|'poll'|'connect'", "the kernel, sending and receiving"),
    (r"'acquire' of '_thread", "the thread that parses"),
)
"""Of a function's file or, for what is written in C, of its name: the first that matches."""

_IMPORT = re.compile(r"^import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)$", re.MULTILINE)

Function = tuple[str, int, str]


def main() -> None:
    parser = argparse.ArgumentParser(prog="make profile", description=__doc__)
    parser.add_argument("--record", action="store_true", help="write docs/profile.md")
    record = parser.parse_args().record
    _FOLDER.mkdir(exist_ok=True)
    built = _FOLDER / "build"
    done = build(
        "--arch", ARCHITECTURES[platform.machine()], "--python", MINOR, "--out", str(built)
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    report.say(f"profiling on {report.machine()}")
    with running(built, _FOLDER) as cloud, storage(_FOLDER) as dynamodb:
        environ = environ_of_sso(cloud, dynamodb, _FOLDER)
        imports = _imports(environ, built / "login")
        stats, scale = _login(environ)
    own = _own_times(stats)
    tables = [
        _table("a start's imports, ms", imports),
        _table("a warm login's CPU by place, µs", _by_place(own, scale)),
        _table("by function, µs", _by_function(own, scale)),
    ]
    report.say("\n\n".join(tables))
    report.say(f"\nall of it: {_FOLDER / 'acs.prof'} (pstats, snakeviz)")
    if record:
        blocks = "\n\n".join(f"```text\n{table}\n```" for table in tables)
        _PAGE.write_text(f"{_HEAD.format(machine=report.machine())}\n{blocks}\n", "utf-8")


def _imports(environ: Mapping[str, str], package: Path) -> Counter[str]:
    """Milliseconds that each library's modules took, each module's least of some starts."""
    least: dict[str, int] = {}
    command = [sys.executable, "-S", "-X", "importtime", "-c", "import sso.handler"]
    given = {**environ, "PYTHONPATH": str(package), "PYTHONDONTWRITEBYTECODE": ""}
    for _ in range(_STARTS):
        done = subprocess.run(  # noqa: S603  # our own arguments
            command, env=given, capture_output=True, text=True, check=True
        )
        for spent, name in re.findall(
            r"^import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)$", done.stderr, re.MULTILINE
        ):
            least[name] = min(least.get(name, int(spent)), int(spent))
    found: Counter[str] = Counter()
    for name, spent in least.items():
        label = "sso.handler, all made" if name == "sso.handler" else name.partition(".")[0]
        found[label] += spent / 1000  # type: ignore[assignment]  # milliseconds
    return found


def _login(environ: Mapping[str, str]) -> tuple[Mapping[Function, Any], float]:
    """What the profiler saw, and what makes microseconds of one login of its seconds."""
    target = _FOLDER / "acs.prof"
    given = {**environ, "BENCH_PROFILE": str(target)}
    subprocess.run(  # our own arguments
        [sys.executable, "-m", "bench.workers.acs"],
        env=given,
        cwd=_ROOT,
        check=True,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    told = json.loads(target.with_suffix(".json").read_text())
    read: Any = pstats.Stats(str(target))
    whole: float = sum(spent for _, _, spent, _, _ in read.stats.values())
    return read.stats, told["us"] / whole


def _own_times(stats: Mapping[Function, Any]) -> Counter[Function]:
    """Seconds of each function's own; C's, which has no file, by the place that called it."""
    own: Counter[Function] = Counter()
    for function, (_, _, spent, _, callers) in stats.items():
        if function[0] != "~" or _named(function) or not callers:
            own[function] += spent
            continue
        for caller, (_, _, of_caller, _) in callers.items():
            own[caller] += of_caller
    return own


def _by_place(own: Mapping[Function, float], scale: float) -> Counter[str]:
    found: Counter[str] = Counter()
    for function, spent in own.items():
        label = _named(function) or "Python's own library"
        found[label] += spent * scale  # type: ignore[assignment]  # microseconds
    return found


def _by_function(own: Mapping[Function, float], scale: float) -> Counter[str]:
    found: Counter[str] = Counter()
    for (path, line, name), spent in own.items():
        at = name if path == "~" else f"{os.path.relpath(path, _ROOT)}:{line} {name}"
        found[re.sub(r"^.*site-packages/|^.*/python3\.\d+/", "", at)] += spent * scale  # type: ignore[assignment]
    return found


def _named(function: Function) -> str:
    """The place of :data:`_PLACES` that a function belongs to."""
    path, _, name = function
    told = name if path == "~" else path
    return next((label for form, label in _PLACES if re.search(form, told)), "")


def _table(title: str, found: Counter[str]) -> str:
    whole = sum(found.values())
    rows = [["", title, "share"]]
    rows += [
        [name, f"{spent:8.1f}", f"{spent / whole:6.1%}"] for name, spent in _most(found.items())
    ]
    return report.as_text([*rows, ["together", f"{whole:8.1f}", ""]])


def _most(found: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    return sorted(found, key=lambda each: -each[1])[:_SHOWN]


if __name__ == "__main__":
    main()
