"""One trial: the tests, in this process, with one module's code replaced. Runs in a child."""

from __future__ import annotations

import gc
import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import CodeType, ModuleType

_EXAMPLES = 100


def preload() -> None:
    """Import, before any child is made, what is not ours: each child then starts at once."""
    for name in _LIBRARIES:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()  # a child's collector would touch, and so copy, every page of the parent


_LIBRARIES = (
    "lxml.etree", "xmlsec", "onelogin.saml2.response", "onelogin.saml2.settings", "itsdangerous",
    "jinja2", "botocore.session", "pynamodb.models", "aws_lambda_powertools",
    "cryptography.hazmat.primitives.asymmetric.rsa", "cryptography.x509", "hypothesis.strategies",
    "pydantic", "flask",
)  # fmt: skip


def run_tests(tests: Sequence[str], replaced: tuple[str, CodeType] | None, log: str) -> int:
    """Pytest's exit code, up to the first failure; ``replaced`` is a module's name and code."""
    if replaced is not None:
        sys.meta_path.insert(0, _Replacement(*replaced))
    sys.dont_write_bytecode = False  # so that a test file is rewritten for pytest once, not always
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(output, 1)
    os.dup2(output, 2)
    options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--tb=line"]
    options += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # hypothesis is here already
    code = int(pytest.main([*options, *tests], plugins=[_Hurry()]))
    sys.stdout.flush()
    return code


class _Hurry:
    """A failing property is enough: nothing is gained by its smallest example."""

    def pytest_collection_finish(self) -> None:
        settings.register_profile(
            "hurry",
            settings(),
            phases=(Phase.explicit, Phase.generate),
            max_examples=_EXAMPLES,
            database=None,
        )
        settings.load_profile("hurry")


class _Replacement(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module other code, wherever it is imported."""

    def __init__(self, name: str, code: CodeType) -> None:
        self._name = name
        self._code = code

    def find_spec(
        self, fullname: str, _path: object = None, _target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._name:
            return None
        return importlib.util.spec_from_loader(fullname, self, origin=self._code.co_filename)

    def exec_module(self, module: ModuleType) -> None:
        exec(self._code, module.__dict__)  # noqa: S102  # the whole purpose: a mutant's own code
