"""botocore's descriptions of AWS, as short as the functions need them.

Reading them is a third of a cold start: `endpoints.json` names three hundred services in forty
regions, and a service's model carries its whole manual. What is left out here is never looked at
by a client that is made from the rest.
"""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

_FOR_READERS = ("documentation", "documentationUrl", "examples")
"""What a model says to people, not to a client."""
_AS_THEY_ARE = "clientContextParams"
"""A client of S3 reads these with all that belongs to them, whether it shows it or not."""


def slim(data: Path, services: tuple[str, ...]) -> None:
    """Rewrite the descriptions below ``data``, a package's own copy of ``botocore/data``.

    Args:
        data: the directory, in which only ``services`` are left.
        services: as botocore names them.
    """
    for path in sorted(data.rglob("examples-*.json*")):
        path.unlink()
    for path in sorted(data.rglob("*.json.gz")):
        described = json.loads(gzip.decompress(path.read_bytes()))
        _write(path.with_suffix(""), without_words(described))
        path.unlink()
    endpoints = data / "endpoints.json"
    described = json.loads(endpoints.read_bytes())
    for partition in described["partitions"]:
        named = partition["services"]
        partition["services"] = {each: named[each] for each in services if each in named}
    _write(endpoints, described)


def without_words(described: Any) -> Any:
    """A model without its manual. A member that is named ``documentation`` stays."""
    if isinstance(described, list):
        return [without_words(each) for each in described]
    if not isinstance(described, dict):
        return described
    return {
        name: value if name == _AS_THEY_ARE else without_words(value)
        for name, value in described.items()
        if not (name in _FOR_READERS and isinstance(value, str))
    }


def _write(path: Path, described: Any) -> None:
    path.write_text(json.dumps(described, separators=(",", ":")), encoding="utf-8")
