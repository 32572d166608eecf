"""The support function. Invoked by ``numo-sso`` and ``aws lambda invoke``; no route leads here."""

from __future__ import annotations

import gc
import os

from aws_lambda_powertools import Logger

from support.wiring import make_handler, make_world

_logger = Logger(
    version=os.environ.get("AWS_LAMBDA_FUNCTION_VERSION", ""),
    environment=os.environ["NUMO_ENVIRONMENT"],
)
handler = make_handler(make_world(os.environ), _logger)
gc.freeze()  # what lives as long as the process is not looked at again: docs/decisions/061
