"""AWS's errors in words that say what is missing and which command gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from botocore import exceptions

from numo_cli.failures import Exit, Failure

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
_STRANGER = "What answers on port {} is not the local stack's API."


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
    return Failure(Exit.UNREACHABLE, *_no_local(target, _STRANGER.format(target.port)))


def _no_local(target: Target, message: str) -> tuple[str, str, str]:
    hint = f"Start one: numo-sso local --port {target.port}; or give its port with --port."
    return "local-unreachable", message, hint


def _of_client(error: Exception, target: Target) -> tuple[str, str, str]:
    if isinstance(error, exceptions.ProfileNotFound):
        return "profile-unknown", f"There is no AWS profile {target.profile}.", (
            "See which there are: aws configure list-profiles"
        )  # fmt: skip
    if isinstance(error, exceptions.NoRegionError):
        return "region-missing", "No AWS region is given.", "Add --region, such as eu-west-1."
    if isinstance(error, _NO_CREDENTIALS):
        return (
            "credentials-missing",
            "There are no usable AWS credentials.",
            (f"Log in: aws sso login{_profile(target)}; or choose --profile, or --local."),
        )
    if isinstance(error, exceptions.ReadTimeoutError):
        return (
            "no-answer-yet",
            "The answer does not come; the work may still be going on.",
            "Look in a minute, then give the same command again: it completes what is left.",
        )
    if target.local:
        return _no_local(target, f"No local stack answers on {target.local_url}.")
    reason = type(error).__name__
    return (
        "aws-unreachable",
        f"AWS does not answer ({reason}).",
        ("Is there a network, and is --region right?"),
    )


def _of_service(error: exceptions.ClientError, target: Target, right: str) -> tuple[str, str, str]:
    code = error.response["Error"].get("Code", "unknown")
    if code in _DENIED:
        return (
            "right-missing",
            f"These credentials lack the right {right}.",
            (
                f"Who are you? aws sts get-caller-identity{_profile(target)}; "
                f"ask for {right} on stack {target.stack}."
            ),
        )
    if code in _EXPIRED:
        return (
            "credentials-expired",
            "The AWS credentials have expired.",
            (f"Log in again: aws sso login{_profile(target)}"),
        )
    if code in _INVALID:
        return (
            "credentials-refused",
            "AWS does not know these credentials.",
            (f"Check them: aws sts get-caller-identity{_profile(target)}"),
        )
    if code == "ValidationError":
        return (
            "stack-unknown",
            f"There is no stack {target.stack} here.",
            ("Give --stack, and check --region and --profile: aws cloudformation list-stacks"),
        )
    if code == _UNKNOWN:
        where = f"the local stack on port {target.port}" if target.local else target.stack
        return (
            "function-unknown",
            f"There is no support function in {where}.",
            ("Deploy the stack again, or give another with --stack."),
        )
    return "aws-refused", f"AWS answered {code}.", "Try again in a minute."


def _profile(target: Target) -> str:
    return f" --profile {target.profile}" if target.profile else ""
