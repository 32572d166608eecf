"""Functions as Lambda keeps them: some instances of each version, begun when they are needed."""

from __future__ import annotations

import importlib
import logging
import os
import sys
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from kit.emitting import ENVIRONMENT
from numo_local.functions import Function, Functions, environment_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from random import Random

    from numo_local.template.model import FunctionDefinition

_INSTANCES = 4
_VERSION = "AWS_LAMBDA_FUNCTION_VERSION"


@dataclass
class Fleet:
    """Loads functions for a stack from their sources; ``version`` is what answers now."""

    random: Random
    version: Callable[[], str]
    functions: Functions = field(default_factory=lambda: Functions({}))
    _begun: dict[tuple[str, str, int], Callable[[Any, Any], Any]] = field(default_factory=dict)

    def load(
        self, definitions: Iterable[FunctionDefinition], environment: Mapping[str, str]
    ) -> Functions:
        """What a stack asks for; the dashboards are production's, and so are the lines."""
        by_name: dict[str, Function] = {}
        for each in definitions:
            own = environment_of(each, environment)
            own["NUMO_ENVIRONMENT"] = ENVIRONMENT
            function = Function(each, partial(self._answer, each.handler, own))
            by_name |= dict.fromkeys(each.aliases, function)
        self.functions = Functions(by_name)
        return self.functions

    def ask(self, name: str, event: Any) -> Any:
        return self.functions.by_name[name].invoke(event)

    def _answer(self, handler: str, own: dict[str, str], event: Any, context: Any) -> Any:
        chosen = handler, self.version(), self.random.randrange(_INSTANCES)
        if chosen not in self._begun:
            self._begun[chosen] = _begin(handler, {**own, _VERSION: chosen[1]})
        return self._begun[chosen](event, context)


def _begin(path: str, own: dict[str, str]) -> Callable[[Any, Any], Any]:
    """Import a handler's module anew: all that an instance has is made there."""
    module, _, name = path.rpartition(".")
    sys.modules.pop(module, None)
    # loggers of one name share what they append to each line, and the version is among it
    logging.root.manager.loggerDict.pop(own.get("POWERTOOLS_SERVICE_NAME", ""), None)
    os.environ.update(own)
    handler: Callable[[Any, Any], Any] = getattr(importlib.import_module(module), name)
    for each in own:
        del os.environ[each]
    return handler
