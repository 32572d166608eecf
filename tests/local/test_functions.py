"""Functions in this process, and AWS as they find it."""

from __future__ import annotations

import io
import queue
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stderr
from typing import Any

import boto3
from botocore.exceptions import ClientError

from numo_local.aws.moto_server import moto_server
from numo_local.aws.outage import Outage
from numo_local.aws.tables import create_tables
from numo_local.functions import Function, Functions
from numo_local.schedules import Schedules
from numo_local.template.model import FunctionDefinition, ScheduleDefinition

DEFINITION = FunctionDefinition("SupportFunction", "numo-sso-local-support", "x.y", {}, 3, 128)
KEYS = {
    "TableName": "marks",
    "BillingMode": "PAY_PER_REQUEST",
    "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
    "TimeToLiveSpecification": {"AttributeName": "ttl", "Enabled": True},
}


def test_a_function_answers_one_event_at_a_time() -> None:
    """Like an instance on Lambda: handlers never need locks of their own."""
    busy = threading.Lock()

    def handler(_event: Any, _context: Any) -> bool:
        alone = busy.acquire(blocking=False)
        time.sleep(0.01)
        if alone:
            busy.release()
        return alone

    function = Function(DEFINITION, handler)
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda _: function.invoke({}), range(16)))


def test_events_and_answers_pass_through_json() -> None:
    """A tuple that a handler answers arrives as a list, and no object is shared."""
    function = Function(DEFINITION, lambda event, _: (event,))
    event = {"a": [1]}
    answer = function.invoke(event)
    assert answer == [{"a": [1]}]
    assert answer[0] is not event


def test_a_function_is_found_by_any_of_its_names() -> None:
    function = Function(DEFINITION, lambda *_: None)
    functions = Functions(dict.fromkeys(DEFINITION.aliases, function))
    arn = "arn:aws:lambda:eu-west-1:123456789012:function:numo-sso-local-support:live"
    for name in ("support", "SupportFunction", "support:$LATEST", arn):
        assert functions.find(name) is function
    assert functions.find("sso") is None


def test_a_schedule_calls_its_function_again_and_again_though_it_fails() -> None:
    """Each call gets the scheduler's event; stopping ends them."""
    called: queue.Queue[Any] = queue.Queue()

    def handler(event: Any, _context: Any) -> None:
        called.put(event)
        raise ValueError

    functions = Functions({"SupportFunction": Function(DEFINITION, handler)})
    schedules = Schedules([ScheduleDefinition("SupportFunction", 0)], functions)
    with redirect_stderr(io.StringIO()) as told:
        schedules.start()
        events = [called.get(timeout=10) for _ in range(2)]
        schedules.stop()
    assert {each["source"] for each in events} == {"aws.scheduler"}
    assert "ValueError" in told.getvalue()


def test_schedules_that_never_began_can_be_stopped() -> None:
    """A stack that does not come up stops what it has."""
    functions = Functions({"SupportFunction": Function(DEFINITION, lambda *_: None)})
    Schedules([ScheduleDefinition("SupportFunction", 3600)], functions).stop()


def test_of_many_concurrent_conditional_writes_one_wins() -> None:
    """Moto alone lets several win; the lock around it makes it keep its word."""
    server = moto_server(Outage())
    server.start()
    try:
        dynamodb = boto3.client(
            "dynamodb",
            endpoint_url=f"http://127.0.0.1:{server.port}",
            region_name="eu-west-1",
            aws_access_key_id="local",
            aws_secret_access_key="local",
        )
        create_tables(dynamodb, [KEYS])

        def put(number: int) -> bool:
            try:
                dynamodb.put_item(
                    TableName="marks",
                    Item={"pk": {"S": str(number // 8)}},
                    ConditionExpression="attribute_not_exists(pk)",
                )
            except ClientError:
                return False
            return True

        with ThreadPoolExecutor(16) as pool:
            winners = sum(pool.map(put, range(20 * 8)))
        assert winners == 20
        status = dynamodb.describe_time_to_live(TableName="marks")["TimeToLiveDescription"]
        assert status["AttributeName"] == "ttl"
    finally:
        server.stop()
