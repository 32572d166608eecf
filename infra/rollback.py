"""Put the versions before these back in traffic: ``make rollback ENV=production``.

Moves the alias of each function that the last release touched to the version before; where only a
part of the traffic has moved yet, the roll-out is stopped, which brings that part back. It needs no
build and no CloudFormation, so it takes seconds. ``--dry-run`` only says what it would do.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

ALIAS = "live"
FUNCTIONS = ("sso", "session", "authorizer", "support", "federation")
"""The login first: it is what hurts."""
APPLICATION = "ServerlessDeploymentApplication"
"""CodeDeploy's application, as SAM names it in the stack."""
ONE_RELEASE = timedelta(hours=2)
"""Versions published within it came with one deployment; an older one was no part of it."""


class RollingOut(Exception):  # noqa: N818  # it says what is the case
    """CodeDeploy is at work: whoever moved an alias now would only be overtaken by it."""


@dataclass(frozen=True)
class Standing:
    """A function's version in traffic, and the one before it (0: there is none)."""

    function: str
    now: int
    published: datetime
    before: int
    rolling: bool
    """A part of the traffic is with a newer version; the alias still names this one."""


def standing(client: Any, function: str) -> Standing:
    """What is in traffic of one function."""
    alias = client.get_alias(FunctionName=function, Name=ALIAS)
    now = int(alias["FunctionVersion"])
    pages = client.get_paginator("list_versions_by_function").paginate(FunctionName=function)
    known = {
        int(each["Version"]): datetime.fromisoformat(each["LastModified"])
        for page in pages
        for each in page["Versions"]
        if each["Version"] != "$LATEST"
    }
    return Standing(
        function,
        now,
        known[now],
        before=max((version for version in known if version < now), default=0),
        rolling=bool(alias.get("RoutingConfig", {}).get("AdditionalVersionWeights")),
    )


def roll_back(client: Any, stack: str, *, dry_run: bool) -> list[str]:
    """Move back the aliases that the last release moved.

    Returns:
        A line for each function.

    Raises:
        RollingOut: a part of the traffic is with a new version; nothing was moved.
    """
    found = [standing(client, f"{stack}-{function}") for function in FUNCTIONS]
    if any(each.rolling for each in found):
        raise RollingOut
    newest = max(each.published for each in found)
    lines = []
    for each in found:
        if newest - each.published > ONE_RELEASE:
            lines.append(f"{each.function}: stays at {each.now}, which is of an earlier release")
        elif not each.before:
            lines.append(f"{each.function}: stays at {each.now}, there is none before it")
        else:
            lines.append(f"{each.function}: {each.now} -> {each.before}")
            if not dry_run:
                _move(client, each.function, each.before)
    return lines


def stop_rolling(codedeploy: Any, application: str, *, dry_run: bool) -> list[str]:
    """Stop what is rolling out: the old version gets all traffic again, and the stack follows.

    Returns:
        A line for each deployment.
    """
    pages = codedeploy.get_paginator("list_deployment_groups").paginate(applicationName=application)
    groups = [group for page in pages for group in page["deploymentGroups"]]
    lines = []
    for group in groups:
        under_way = codedeploy.list_deployments(
            applicationName=application,
            deploymentGroupName=group,
            includeOnlyStatuses=["Created", "Queued", "InProgress", "Baking", "Ready"],
        )
        for deployment in under_way["deployments"]:
            lines.append(f"{group}: {deployment} stopped, its tenth of the traffic comes back")
            if not dry_run:
                codedeploy.stop_deployment(deploymentId=deployment, autoRollbackEnabled=True)
    return lines


def _move(client: Any, function: str, version: int) -> None:
    client.update_alias(
        FunctionName=function,
        Name=ALIAS,
        FunctionVersion=str(version),
        RoutingConfig={"AdditionalVersionWeights": {}},
    )


def _back(session: Any, stack: str, dry_run: bool) -> list[str]:  # noqa: FBT001
    try:
        return roll_back(session.client("lambda"), stack, dry_run=dry_run)
    except RollingOut:
        cloudformation = session.client("cloudformation")
        [found] = cloudformation.describe_stack_resources(
            StackName=stack, LogicalResourceId=APPLICATION
        )["StackResources"]
        application = found["PhysicalResourceId"]
        return stop_rolling(session.client("codedeploy"), application, dry_run=dry_run)


def main() -> int:
    """Say what moved. Ends with 1 where AWS did not let it."""
    parser = argparse.ArgumentParser(description="Put the versions before these back in traffic.")
    parser.add_argument("--stack", required=True, help="such as numo-sso-production")
    parser.add_argument("--region", default="eu-west-1")
    parser.add_argument("--dry-run", action="store_true")
    chosen = parser.parse_args()
    try:
        lines = _back(boto3.Session(region_name=chosen.region), chosen.stack, chosen.dry_run)
    except (BotoCoreError, ClientError) as error:
        print(f"AWS refused: {error}", file=sys.stderr)  # noqa: T201  # a command's answer
        return 1
    print("\n".join(lines))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
