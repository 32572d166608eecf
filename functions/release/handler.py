"""Wiring of ``release``: CodeDeploy asks it before traffic moves to a new version."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

from botocore.config import Config

from edge.clients import Clients
from edge.telemetry import Telemetry
from release.app import ReleaseApp
from release.checks import Release
from release.invoking import LambdaVersions

if TYPE_CHECKING:
    from collections.abc import Mapping

# A first start of a version takes seconds; a version that hangs is ended by its own timeout.
_CLIENT = Config(connect_timeout=3, read_timeout=25, retries={"total_max_attempts": 1})


def build(environ: Mapping[str, str], clients: Clients) -> ReleaseApp:
    """Make the app of the deployment that ``environ`` describes."""
    codedeploy = clients.get("codedeploy")

    def report(deployment: str, run: str, status: str) -> None:
        codedeploy.put_lifecycle_event_hook_execution_status(
            deploymentId=deployment, lifecycleEventHookExecutionId=run, status=status
        )

    return ReleaseApp(
        release=Release(
            public_url=environ["PUBLIC_URL"],
            sso=environ["SSO_VERSION"],
            session=environ["SESSION_VERSION"],
            authorizer=environ["AUTHORIZER_VERSION"],
            live=environ["SSO_LIVE"],
        ),
        invoke=LambdaVersions(clients.get("lambda"), time.sleep),
        report=report,
        telemetry=Telemetry(
            "release",
            environ["NUMO_ENVIRONMENT"],
            environ.get("AWS_LAMBDA_FUNCTION_VERSION", ""),
        ),
        clock=time.time,
        timer=time.perf_counter,
    )


_app = build(os.environ, Clients(_CLIENT))


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Check the versions that this deployment brings."""
    return _app.run(event, getattr(context, "aws_request_id", "none"))
