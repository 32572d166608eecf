"""An instance that is restored from a snapshot shares nothing with the others that are."""

from __future__ import annotations

import random
import sys
import types
from typing import TYPE_CHECKING, Any

from deployment.deployed import function
from edge.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest


def test_after_a_restore_everything_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in function("Sso")["Environment"]["Variables"].items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "local")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "local")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.delitem(sys.modules, "sso.handler", raising=False)
    from sso.handler import Instance, begin_after_restores  # noqa: PLC0415

    registered: list[Callable[[], None]] = []
    runtime: Any = types.ModuleType("snapshot_restore_py")
    runtime.register_after_restore = registered.append
    monkeypatch.setitem(sys.modules, "snapshot_restore_py", runtime)
    instance = Instance(Settings.from_environ(function("Sso")["Environment"]["Variables"]))
    begin_after_restores(instance, "on-demand")
    assert not registered
    begin_after_restores(instance, "snap-start")
    app, clients = instance.app, instance.clients
    drawn: list[Any] = []
    for _ in range(2):  # two instances, of one snapshot
        random.seed(7)
        registered[0]()
        drawn.append(random.getstate())
    assert drawn[0] != drawn[1]
    assert instance.app.trust is not app.trust
    assert instance.app.services.schools is not app.services.schools
    assert instance.clients is not clients
    assert instance.clients.get("dynamodb") is not clients.get("dynamodb")
