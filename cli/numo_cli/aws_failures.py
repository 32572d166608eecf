"""AWS's errors in words that say what is missing and which command gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from botocore import exceptions

from numo_cli.failures import Exit, Failure
from numo_cli.speech import say

if TYPE_CHECKING:
    from numo_cli.target import Target

_NO_CREDENTIALS = (
    exceptions.NoCredentialsError,
    exceptions.PartialCredentialsError,
    exceptions.CredentialRetrievalError,
    exceptions.SSOError,
    exceptions.TokenRetrievalError,
)
_EXPIRED = {"ExpiredToken", "ExpiredTokenException", "RequestExpired"}
_INVALID = {
    "InvalidClientTokenId", "UnrecognizedClientException", "InvalidSignatureException",
    "SignatureDoesNotMatch",
}  # fmt: skip
_DENIED = {"AccessDenied", "AccessDeniedException"}
_UNKNOWN = "ResourceNotFoundException"


def explain(error: Exception, target: Target, right: str) -> Failure:
    """What ``error`` means for whoever typed the command; ``right`` is what was being used."""
    if isinstance(error, exceptions.ClientError):
        if target.local and error.response["Error"].get("Code") != _UNKNOWN:
            return explain_stranger(target)
        code, message, hint = _of_service(error, target, right)
    else:
        code, message, hint = _of_client(error, target)
    return Failure(Exit.UNREACHABLE, code, message, hint)


def explain_stranger(target: Target) -> Failure:
    """Something answered on the local stack's port, and not as a function does."""
    stranger = say("What answers on port {port} is not the local stack's API.", port=target.port)
    return Failure(Exit.UNREACHABLE, *_no_local(target, stranger))


def _no_local(target: Target, message: str) -> tuple[str, str, str]:
    hint = say(
        "Start one: numo-sso local --port {port}; or give its port with --port.", port=target.port
    )
    return "local-unreachable", message, hint


def _of_client(error: Exception, target: Target) -> tuple[str, str, str]:
    if isinstance(error, exceptions.ProfileNotFound):
        return (
            "profile-unknown",
            say("There is no AWS profile {profile}.", profile=target.profile),
            say("See which there are: aws configure list-profiles"),
        )
    if isinstance(error, exceptions.NoRegionError):
        return (
            "region-missing",
            say("No AWS region is given."),
            say("Add --region, such as eu-west-1."),
        )
    if isinstance(error, _NO_CREDENTIALS):
        return (
            "credentials-missing",
            say("There are no usable AWS credentials."),
            say(
                "Log in: aws sso login{profile}; or choose --profile, or --local.",
                profile=_profile(target),
            ),
        )
    if isinstance(error, exceptions.ReadTimeoutError):
        return (
            "no-answer-yet",
            say("The answer does not come; the work may still be going on."),
            say("Look in a minute, then give the same command again: it completes what is left."),
        )
    if target.local:
        return _no_local(
            target, say("No local stack answers on {local_url}.", local_url=target.local_url)
        )
    reason = type(error).__name__
    return (
        "aws-unreachable",
        say("AWS does not answer ({reason}).", reason=reason),
        say("Is there a network, and is --region right?"),
    )


def _of_service(error: exceptions.ClientError, target: Target, right: str) -> tuple[str, str, str]:
    code = error.response["Error"].get("Code", "unknown")
    if code in _DENIED:
        return (
            "right-missing",
            say("These credentials lack the right {right}.", right=right),
            say(
                "Who are you? aws sts get-caller-identity{profile}; ask for {right} on "
                "stack {stack}.",
                profile=_profile(target),
                right=right,
                stack=target.stack,
            ),
        )
    if code in _EXPIRED:
        return (
            "credentials-expired",
            say("The AWS credentials have expired."),
            say("Log in again: aws sso login{profile}", profile=_profile(target)),
        )
    if code in _INVALID:
        return (
            "credentials-refused",
            say("AWS does not know these credentials."),
            say("Check them: aws sts get-caller-identity{profile}", profile=_profile(target)),
        )
    if code == "ValidationError":
        return (
            "stack-unknown",
            say("There is no stack {stack} here.", stack=target.stack),
            say("Give --stack, and check --region and --profile: aws cloudformation list-stacks"),
        )
    if code == _UNKNOWN:
        deploy = say("Deploy the stack again, or give another with --stack.")
        return "function-unknown", _no_function(target), deploy
    return "aws-refused", say("AWS answered {code}.", code=code), say("Try again in a minute.")


def _profile(target: Target) -> str:
    return f" --profile {target.profile}" if target.profile else ""


def _no_function(target: Target) -> str:
    if target.local:
        return say("The local stack on port {port} has no support function.", port=target.port)
    return say("There is no support function in {stack}.", stack=target.stack)
