"""Packages carry short descriptions of AWS; the clients that are made from them are the same."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import botocore
import botocore.session
import pytest
from botocore.loaders import Loader

from contents import PACKAGES
from descriptions import slim, without_words

WHOLE = Path(botocore.__file__).parent / "data"
REGIONS = ("eu-west-1", "eu-central-1", "us-east-1", "cn-north-1", "us-gov-west-1")
SERVICES = sorted({each for package in PACKAGES.values() for each in package.services})


@pytest.fixture(scope="module")
def slimmed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("botocore") / "data"
    data.mkdir()
    for path in WHOLE.iterdir():
        if path.is_file():
            shutil.copy(path, data)
        elif path.name in SERVICES:
            shutil.copytree(path, data / path.name)
    slim(data, tuple(SERVICES))
    return data


def client(data: Path, service: str, region: str) -> Any:
    session = botocore.session.Session()
    loader = Loader(include_default_search_paths=False, extra_search_paths=[str(data)])
    session.register_component("data_loader", loader)
    return session.create_client(
        service,
        region,
        aws_access_key_id="local",
        aws_secret_access_key="local",
    )


@pytest.mark.parametrize("service", SERVICES)
def test_a_client_goes_where_it_went_and_asks_what_it_asked(slimmed: Path, service: str) -> None:
    for region in REGIONS:
        whole, short = client(WHOLE, service, region), client(slimmed, service, region)
        assert short.meta.endpoint_url == whole.meta.endpoint_url
    model = whole.meta.service_model
    assert list(short.meta.service_model.operation_names) == list(model.operation_names)
    for name in model.operation_names:
        assert _shape(short, name) == _shape(whole, name)


def _shape(made: Any, operation: str) -> Any:
    """The members of an operation's input with their types and constraints, without words."""
    shape = made.meta.service_model.operation_model(operation).input_shape
    return None if shape is None else without_words(_members(shape, set()))


def _members(shape: Any, seen: set[str]) -> Any:
    if shape.name in seen:  # an attribute value of DynamoDB holds attribute values
        return shape.name
    inner = dict(getattr(shape, "members", {}))
    inner |= {name: getattr(shape, name) for name in ("member", "value") if hasattr(shape, name)}
    return {
        "type": shape.type_name,
        "required": getattr(shape, "required_members", None),
        "metadata": dict(shape.metadata),
        "serialization": dict(shape.serialization),
        "members": {name: _members(each, seen | {shape.name}) for name, each in inner.items()},
    }


def test_what_people_read_is_left_out_and_what_looks_like_it_stays() -> None:
    described = {
        "documentation": "<p>Long.</p>",
        "members": {"documentation": {"shape": "Text"}, "List": [{"documentation": "more"}]},
    }
    assert without_words(described) == {
        "members": {"documentation": {"shape": "Text"}, "List": [{}]}
    }


def test_the_descriptions_are_a_tenth(slimmed: Path) -> None:
    def size(name: str) -> int:
        return (slimmed / name).stat().st_size

    assert size("endpoints.json") * 10 < (WHOLE / "endpoints.json").stat().st_size
    assert not list(slimmed.rglob("*.gz"))
    assert not list(slimmed.rglob("examples-*"))


def test_what_a_client_of_s3_may_be_told_is_read_with_its_words(slimmed: Path) -> None:
    """Botocore looks for them before the first request, by a name that has to be there."""
    model = client(slimmed, "s3", "eu-west-1").meta.service_model
    assert [each.name for each in model.client_context_parameters]
