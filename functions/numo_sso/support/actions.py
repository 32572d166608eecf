"""The catalogue of actions, and the one way through which each request goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from numo_sso.federation.codes import MetadataRefused
from numo_sso.support import (
    requests,
    requests_brins,
    requests_import,
    requests_near,
    requests_report,
    requests_sessions,
    requests_traces,
    requests_users,
)
from numo_sso.support.caller_proof import FIELD as PROOF
from numo_sso.support.keys_create import create_keys
from numo_sso.support.keys_list import list_keys
from numo_sso.support.keys_rollover import promote_key, publish_key, retire_key
from numo_sso.support.metadata_confirm import confirm_metadata
from numo_sso.support.metadata_refresh import refresh_metadata
from numo_sso.support.metadata_restore import restore_metadata
from numo_sso.support.metadata_show import show_metadata
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.roster_count import forget_count
from numo_sso.support.school_activate import activate
from numo_sso.support.school_brin_change import add as add_brin
from numo_sso.support.school_brin_change import end as end_brin
from numo_sso.support.school_brin_move import move as move_brin
from numo_sso.support.school_check import check
from numo_sso.support.school_mail import mail
from numo_sso.support.school_match_rule import set_match_rule
from numo_sso.support.school_realms import list_realms
from numo_sso.support.school_realms_change import add, end
from numo_sso.support.school_realms_mode import enforce, learn
from numo_sso.support.school_report import report
from numo_sso.support.school_request import rename, request_school
from numo_sso.support.school_state import resume, suspend
from numo_sso.support.school_view import list_schools, show
from numo_sso.support.session_list import list_sessions
from numo_sso.support.session_revoke import revoke_sessions
from numo_sso.support.sessions_revoke import revoke_all
from numo_sso.support.trace_code import refused_code
from numo_sso.support.trace_left_at_hub import left_at_hub
from numo_sso.support.trace_list import list_traces
from numo_sso.support.trace_show import show_trace
from numo_sso.support.users_active import disable_user, enable_user
from numo_sso.support.users_erase import erase_user
from numo_sso.support.users_export import export_users
from numo_sso.support.users_export_person import export_person
from numo_sso.support.users_find import find_users
from numo_sso.support.users_idgebr import link_users, list_unlinked
from numo_sso.support.users_import import import_users
from numo_sso.support.users_import_begin import begin_import, end_import
from numo_sso.support.users_import_missing import missing_users
from numo_sso.support.users_link import link_user, unlink_user
from numo_sso.support.users_link_near import link_from_proposals
from numo_sso.support.users_show import show_user
from numo_sso.support.world import Task

if TYPE_CHECKING:
    from collections.abc import Callable

    from numo_sso.support.answers import Answer
    from numo_sso.support.world import World


@dataclass(frozen=True)
class Action:
    request: type[requests.Request]
    perform: Callable[[Task], Answer]


ACTIONS: dict[str, Action] = {
    "keys.create": Action(requests.CreateKeys, create_keys),
    "keys.list": Action(requests.Plain, list_keys),
    "keys.promote": Action(requests.OneKind, promote_key),
    "keys.publish": Action(requests.OneKind, publish_key),
    "keys.retire": Action(requests.RetireKey, retire_key),
    "metadata.confirm": Action(requests.ConfirmMetadata, confirm_metadata),
    "metadata.refresh": Action(requests.RefreshMetadata, refresh_metadata),
    "metadata.restore": Action(requests.RestoreMetadata, restore_metadata),
    "metadata.show": Action(requests.Plain, show_metadata),
    "school.activate": Action(requests.ActivateSchool, activate),
    "school.brin_add": Action(requests_brins.AddBrin, add_brin),
    "school.brin_end": Action(requests_brins.EndBrin, end_brin),
    "school.brin_move": Action(requests_brins.MoveBrin, move_brin),
    "school.check": Action(requests.OneSchool, check),
    "school.list": Action(requests.ListSchools, list_schools),
    "school.mail": Action(requests.OneSchool, mail),
    "school.match_rule": Action(requests_users.SetMatchRule, set_match_rule),
    "school.realm_add": Action(requests.OnePair, add),
    "school.realm_end": Action(requests.EndPair, end),
    "school.realm_enforce": Action(requests.OneSchool, enforce),
    "school.realm_learn": Action(requests.OneSchool, learn),
    "school.realm_list": Action(requests.OneSchool, list_realms),
    "school.rename": Action(requests_brins.RenameSchool, rename),
    "school.report": Action(requests_report.ReportSchools, report),
    "school.request": Action(requests_brins.RequestSchool, request_school),
    "school.resume": Action(requests.OneSchool, resume),
    "school.show": Action(requests.OneSchool, show),
    "school.suspend": Action(requests.OneSchool, suspend),
    "session.list": Action(requests_sessions.ListSessions, list_sessions),
    "session.revoke": Action(requests_sessions.RevokeSessions, revoke_sessions),
    "sessions.revoke_all": Action(requests.Plain, revoke_all),
    "trace.left_at_hub": Action(requests_traces.LeftAtHub, left_at_hub),
    "trace.list": Action(requests_traces.ListTraces, list_traces),
    "trace.refused_code": Action(requests_traces.OneTrace, refused_code),
    "trace.show": Action(requests_traces.ShowTrace, show_trace),
    "users.disable": Action(requests_users.OneUser, disable_user),
    "users.enable": Action(requests_users.OneUser, enable_user),
    "users.erase": Action(requests_users.OneUser, erase_user),
    "users.export": Action(requests_users.ExportUsers, export_users),
    "users.export_person": Action(requests_users.OneUser, export_person),
    "users.find": Action(requests_users.FindUsers, find_users),
    "users.idgebr": Action(requests_import.ImportUsers, link_users),
    "users.import": Action(requests_import.ImportUsers, import_users),
    "users.import_begin": Action(requests_import.BeginImport, begin_import),
    "users.import_end": Action(requests_import.EndImport, end_import),
    "users.import_missing": Action(requests_import.MissingUsers, missing_users),
    "users.link": Action(requests_users.LinkUser, link_user),
    "users.link_from_proposals": Action(requests_near.LinkFromProposals, link_from_proposals),
    "users.show": Action(requests_users.ShowUser, show_user),
    "users.unlinked": Action(requests_import.UnlinkedUsers, list_unlinked),
    "users.unlink": Action(requests_users.OneUser, unlink_user),
}


def perform(world: World, event: Any, request_id: str) -> dict[str, Any]:
    """Validate one request, find out who sent it, and do it.

    Raises:
        SupportRefusal: with its code, what it means and what to do.
    """
    action = _find(event)
    request = _validated(action, event)
    now = world.clock()
    caller = world.callers.identify(event, now)
    task = Task(world, request, request_id, now, caller)
    try:
        answer = action.perform(task)
    except MetadataRefused as refused:
        raise SupportRefusal(refused.code, refused.message, refused.hint) from refused
    if answer.changes and request.action.startswith("users.") and not request.dry_run:
        forget_count(task, task.request.entrance)
    return answer.encode(request.action, dry_run=request.dry_run)


def _find(event: Any) -> Action:
    name = event.get("action") if isinstance(event, dict) else None
    if not isinstance(name, str) or name not in ACTIONS:
        raise SupportRefusal(
            "action-unknown",
            "The request names no action that there is.",
            f"Its field action is one of: {', '.join(ACTIONS)}.",
        )
    return ACTIONS[name]


def _validated(action: Action, event: dict[str, Any]) -> requests.Request:
    try:
        return action.request.model_validate({k: v for k, v in event.items() if k != PROOF})
    except ValidationError as error:
        errors = error.errors(include_url=False, include_context=False, include_input=False)
        problems = [
            f"{'.'.join(str(part) for part in each['loc'])}: {each['msg']}" for each in errors
        ]
        raise SupportRefusal(
            "request-invalid",
            "; ".join(problems),
            f"Fields of {event['action']}: {', '.join(action.request.model_fields)}.",
        ) from error
