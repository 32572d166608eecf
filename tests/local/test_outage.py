"""Storage that fails on demand, and only while it is told to."""

from __future__ import annotations

from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from numo_local.aws.outage import STATES, Outage

if TYPE_CHECKING:
    from numo_local.process import RunningStack


def turn(stack: RunningStack, state: str) -> int:
    connection = HTTPConnection("localhost", stack.port, timeout=20)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/storage", urlencode({"state": state}), headers)
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.mark.parametrize("state", ["down", "denied", "throttled", "nonsense"])
def test_only_dynamodb_fails_and_only_while_it_is_told_to(state: str) -> None:
    """Keys and parameters are still to be had, as on AWS."""
    outage = Outage()
    assert outage.answer("DynamoDB_20120810.GetItem") is None
    outage.state = state
    assert outage.answer("DynamoDB_20120810.GetItem") is not None
    assert outage.answer("AmazonSSM.GetParametersByPath") is None
    outage.state = "up"
    assert outage.answer("DynamoDB_20120810.GetItem") is None


def test_reads_go_on_where_nothing_is_written() -> None:
    outage = Outage()
    outage.state = "read-only"
    assert outage.answer("DynamoDB_20120810.BatchGetItem") is None
    assert outage.answer("DynamoDB_20120810.TransactWriteItems") is not None


def test_parameters_fail_apart_from_storage() -> None:
    outage = Outage()
    outage.state = "no-parameters"
    assert outage.answer("AmazonSSM.GetParametersByPath") is not None
    assert outage.answer("DynamoDB_20120810.GetItem") is None


@pytest.mark.parametrize("target", ["DynamoDB_20120810.GetItem", "AmazonSSM.GetParameters"])
def test_slow_storage_answers_and_only_storage_is_slow(target: str) -> None:
    outage = Outage()
    assert outage.delay(target) == 0
    outage.state = "slow"
    assert outage.answer(target) is None
    assert (outage.delay(target) > 0) is target.startswith("DynamoDB")


def test_the_index_turns_it_and_knows_no_other_state(stack: RunningStack) -> None:
    """A state that does not exist changes nothing."""
    assert turn(stack, "gone") == 400
    assert [turn(stack, state) for state in reversed(STATES)] == [303] * len(STATES)
