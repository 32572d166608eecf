"""One bare ``get_item`` by boto3, of the same session on the same emulator."""

from __future__ import annotations

import os

import boto3

from bench.workers.timed import serve

_KEY = {"pk": {"S": os.environ["BENCH_KEY"]}}
_client = boto3.client("dynamodb")
serve(
    lambda: None,
    lambda _: _client.get_item(TableName=os.environ["SESSIONS_TABLE"], Key=_KEY),
    lambda answer: "Item" in answer,
)
