"""What each function may do, written out here a second time so that no change goes unnoticed."""

from __future__ import annotations

from typing import Any

import pytest

from deployment.deployed import (
    ACCOUNT,
    EVERY_FUNCTION,
    TEMPLATE,
    listed,
    overrides,
    properties,
    root_with,
    statements,
    statements_of,
)

PARAMETERS = "arn:aws:ssm:eu-west-1:123456789012:parameter/numo-sso/production"
READ = {"dynamodb:GetItem", "dynamodb:BatchGetItem"}
WRITE = {"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"}
LOGIN_LOG = "arn:aws:local:::SsoLog.Arn"
REFUSED_CODES = "arn:aws:local:::RefusedCodesKey.Arn"
UNNAMEABLE = {"logs:GetQueryResults"}
"""AWS knows no resource for it: what it takes is the id of a query that one started."""

DIGEST = {"ssm:GetParameters", "ssm:PutParameter"}

EXPECTED = {
    "Sso": {
        REFUSED_CODES: {"kms:Encrypt"},
        "<schools>": READ,
        "<roster>": READ,
        "<sessions>": READ | WRITE,
        "<traces>": {"dynamodb:PutItem", "dynamodb:Query"},
        PARAMETERS: {"ssm:GetParametersByPath"},
        f"{PARAMETERS}/*": {"ssm:GetParametersByPath"},
    },
    "Session": {
        "<sessions>": {"dynamodb:GetItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"},
        f"{PARAMETERS}/epoch": {"ssm:GetParameters"},
    },
    "Authorizer": {
        "<sessions>": {"dynamodb:GetItem", "dynamodb:UpdateItem"},
        f"{PARAMETERS}/epoch": {"ssm:GetParameters"},
    },
    "Support": {
        "<schools>": READ
        | WRITE
        | {"dynamodb:Query", "dynamodb:Scan", "dynamodb:ConditionCheckItem"},
        "<roster>": READ
        | WRITE
        | {"dynamodb:Query", "dynamodb:BatchWriteItem", "dynamodb:ConditionCheckItem"},
        "<sessions>": {"dynamodb:BatchGetItem", "dynamodb:DeleteItem"},
        "<sessions>/index/by_user": {"dynamodb:Query"},
        "<sessions>/index/by_school": {"dynamodb:Query"},
        "<traces>": READ | {"dynamodb:Query", "dynamodb:DeleteItem"},
        "<traces>/index/by_entrance": READ | {"dynamodb:Query"},
        "<traces>/index/by_refusal": READ | {"dynamodb:Query"},
        LOGIN_LOG: {"logs:StartQuery"},
        REFUSED_CODES: {"kms:Decrypt"},
        "*": UNNAMEABLE,
        "<traces>/index/by_unplaced_brin": READ | {"dynamodb:Query"},
        "<traces>/index/by_user": READ | {"dynamodb:Query"},
        "<audit>": {"dynamodb:PutItem"},
        PARAMETERS: {"ssm:GetParametersByPath"},
        f"{PARAMETERS}/*": {"ssm:GetParametersByPath"},
        f"{PARAMETERS}/sp/ring": {"ssm:PutParameter"},
        f"{PARAMETERS}/sp/key/*": {"ssm:PutParameter", "ssm:DeleteParameter"},
        f"{PARAMETERS}/cookie/ring": {"ssm:PutParameter"},
        f"{PARAMETERS}/cookie/key/*": {"ssm:PutParameter", "ssm:DeleteParameter"},
        f"{PARAMETERS}/pseudonym": {"ssm:PutParameter"},
        f"{PARAMETERS}/idp": DIGEST | {"ssm:GetParameterHistory"},
        f"{PARAMETERS}/idp-pending": DIGEST,
        f"{PARAMETERS}/federation/*": DIGEST,
        f"{PARAMETERS}/epoch": {"ssm:PutParameter"},
    },
    "Federation": {
        "<audit>": {"dynamodb:PutItem"},
        f"{PARAMETERS}/idp": DIGEST,
        f"{PARAMETERS}/idp-pending": DIGEST,
        f"{PARAMETERS}/federation/*": DIGEST,
    },
    "Audit": {
        "arn:aws:local:::AuditTable.StreamArn": {
            "dynamodb:DescribeStream",
            "dynamodb:GetRecords",
            "dynamodb:GetShardIterator",
            "dynamodb:ListStreams",
        },
        "arn:aws:s3:::trail/*": {"s3:PutObject", "s3:GetObject"},
        "arn:aws:local:::NotCopied.Arn": {"sqs:SendMessage"},
    },
    "Release": {
        f"{ACCOUNT}:numo-sso-local-sso:7": {"lambda:InvokeFunction"},
        f"{ACCOUNT}:numo-sso-local-sso:live": {"lambda:InvokeFunction"},
        f"{ACCOUNT}:numo-sso-local-session:7": {"lambda:InvokeFunction"},
        f"{ACCOUNT}:numo-sso-local-authorizer:7": {"lambda:InvokeFunction"},
        "arn:aws:codedeploy:eu-west-1:123456789012:deploymentgroup:"
        "numo-sso-local-ServerlessDeploymentApplication-*/*": {
            "codedeploy:PutLifecycleEventHookExecutionStatus"
        },
    },
    "Watch": {
        "<schools>": {"dynamodb:Scan"},
        LOGIN_LOG: {"logs:StartQuery"},
        "*": UNNAMEABLE,
    },
    "Heartbeat": {},
}
DENIED = {"Support", "Federation"}
"""Those that put into the audit table."""
SECRET_KEY = "arn:aws:kms:eu-west-1:123456789012:key/0a"
KEYS = {"Sso": {"kms:Decrypt"}, "Support": {"kms:Encrypt", "kms:Decrypt"}}


def allowed(name: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for statement in (each for each in statements(name) if each["Effect"] == "Allow"):
        for resource in statement["Resource"]:
            found.setdefault(resource, set()).update(statement["Action"])
    return found


@pytest.mark.parametrize("name", EVERY_FUNCTION)
def test_a_role_allows_these_actions_on_these_resources_and_no_more(name: str) -> None:
    """Beside this it writes its own log, and opens secrets as the next tests tell."""
    found = allowed(name)
    log = found.pop(f"arn:aws:local:::{name}Log.Arn")
    found.pop("arn:aws:kms:eu-west-1:123456789012:key/*", None)
    assert log == {"logs:CreateLogStream", "logs:PutLogEvents"}
    assert found == EXPECTED[name]


def test_of_the_traces_support_deletes_near_misses_only() -> None:
    """They name a person who may ask to be erased; a trace does not."""
    (statement,) = [
        each
        for each in statements("Support")
        if each["Resource"] == ["<traces>"] and "dynamodb:DeleteItem" in each["Action"]
    ]
    assert statement["Action"] == ["dynamodb:DeleteItem"]
    assert statement["Condition"] == {
        "ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["near#*"]},
        "Null": {"dynamodb:LeadingKeys": "false"},
    }


def using_keys(name: str) -> list[dict[str, Any]]:
    return [each for each in statements(name) if any(a.startswith("kms:") for a in each["Action"])]


def test_refused_codes_are_sealed_by_login_opened_by_support_and_bound_to_their_login() -> None:
    """Neither can do the other's part, nor leave out what a code is sealed for."""
    found = {
        (name, *each["Action"])
        for name in EVERY_FUNCTION
        for each in using_keys(name)
        if each["Resource"] == [REFUSED_CODES]
    }
    assert found == {("Sso", "kms:Encrypt"), ("Support", "kms:Decrypt")}
    for name in ("Sso", "Support"):
        (statement,) = [e for e in using_keys(name) if e["Resource"] == [REFUSED_CODES]]
        bound = {f"kms:EncryptionContext:{part}": "false" for part in ("entrance", "reference")}
        assert statement["Condition"] == {"Null": bound}
    assert properties("RefusedCodesKey")["EnableKeyRotation"] is True


@pytest.mark.parametrize("name", EVERY_FUNCTION)
def test_keys_are_used_through_ssm_for_our_own_parameters_only(name: str) -> None:
    """The one resource that is not named in full is held by three conditions."""
    using = [each for each in using_keys(name) if each["Resource"] != [REFUSED_CODES]]
    assert {action for each in using for action in each["Action"]} == KEYS.get(name, set())
    for each in using:
        assert each["Condition"] == {
            "StringEquals": {"kms:ViaService": "ssm.eu-west-1.amazonaws.com"},
            "StringLike": {"kms:EncryptionContext:PARAMETER_ARN": f"{PARAMETERS}/*"},
            "ForAnyValue:StringEquals": {"kms:ResourceAliases": "alias/aws/ssm"},
        }


def secrets_of(name: str, **given: str) -> dict[tuple[str, ...], dict[str, Any]]:
    """Which keys a function uses for secrets in a stack with these parameters, and how."""
    root = root_with({**overrides("production"), **given})
    role = root.resolve(TEMPLATE["Resources"][f"{name}Role"]["Properties"])
    using = [e for e in statements_of(role) if "kms:ViaService" in str(e.get("Condition", ""))]
    return {(*each["Resource"], *each["Action"]): each["Condition"] for each in using}


@pytest.mark.parametrize("name", KEYS)
def test_under_a_customer_key_secrets_are_used_by_exactly_that_key(name: str) -> None:
    """Through SSM and for our own parameters, as what seals a parameter is bound to its ARN."""
    actions = ["kms:Decrypt"] if name == "Sso" else ["kms:Encrypt", "kms:Decrypt"]
    assert secrets_of(name, SecretKeyArn=SECRET_KEY) == {
        (SECRET_KEY, *actions): {
            "StringEquals": {"kms:ViaService": "ssm.eu-west-1.amazonaws.com"},
            "StringLike": {"kms:EncryptionContext:PARAMETER_ARN": f"{PARAMETERS}/*"},
        }
    }


@pytest.mark.parametrize("name", KEYS)
def test_while_secrets_move_those_under_the_accounts_key_are_opened_too(name: str) -> None:
    """Else the role of the version in traffic loses every key at once."""
    moving = secrets_of(name, SecretKeyArn=SECRET_KEY, SecretsMoving="true")
    assert moving == secrets_of(name) | secrets_of(name, SecretKeyArn=SECRET_KEY)
    assert len(moving) == 2
    rule = TEMPLATE["Rules"]["SecretsMoveToAKey"]
    assert rule["RuleCondition"] == {"Fn::Equals": [{"Ref": "SecretsMoving"}, "true"]}


@pytest.mark.parametrize("name", EVERY_FUNCTION)
def test_no_statement_has_a_star_for_an_action_or_for_everything(name: str) -> None:
    for each in statements(name):
        assert not [action for action in each["Action"] if "*" in action]
        assert "*" not in each["Resource"] or set(each["Action"]) == UNNAMEABLE
        assert not {"NotAction", "NotResource"} & each.keys()


@pytest.mark.parametrize("name", EVERY_FUNCTION)
def test_only_lambda_takes_a_role_and_no_managed_policy_widens_it(name: str) -> None:
    role = properties(f"{name}Role")
    (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"Service": "lambda.amazonaws.com"}
    assert listed(trust["Action"]) == ["sts:AssumeRole"]
    assert "ManagedPolicyArns" not in role


@pytest.mark.parametrize("name", EVERY_FUNCTION)
def test_whatever_a_role_comes_to_allow_it_alters_no_record(name: str) -> None:
    """A conditional put, also within a transaction, needs no more than PutItem."""
    denied = [each for each in statements(name) if each["Effect"] != "Allow"]
    assert bool(denied) is (name in DENIED)
    for each in denied:
        assert each["Effect"] == "Deny"
        assert each["Resource"] == ["<audit>"]
        assert "Condition" not in each
        assert set(each["Action"]) == {
            "dynamodb:UpdateItem",
            "dynamodb:DeleteItem",
            "dynamodb:BatchWriteItem",
            "dynamodb:PartiQLInsert",
            "dynamodb:PartiQLUpdate",
            "dynamodb:PartiQLDelete",
        }


@pytest.mark.parametrize(
    ("role_name", "invoked"),
    [
        ("FederationScheduleRole", ["FederationFunction.Alias"]),
        ("ScheduleRole", ["WatchFunction.Arn", "HeartbeatFunction.Arn"]),
    ],
)
def test_the_scheduler_may_invoke_what_it_runs_and_nothing_else(
    role_name: str, invoked: list[str]
) -> None:
    """And only the scheduler, for a schedule of this account, may take the role."""
    role = properties(role_name)
    [trust] = role["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"Service": "scheduler.amazonaws.com"}
    assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": "123456789012"}}
    [policy] = role["Policies"]
    [statement] = policy["PolicyDocument"]["Statement"]
    assert statement["Action"] == "lambda:InvokeFunction"
    assert listed(statement["Resource"]) == [f"arn:aws:local:::{name}" for name in invoked]


def test_codedeploy_moves_the_three_aliases_and_asks_the_check_and_nothing_else() -> None:
    """And it may not invoke a function that has the traffic, nor change a function's code."""
    role = properties("RolloutRole")
    [trust] = role["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"Service": "codedeploy.amazonaws.com"}
    assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": "123456789012"}}
    [policy] = role["Policies"]
    move, ask, look = policy["PolicyDocument"]["Statement"]
    functions = [f"{ACCOUNT}:numo-sso-local-{each}" for each in ("sso", "session", "authorizer")]
    assert sorted(move["Resource"]) == sorted([*functions, *(f"{f}:live" for f in functions)])
    assert set(move["Action"]) == {
        "lambda:GetAlias",
        "lambda:UpdateAlias",
        "lambda:GetProvisionedConcurrencyConfig",
    }
    assert ask["Action"] == "lambda:InvokeFunction"
    assert ask["Resource"] == f"{ACCOUNT}:numo-sso-local-release"
    assert look["Action"] == "cloudwatch:DescribeAlarms"
    assert look["Resource"] == "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:*"
