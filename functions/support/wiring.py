"""From the environment to a handler, and from what an action did to its answer and log line."""

from __future__ import annotations

import secrets
import time
import traceback
from typing import TYPE_CHECKING, Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.exceptions import PynamoDBException

from edge.aws.clients import ShortWays
from edge.aws.short_way import Patience
from edge.clients import SPARING, Clients
from edge.federation import make_federation
from edge.messages import Message
from edge.settings import Settings
from numo_sso.storage.tables import bind_tables
from numo_sso.support.actions import ACTIONS, perform
from numo_sso.support.addresses import Addresses
from numo_sso.support.answers import encode_refusal
from numo_sso.support.callers.check import ProvedCallers
from numo_sso.support.callers.sts import Sts
from numo_sso.support.logins.insights import Insights
from numo_sso.support.logins.log_file import SCHEME, LogFile
from numo_sso.support.near.kms import KmsSealed
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.speech import language_of, say, speaking
from numo_sso.support.ssm import SsmParameters
from numo_sso.support.world import World
from numo_sso.urls import Urls

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aws_lambda_powertools import Logger

    from numo_sso.support.logins.log import LoginLog

_PATIENCE = Patience(20.0, 5, 1.0)
"""Of DynamoDB: an import of a school is a thousand large calls, and one that fails ends it."""
_CLIENT = SPARING.merge(
    Config(connect_timeout=3, read_timeout=20, retries={"mode": "standard", "max_attempts": 4})
)


def make_world(environ: Mapping[str, str]) -> World:
    """The deployment that ``environ`` describes."""
    settings = Settings.from_environ(environ)
    clients = Clients(_CLIENT)
    sts = Sts(environ["STS_URL"])
    return World(
        tables=bind_tables(ShortWays(environ, _PATIENCE).get("dynamodb"), settings.tables),
        parameters=SsmParameters(
            clients.get("ssm"), settings.parameters_path, environ.get("SECRET_KEY", "")
        ),
        clock=time.time,
        random=secrets.token_bytes,
        sleep=time.sleep,
        api_host=settings.host or settings.public_url,
        federation=make_federation(environ, clients.get("ssm")),
        login_log=_login_log(environ["LOGIN_LOG"], clients),
        sealed=KmsSealed(clients.get("kms"), settings.refused_codes_key),
        callers=ProvedCallers(sts.url, sts, environ["SUPPORT_FUNCTION_ARN"]),
        addresses=Addresses(
            Urls(settings.public_url).start, settings.entrance_url, settings.support_mail
        ),
    )


def _login_log(place: str, clients: Clients) -> LoginLog:
    """The log group of that name; a file on the local stack, which has no Logs Insights."""
    if place.startswith(SCHEME):
        return LogFile(place.removeprefix(SCHEME))
    return Insights(clients.get("logs"), place, time.sleep, time.monotonic)


def make_handler(world: World, logger: Logger) -> Callable[[Any, Any], dict[str, Any]]:
    """The function that Lambda calls: one action a request, always a coded answer and a line."""
    cold = [True]

    def handler(event: Any, context: Any) -> dict[str, Any]:
        began, request_id = time.perf_counter(), getattr(context, "aws_request_id", "none")
        with speaking(language_of(event)):
            answer = _perform(world, logger, event, request_id)
        message = Message.ACTION_ENDED if answer["ok"] else Message.ACTION_REFUSED
        fields = {
            **_log_fields(event, answer),
            "request_id": request_id,
            "cold_start": bool(cold),
            "Duration": round((time.perf_counter() - began) * 1000, 2),
            "message_code": message.code,
        }
        cold.clear()
        logger.info(message.value, extra=fields)
        return answer

    return handler


def _perform(world: World, logger: Logger, event: Any, request_id: str) -> dict[str, Any]:
    try:
        return perform(world, event, request_id)
    except SupportRefusal as refusal:
        return encode_refusal(refusal)
    except (PynamoDBException, ClientError, BotoCoreError) as error:
        return encode_refusal(_storage_refusal(error))
    except Exception as error:  # noqa: BLE001  # the caller gets a code, the log the place
        # Only where, not what: an exception's words may quote a pupil's row.
        place = traceback.format_tb(error.__traceback__)
        fields = {"exception": type(error).__name__, "place": place}
        fields["message_code"] = Message.EXCEPTION.code
        logger.error(Message.EXCEPTION.value, extra=fields)  # noqa: TRY400
        hint = say(
            "A defect of ours. Look in the log for request {request_id}, and report it.",
            request_id=request_id,
        )
        return encode_refusal(SupportRefusal("unexpected", say("Something here failed."), hint))


def _storage_refusal(error: Exception) -> SupportRefusal:
    code = _aws_code(error)
    if code in {"AccessDeniedException", "AccessDenied"}:
        hint = say("The function's role lacks a right: compare the stack with template.yaml.")
    else:
        hint = say("Ask again in a minute: every action may be repeated.")
    return SupportRefusal(
        "storage-failed", say("DynamoDB or SSM answered {code}.", code=code), hint
    )


def _aws_code(error: Exception) -> str:
    if isinstance(error, ClientError):
        return str(error.response["Error"]["Code"])
    return getattr(error, "cause_response_code", None) or type(error).__name__


def _log_fields(event: Any, answer: dict[str, Any]) -> dict[str, Any]:
    """What was asked and how it ended, from fields that hold nothing personal."""
    action = event.get("action") if isinstance(event, dict) else None
    fields: dict[str, Any] = {"action": action if action in list(ACTIONS) else "unknown"}
    fields["outcome"] = "done" if answer["ok"] else answer["error"]["code"]
    if answer["ok"]:
        fields["dry_run"] = answer["dry_run"]
        fields["counts"] = answer["data"].get("counts", {})
        fields["changes"] = len(answer["changes"])
    return fields
