"""The functions of the template, as they are, in this process."""

from __future__ import annotations

import importlib
import json
import os
import threading
import time
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from numo_local.template.resolving import PSEUDO_PARAMETERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from numo_local.template.model import FunctionDefinition

    Load = Callable[[Iterable[FunctionDefinition], Mapping[str, str]], "Functions"]
    """Makes functions from definitions, and what :func:`environment_of` takes."""

_REGION = PSEUDO_PARAMETERS["AWS::Region"]
_ACCOUNT = PSEUDO_PARAMETERS["AWS::AccountId"]


@dataclass(frozen=True)
class Context:
    """What Lambda hands to a handler beside the event."""

    function_name: str
    memory_limit_in_mb: int
    timeout: int
    aws_request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    function_version: str = "$LATEST"
    started: float = field(default_factory=time.monotonic)

    @property
    def invoked_function_arn(self) -> str:
        return f"arn:aws:lambda:{_REGION}:{_ACCOUNT}:function:{self.function_name}"

    @property
    def log_group_name(self) -> str:
        return f"/aws/lambda/{self.function_name}"

    @property
    def log_stream_name(self) -> str:
        return "local"

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds left before Lambda would end the invocation."""
        left = self.timeout - (time.monotonic() - self.started)
        return max(0, int(left * 1000))


class Function:
    """One function. Like one instance on Lambda it answers one event at a time."""

    def __init__(self, definition: FunctionDefinition, handler: Callable[[Any, Any], Any]) -> None:
        self.definition = definition
        self._handler = handler
        self._lock = threading.Lock()

    def invoke(self, event: Any) -> Any:
        """Answer an event. Both ways the value passes through JSON, as it does on Lambda."""
        context = Context(self.definition.name, self.definition.memory, self.definition.timeout)
        with self._lock:
            answer = self._handler(json.loads(json.dumps(event)), context)
        return json.loads(json.dumps(answer))


@dataclass(frozen=True)
class Functions:
    """All functions, by every name that they answer to."""

    by_name: Mapping[str, Function]

    def find(self, name: str) -> Function | None:
        """Find a function by name, alias or ARN, with or without a qualifier."""
        if name.startswith("arn:"):
            name = name.split(":function:", 1)[-1]
        return self.by_name.get(name.partition(":")[0])


def environment_of(
    definition: FunctionDefinition, environment: Mapping[str, str]
) -> dict[str, str]:
    """A function's own variables.

    Args:
        environment: values that take the place of the template's, for names that it sets.
    """
    return {name: environment.get(name, value) for name, value in definition.environment.items()}


def load_functions(
    definitions: Iterable[FunctionDefinition], environment: Mapping[str, str]
) -> Functions:
    """Import each handler with the environment that the template gives its function.

    Handlers read ``os.environ`` while they are imported, so this changes it, for good. Once all
    are loaded the environment holds what every function has.
    """
    by_name: dict[str, Function] = {}
    for definition in definitions:
        own = environment_of(definition, environment)
        os.environ.update(own)
        function = Function(definition, _import(definition.handler))
        for name in own:
            del os.environ[name]
        by_name |= dict.fromkeys(definition.aliases, function)
    return Functions(by_name)


def _import(path: str) -> Callable[[Any, Any], Any]:
    module, _, name = path.rpartition(".")
    handler: Callable[[Any, Any], Any] = getattr(importlib.import_module(module), name)
    return handler
