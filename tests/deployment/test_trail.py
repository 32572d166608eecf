"""The trail's template: a bucket that nobody alters, its copy, its alarms, and who called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from audit.reports import METRICS, SERVICE
from deployment.deployed import ROOT, TEMPLATE, TRAIL, function, listed, overrides, properties
from numo_local.template.resolving import Resolver

if TYPE_CHECKING:
    from collections.abc import Callable

BUCKETS = ("TrailBucket", "CallsBucket")
ALARMS = [name for name, each in TRAIL["Resources"].items() if each["Type"].endswith("::Alarm")]


def policy(bucket: str) -> dict[str, dict[str, Any]]:
    """The statements of a bucket's policy, by their names."""
    return {
        each["Sid"]: {**each, "Action": listed(each["Action"])}
        for each in properties(f"{bucket}Policy")["PolicyDocument"]["Statement"]
    }


@pytest.mark.parametrize("name", BUCKETS)
def test_a_bucket_locks_what_is_put_into_it_and_outlives_its_stack(name: str) -> None:
    """In compliance mode: nobody removes or shortens it, not even the account's root user."""
    resource, made = TRAIL["Resources"][name], properties(name)
    assert resource["DeletionPolicy"] == resource["UpdateReplacePolicy"] == "Retain"
    assert made["ObjectLockEnabled"] is True
    lock = made["ObjectLockConfiguration"]
    assert lock["ObjectLockEnabled"] == "Enabled"
    assert lock["Rule"]["DefaultRetention"] == {"Mode": "COMPLIANCE", "Days": 730}
    assert made["VersioningConfiguration"] == {"Status": "Enabled"}
    assert "LifecycleConfiguration" not in made


@pytest.mark.parametrize("name", BUCKETS)
def test_a_bucket_is_nobodys_but_ours_and_encrypted(name: str) -> None:
    made = properties(name)
    assert set(made["PublicAccessBlockConfiguration"].values()) == {True}
    assert len(made["PublicAccessBlockConfiguration"]) == 4
    assert made["OwnershipControls"] == {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    [rule] = made["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert rule["ServerSideEncryptionByDefault"] == {"SSEAlgorithm": "AES256"}


@pytest.mark.parametrize("name", BUCKETS)
def test_a_buckets_policy_refuses_plain_http_and_every_removal(name: str) -> None:
    found = policy(name)
    plain, removal = found["OnlyOverTls"], found["NobodyRemoves"]
    assert (plain["Effect"], plain["Action"]) == ("Deny", ["s3:*"])
    assert plain["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert removal["Effect"] == "Deny"
    assert set(removal["Action"]) == {
        "s3:DeleteBucket",
        "s3:DeleteObject",
        "s3:DeleteObjectVersion",
    }
    assert "Condition" not in removal
    for each in (plain, removal):
        assert each["Principal"] == "*"
        bucket, objects = each["Resource"]
        assert objects == f"{bucket}/*"


def test_only_the_copy_writes_into_the_trail() -> None:
    """An administrator who could put an object could put a record that never was."""
    found = policy("TrailBucket")["OnlyTheCopyWrites"]
    assert (found["Effect"], found["Principal"], found["Action"]) == ("Deny", "*", ["s3:PutObject"])
    assert found["Resource"] == "arn:aws:s3:::trail/*"
    role = "arn:aws:local:::AuditRole.Arn"
    assert found["Condition"] == {"ArnNotEquals": {"aws:PrincipalArn": role}}
    assert not [each for each in policy("TrailBucket").values() if each["Effect"] == "Allow"]


def test_not_even_the_copy_writes_over_what_is_there() -> None:
    """Another version would be read first, though the one before stays."""
    found = policy("TrailBucket")["OnlyWhereNothingIs"]
    assert (found["Effect"], found["Principal"], found["Action"]) == ("Deny", "*", ["s3:PutObject"])
    assert found["Resource"] == "arn:aws:s3:::trail/*"
    assert found["Condition"] == {"Null": {"s3:if-none-match": "true"}}


def test_only_cloudtrail_writes_who_called_and_only_for_this_trail() -> None:
    found = policy("CallsBucket")
    no_person = found["NoPersonWrites"]
    assert (no_person["Effect"], no_person["Action"]) == ("Deny", ["s3:PutObject"])
    assert no_person["Condition"] == {"Bool": {"aws:PrincipalIsAWSService": "false"}}
    allowed = {name: each for name, each in found.items() if each["Effect"] == "Allow"}
    assert {name: each["Action"] for name, each in allowed.items()} == {
        "CloudTrailLooks": ["s3:GetBucketAcl"],
        "CloudTrailWrites": ["s3:PutObject"],
    }
    trail = f"arn:aws:cloudtrail:eu-west-1:123456789012:trail/{properties('Calls')['TrailName']}"
    for each in allowed.values():
        assert each["Principal"] == {"Service": "cloudtrail.amazonaws.com"}
        assert each["Condition"] == {"StringEquals": {"aws:SourceArn": trail}}


_OPERATORS: dict[str, Callable[[str, list[str]], bool]] = {
    "Equals": lambda value, of: value in of,
    "NotEquals": lambda value, of: value not in of,
    "StartsWith": lambda value, of: value.startswith(tuple(of)),
    "NotStartsWith": lambda value, of: not value.startswith(tuple(of)),
}


def recorded(**event: str) -> bool:
    """Whether CloudTrail keeps an event with these fields, by the selectors that are deployed."""
    return any(
        all(
            _OPERATORS[operator](event.get(field["Field"].replace(".", "_"), ""), values)
            for field in each["FieldSelectors"]
            for operator, values in field.items()
            if operator != "Field"
        )
        for each in properties("Calls")["AdvancedEventSelectors"]
    )


def called(function: str) -> bool:
    return recorded(
        eventCategory="Data",
        resources_type="AWS::Lambda::Function",
        resources_ARN=function,
        eventName="Invoke",
        userIdentity_arn="arn:aws:iam::123456789012:user/jan",
    )


def touched(by: str, name: str, table: str = "<audit>") -> bool:
    return recorded(
        eventCategory="Data",
        resources_type="AWS::DynamoDB::Table",
        resources_ARN=table,
        eventName=name,
        userIdentity_arn=f"arn:aws:sts::123456789012:assumed-role/{by}",
    )


def test_cloudtrail_records_by_signed_files_that_are_on() -> None:
    calls = properties("Calls")
    assert calls["IsLogging"] is True
    assert calls["EnableLogFileValidation"] is True
    assert TRAIL["Resources"]["Calls"]["DependsOn"] == "CallsBucketPolicy"


@pytest.mark.parametrize(("read_only", "kept"), [("false", True), ("true", False)])
def test_cloudtrail_records_what_changes_the_account(read_only: str, *, kept: bool) -> None:
    """Somebody may stop the copy or give themselves rights: in IAM too, whose region is another."""
    calls = properties("Calls")
    assert calls["IsMultiRegionTrail"] is calls["IncludeGlobalServiceEvents"] is True
    assert recorded(eventCategory="Management", readOnly=read_only) is kept


def test_cloudtrail_records_the_invocations_of_support_by_any_alias() -> None:
    """Data events: without a selector CloudTrail records none."""
    assert called("arn:aws:local:::SupportFunction.Arn")
    assert called("arn:aws:local:::SupportFunction.Arn:alias")
    assert not called("arn:aws:local:::SsoFunction.Arn")


def test_whoever_feeds_the_copy_by_hand_is_recorded() -> None:
    """What they hand it is in the locked bucket among the records, and looks like one."""
    assert called("arn:aws:local:::AuditFunction.Arn")


def test_the_copy_keeps_the_changes_of_the_stream_that_it_follows() -> None:
    variables = TRAIL["Resources"]["AuditFunction"]["Properties"]["Environment"]["Variables"]
    followed = TRAIL["Resources"]["Stream"]["Properties"]["EventSourceArn"]
    assert variables["TRAIL_STREAM"] == followed


def test_no_transaction_of_support_is_recorded_for_its_keys_are_pupils_codes() -> None:
    """CloudTrail shows every key of a transaction in clear, and nobody can erase it there."""
    assert not touched("numo-sso-local-SupportRole/numo-sso-local-support", "TransactWriteItems")


@pytest.mark.parametrize(
    ("by", "name"),
    [
        ("Administrator/jan", "TransactWriteItems"),
        ("Administrator/jan", "PutItem"),
        ("Administrator/jan", "GetItem"),
        ("numo-sso-local-SupportRole/numo-sso-local-support", "PutItem"),
        ("numo-sso-local-SupportRole/numo-sso-local-support", "DeleteItem"),
        ("numo-sso-local-SupportRole-of-mine/numo-sso-local-support", "TransactWriteItems"),
        ("numo-sso-local-FederationRole/numo-sso-local-federation", "PutItem"),
        ("x/assumed-role/numo-sso-local-SupportRole/y", "TransactWriteItems"),
    ],
)
def test_all_else_that_anybody_does_to_the_table_is_recorded(by: str, name: str) -> None:
    assert touched(by, name)
    assert not touched(by, name, "<roster>")


@pytest.mark.parametrize(("value", "made"), [("true", True), ("false", False)])
def test_recording_calls_is_a_parameter_that_is_on_unless_somebody_says_so(
    value: str, *, made: bool
) -> None:
    assert TEMPLATE["Parameters"]["RecordCalls"]["Default"] == "true"
    resolver = Resolver(TRAIL, {"RecordCalls": value})
    for name in ("Calls", "CallsBucket", "CallsBucketPolicy"):
        assert resolver.holds(TRAIL["Resources"][name]["Condition"]) is made


def test_the_copy_runs_as_the_other_functions_do() -> None:
    made = function("Audit")
    assert (made["Runtime"], made["Architectures"]) == ("python3.13", ["arm64"])
    assert made["FunctionName"] == "numo-sso-local-audit"
    assert made["Handler"] == "audit.handler.handler"
    assert (ROOT / "functions/audit/handler.py").is_file()
    assert (ROOT / "infra" / made["CodeUri"]).resolve() == ROOT / "build/audit"
    assert made["LoggingConfig"]["LogFormat"] == "JSON"
    log = properties("AuditLog")
    assert log["LogGroupName"] == f"/aws/lambda/{made['FunctionName']}"
    assert int(log["RetentionInDays"]) == 90


def test_a_batch_is_tried_for_twenty_hours_from_its_first_failure_on() -> None:
    """The stream forgets after a day; before that its place is in the queue."""
    stream = properties("Stream")
    assert stream["EventSourceArn"] == "arn:aws:local:::AuditTable.StreamArn"
    assert stream["StartingPosition"] == "TRIM_HORIZON"
    assert stream["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert stream["BisectBatchOnFunctionError"] is True
    assert stream["MaximumRetryAttempts"] == -1
    assert 3600 < stream["MaximumRecordAgeInSeconds"] < 24 * 3600
    assert TRAIL["Resources"]["Stream"]["Properties"]["DestinationConfig"] == {
        "OnFailure": {"Destination": {"Fn::GetAtt": ["NotCopied", "Arn"]}}
    }
    assert properties("NotCopied")["MessageRetentionPeriod"] == 14 * 24 * 3600


def test_there_is_an_alarm_for_each_way_in_which_the_trail_can_suffer() -> None:
    """One alteration is enough; a copy that is late tells well before the stream forgets."""
    watched = {properties(name)["MetricName"]: properties(name) for name in ALARMS}
    altered = watched["TrailAltered"]
    assert altered["Dimensions"] == [
        {"Name": "service", "Value": SERVICE},
        {"Name": "environment", "Value": "production"},
    ]
    assert function("Audit")["Environment"]["Variables"]["NUMO_ENVIRONMENT"] == "production"
    assert (altered["Statistic"], altered["Threshold"]) == ("Sum", 1)
    assert watched["IteratorAge"]["Threshold"] < 3600 * 1000
    assert watched["IteratorAge"]["Statistic"] == "Maximum"
    queue = watched["ApproximateNumberOfMessagesVisible"]
    assert queue["ComparisonOperator"] == "GreaterThanOrEqualToThreshold"
    assert (queue["Statistic"], queue["Threshold"]) == ("Maximum", 1)
    silent = watched["TrailCopied"]
    assert silent["Dimensions"] == altered["Dimensions"]
    assert (silent["ComparisonOperator"], silent["Threshold"]) == ("LessThanThreshold", 1)
    assert silent["Period"] * silent["EvaluationPeriods"] < 6 * 3600
    assert len(watched) == len(ALARMS) == 4


def test_the_trail_beats_more_often_than_its_silence_is_told() -> None:
    """The schedule's hour and its window, twice over, within the time of the alarm."""
    hourly = properties("FederationFunction")["Events"]["Hourly"]["Properties"]
    assert hourly["ScheduleExpression"] == "rate(1 hour)"
    apart = 3600 + hourly["FlexibleTimeWindow"]["MaximumWindowInMinutes"] * 60
    silent = properties("TrailSilentAlarm")
    assert silent["Period"] * silent["EvaluationPeriods"] > 2 * apart


@pytest.mark.parametrize("name", ALARMS)
def test_an_alarm_watches_what_is_counted_tells_somebody_and_is_in_the_runbook(name: str) -> None:
    alarm = properties(name)
    if alarm["Namespace"] == "NumoSso":
        assert alarm["MetricName"] in METRICS
    silence = "breaching" if name == "TrailSilentAlarm" else "notBreaching"
    assert alarm["TreatMissingData"] == silence
    assert alarm["AlarmActions"] == ["numo-sso-local-AlarmTopic"]
    entry, _, rest = alarm["AlarmDescription"].partition(" (")
    assert rest.endswith(f"See docs/runbook.md#{entry}.")
    runbook = (ROOT / "docs/runbook.md").read_text("utf-8")
    found = re.search(rf"^### {entry}\n(.*?)^##", runbook, re.MULTILINE | re.DOTALL)
    assert found is not None
    for part in ("What happened", "Who is hurt", "Causes", "Look at", "Do", "Kennisnet"):
        assert f"**{part}.**" in found[1]


def test_alarms_tell_a_topic_that_exists_or_one_that_mails_somebody_else_than_support() -> None:
    [subscription] = properties("AlarmTopic")["Subscription"]
    assert subscription == {"Protocol": "email", "Endpoint": overrides("production")["AlarmMail"]}
    assert subscription["Endpoint"] != TEMPLATE["Parameters"]["SupportMail"]["Default"]
    given = "arn:aws:sns:eu-west-1:123456789012:on-call"
    resolver = Resolver(TRAIL, {"AlarmTopicArn": given})
    assert not resolver.holds(TRAIL["Resources"]["AlarmTopic"]["Condition"])
    for name in ALARMS:
        actions = TRAIL["Resources"][name]["Properties"]["AlarmActions"]
        assert resolver.resolve(actions) == [given]


def test_what_nobody_can_take_back_is_short_where_one_tries_things_out() -> None:
    """A bucket of a trial cannot be emptied before its last object's time is over."""
    days = {name: overrides(name).get("TrailRetentionDays") for name in ("dev", "staging")}
    assert days == {"dev": "1", "staging": "30"}
