"""What runs against a deployment on this machine: cold starts, warm logins, session checks."""

from __future__ import annotations

import json
import os
import platform
import resource
import secrets
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import botocore.session

from bench.rounds import ROUNDS, Figures, in_turn
from bench.worker import PYTHON_PATH, Worker
from deployment.cloud import Cloud, sample
from deployment.conftest import ARCHITECTURES, MINOR, build
from deployment.deployed import function
from deployment.filling import made_tables, open_school, table_names
from deployment.runtime import Lambda, link_runtime_client
from deployment.test_package_runs import cookie_pairs, hub_form, request_id_of
from kit.session_world import SessionWorld
from kit.world import ATTRIBUTES, AUTHORITY, HUB, SSO_URL, hub_key
from numo_local.aws.tables import create_tables
from numo_sso.sessions import digest_of
from numo_sso.storage.sessions import item_of
from numo_sso.storage.tables import Session, bind_tables
from race.emulator import running_emulator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_ROOT = Path(__file__).parents[2]
_LOGINS = 12
"""Warm logins of each kind in a round."""
_CHECKS = 60
_CLIENT = "import boto3; boto3.client('dynamodb')"
"""The bare client against which a cold start is measured, in a compiled environment."""
_EAGER = """
import boto3, pynamodb.models, pydantic
from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.utilities import parameters
from onelogin.saml2.auth import OneLogin_Saml2_Auth
Logger(service='eager'), Metrics(namespace='eager'), APIGatewayHttpResolver(enable_validation=True)
boto3.client('dynamodb'), boto3.client('ssm')
"""
"""The agreed libraries as they come: everything imported, and nothing compiled."""


@dataclass(frozen=True)
class Deployed:
    """Figures of each measure, by the names in which the report asks for them."""

    cold: Figures
    """Milliseconds of the whole process: wall and CPU of both of ours, the bare client, the eager
    one."""
    warm: Figures
    """Milliseconds of wall: the first ACS of a process, and a later one."""
    acs: Figures
    """Microseconds of CPU of the handler's process; the start that goes before it as well."""
    sessions: Figures
    """Microseconds of CPU of the handler's process."""
    megabytes: dict[str, float]
    """Of each package, unpacked, with bytecode."""


def measure(folder: Path, rounds: int = ROUNDS) -> Deployed:
    built = folder / "build"
    done = build(
        "--arch", ARCHITECTURES[platform.machine()], "--python", MINOR, "--out", str(built)
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    with running(built, folder) as cloud, storage(folder) as dynamodb:
        cold, warm = _cold(cloud, folder, rounds)
        return Deployed(
            cold,
            warm,
            acs=_acs(cloud, dynamodb, folder, rounds),
            sessions=_sessions(cloud, dynamodb, folder, rounds),
            megabytes={each.name: _size(each) for each in sorted(built.iterdir())},
        )


@contextmanager
def running(built: Path, folder: Path) -> Iterator[Cloud]:
    client = folder / "runtime"
    cloud = Cloud(built, client if client.exists() else link_runtime_client(client), folder)
    try:
        yield cloud
    finally:
        cloud.stop()


@contextmanager
def storage(folder: Path) -> Iterator[str]:
    """The endpoint of a DynamoDB that keeps connections open, as the real one does.

    With a new connection for each call, as moto wants it, connecting is most of what is measured.
    """
    with running_emulator(folder) as endpoint:
        client = dynamodb_at(endpoint)
        create_tables(client, made_tables())
        open_school(bind_tables(client, table_names()))
        yield endpoint


def dynamodb_at(endpoint: str) -> Any:
    return botocore.session.Session().create_client(
        "dynamodb",
        "eu-west-1",
        endpoint_url=endpoint,
        aws_access_key_id="local",
        aws_secret_access_key="local",
    )


def _cold(cloud: Cloud, folder: Path, rounds: int) -> tuple[Figures, Figures]:
    """Each is a process from nothing; ours lives until its first answer, then logs two in."""
    spent: dict[str, float] = {}
    warm: Figures = {"first": [], "later": []}
    compiled = {**os.environ, **_aws(), "PYTHONDONTWRITEBYTECODE": ""}
    bare = folder / "uncompiled"
    if not bare.exists():
        _install_uncompiled(bare)
    eager = {**os.environ, **_aws(), "PYTHONPATH": str(bare), "PYTHONDONTWRITEBYTECODE": "1"}
    commands = {
        "client": ([sys.executable, "-c", _CLIENT], compiled),
        "eager": ([sys.executable, "-S", "-c", _EAGER], eager),
    }

    def login() -> float:
        began = time.perf_counter()
        started = _function(cloud, "Sso", folder)
        answer = started.invoke(sample("sso/start.json"))
        wall = time.perf_counter() - began
        spent["login-cpu"] = _cpu(started.pid)
        for name in warm:
            warm[name].append(1000 * _log_in(started, answer))
            answer = started.invoke(sample("sso/start.json"))
        started.stop()
        return 1000 * wall

    def session() -> float:
        began = time.perf_counter()
        started = _function(cloud, "Session", folder)
        started.invoke(sample("session/show.json"))
        wall = time.perf_counter() - began
        spent["session-cpu"] = _cpu(started.pid)
        started.stop()
        return 1000 * wall

    def process(name: str) -> float:
        command, environ = commands[name]
        before, began = _children(), time.perf_counter()
        subprocess.run(command, env=environ, check=True)  # noqa: S603  # our own arguments
        wall = time.perf_counter() - began
        spent[f"{name}-cpu"] = 1000 * (_children() - before)
        return 1000 * wall

    measures: dict[str, Callable[[], float]] = {
        "login": login,
        "session": session,
        "client": partial(process, "client"),
        "eager": partial(process, "eager"),
    }
    cpu: Figures = {f"{name}-cpu": [] for name in measures}

    def kept(name: str) -> float:
        wall = measures[name]()
        cpu[f"{name}-cpu"].append(spent[f"{name}-cpu"])
        return wall

    figures = in_turn({name: partial(kept, name) for name in measures}, rounds)
    counted = {name: every[1:] for name, every in (cpu | warm).items()}  # without the first round
    return figures | {n: counted[n] for n in cpu}, {name: counted[name] for name in warm}


def _function(cloud: Cloud, name: str, folder: Path) -> Lambda:
    configured = function(name)
    package = folder / "build" / Path(configured["CodeUri"]).name
    variables = cloud.variables(name, cloud.port)
    return Lambda(
        package, folder / "runtime", configured["Handler"], variables, folder / "cold.log"
    )


def _log_in(running: Lambda, started: Mapping[str, Any]) -> float:
    """Seconds from the hub's form to the redirect."""
    form = hub_form(request_id_of(started))
    event = sample("sso/acs.json", cookies=cookie_pairs(started), body=form)
    began = time.perf_counter()
    answer = running.invoke(event)
    spent = time.perf_counter() - began
    assert answer["statusCode"] == 303, answer
    return spent


def _install_uncompiled(target: Path) -> None:
    """The support function's libraries and boto3, as pip leaves them on Lambda: as source."""
    uv = Path(sys.executable).with_name("uv")
    lock = _ROOT / "requirements/run.txt"
    command = [str(uv), "pip", "install", "-q", "--target", str(target), "--link-mode", "copy"]
    command += ["--no-deps", "--require-hashes", "-r", str(lock)]
    environ = {**os.environ, "UV_COMPILE_BYTECODE": "0"}
    subprocess.run(command, env=environ, check=True)  # noqa: S603  # our own arguments


def _cpu(pid: int) -> float:
    """Milliseconds of CPU that a process has had, in steps of ten."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _children() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _acs(cloud: Cloud, dynamodb: str, folder: Path, rounds: int) -> Figures:
    environ = _environ(cloud, "Sso", dynamodb) | _hub_of(folder)
    workers = {"start": ["start"], "ours": ["acs"], "stock": ["acs_stock"]}
    return _by_workers(workers, environ, folder, rounds, _LOGINS)


def _sessions(cloud: Cloud, dynamodb: str, folder: Path, rounds: int) -> Figures:
    """Checks of one session, which was opened a moment ago and is not refreshed meanwhile."""
    now = time.time()
    value = secrets.token_urlsafe(32)
    record = SessionWorld().record._replace(
        digest=digest_of(value),
        created_at=int(now),
        last_seen_at=int(now),
        expires_at=int(now) + 14_400,
    )
    item_of(bind_tables(dynamodb_at(dynamodb), table_names()), record).save()
    told = {"BENCH_SESSION": value, "BENCH_KEY": Session.key(record.digest)}
    environ = _environ(cloud, "Session", dynamodb) | told
    workers = {"show": ["session", "show"], "check": ["session", "check"], "get_item": ["get_item"]}
    return _by_workers(workers, environ, folder, rounds, _CHECKS)


def _by_workers(
    workers: Mapping[str, list[str]],
    environ: Mapping[str, str],
    folder: Path,
    rounds: int,
    times: int,
) -> Figures:
    with ExitStack() as stack:
        measures = {}
        for name, (module, *rest) in workers.items():
            command = [sys.executable, "-m", f"bench.workers.{module}", *rest]
            worker = Worker(command, environ, folder / f"{name}.log", _ROOT)
            measures[name] = partial(stack.enter_context(worker).run, times)
        return in_turn(measures, rounds)


def environ_of_sso(cloud: Cloud, dynamodb: str, folder: Path) -> dict[str, str]:
    """Of a worker that logs in: the function's, and the hub's key."""
    return _environ(cloud, "Sso", dynamodb) | _hub_of(folder)


def _environ(cloud: Cloud, name: str, dynamodb: str) -> dict[str, str]:
    variables = cloud.variables(name, cloud.port) | {"AWS_ENDPOINT_URL_DYNAMODB": dynamodb}
    return {**os.environ, **variables, **_aws(), "PYTHONPATH": PYTHON_PATH}


def _hub_of(folder: Path) -> dict[str, str]:
    """The hub answers within the workers, and is known by a key of this process."""
    told = {
        "private_key": hub_key().private_key.decode(),
        "certificate": hub_key().certificate,
        "issuer": HUB,
        "sso_url": SSO_URL,
        "attributes": ATTRIBUTES,
        "authority": AUTHORITY,
    }
    (folder / "hub.json").write_text(json.dumps(told))
    return {"BENCH_HUB": str(folder / "hub.json")}


def _aws() -> dict[str, str]:
    return {
        "AWS_REGION": "eu-west-1",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_LAMBDA_FUNCTION_NAME": "function",
    }


def _size(package: Path) -> float:
    return sum(each.stat().st_size for each in package.rglob("*") if each.is_file()) / 1e6
