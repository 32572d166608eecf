"""Write ``infra/monitoring.yaml`` from the rows in ``infra/boards/``: ``make monitoring``.

CloudFormation wants a dashboard as one string, and an alarm as twenty lines. A test holds the file
against the rows, so nobody edits it by hand.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

from boards import operations, support
from boards.alarm_list import ALARMS
from boards.queries import SAVED

TARGET = Path(__file__).resolve().parent / "monitoring.yaml"
_HEAD = """\
# Made by `make monitoring` from the rows in infra/boards/, which are what to read and to change:
# support.py and operations.py (dashboards), alarm_list.py (alarms), queries.py (saved queries).
"""
PARAMETERS = {
    "Environment": "Which deployment this is; its metrics bear the name.",
    "Name": "What the names of dashboards, alarms and queries begin with.",
    "SupportMail": "Mail address that topics made here tell.",
    "LogKeyArn": "KMS key for topics that are made here. Empty: they are not encrypted by one.",
    "WakeTopicArn": "Topic of alarms that wake somebody. Empty: one is made here.",
    "WorkdayTopicArn": "Topic of alarms for the working day. Empty: one is made here.",
    "ApiId": "Id of the HTTP API.",
    **{
        f"{name}Function": f"Name of the function {name.lower()}."
        for name in (
            "Sso",
            "Session",
            "Authorizer",
            "Support",
            "Federation",
            "Audit",
            "Watch",
            "Heartbeat",
        )
    },
    **{
        f"{name}Table": f"Name of the table of {name.lower()}."
        for name in ("Schools", "Roster", "Sessions", "Traces", "Audit")
    },
    "SsoLog": "Log group of the login.",
    "SupportLog": "Log group of support.",
    "FederationLog": "Log group of the check of the hub's metadata.",
    "WatchLog": "Log group of the watch.",
    "AccessLog": "Log group of the gateway.",
}
_LEVELS = ("Wake", "Workday")


class _Dumper(yaml.SafeDumper):
    """Writes what has several lines as lines, and repeats instead of pointing."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


def _string(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _string)


def template() -> dict[str, Any]:
    """The whole of it."""
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": "Numo SSO: dashboards, alarms and saved queries.",
        "Parameters": {
            name: {"Type": "String", "Description": description}
            for name, description in PARAMETERS.items()
        },
        "Conditions": {
            "TopicsHaveKey": {"Fn::Not": [{"Fn::Equals": [{"Ref": "LogKeyArn"}, ""]}]},
            **{
                f"Own{each}Topic": {"Fn::Equals": [{"Ref": f"{each}TopicArn"}, ""]}
                for each in _LEVELS
            },
        },
        "Resources": {
            **{f"{each}Topic": _topic(each) for each in _LEVELS},
            "SupportDashboard": _dashboard("support", support.dashboard()),
            "OperationsDashboard": _dashboard("operations", operations.dashboard()),
            **{each.logical_id: each.resource() for each in ALARMS},
            **{_query_id(each.name): _query(each.name, each.log, each.query) for each in SAVED},
        },
        "Outputs": {
            f"{each}TopicArn": {
                "Value": {
                    "Fn::If": [
                        f"Own{each}Topic",
                        {"Ref": f"{each}Topic"},
                        {"Ref": f"{each}TopicArn"},
                    ]
                }
            }
            for each in _LEVELS
        },
    }


def render() -> str:
    return _HEAD + yaml.dump(
        template(), Dumper=_Dumper, sort_keys=False, width=2000, allow_unicode=True
    )


def _topic(level: str) -> dict[str, Any]:
    mail = [{"Protocol": "email", "Endpoint": {"Ref": "SupportMail"}}]
    key = {"Fn::If": ["TopicsHaveKey", {"Ref": "LogKeyArn"}, {"Ref": "AWS::NoValue"}]}
    return {
        "Type": "AWS::SNS::Topic",
        "Condition": f"Own{level}Topic",
        "Properties": {"KmsMasterKeyId": key, "Subscription": mail},
    }


def _dashboard(name: str, body: str) -> dict[str, Any]:
    return {
        "Type": "AWS::CloudWatch::Dashboard",
        "Properties": {
            "DashboardName": {"Fn::Sub": f"${{Name}}-{name}"},
            "DashboardBody": {"Fn::Sub": body},
        },
    }


def _query_id(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("-")) + "Query"


def _query(name: str, log: str, query: str) -> dict[str, Any]:
    return {
        "Type": "AWS::Logs::QueryDefinition",
        "Properties": {
            "Name": {"Fn::Sub": f"${{Name}}/{name}"},
            "LogGroupNames": [{"Ref": log[2:-1]}],
            "QueryString": query,
        },
    }


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
    sys.exit(0)
