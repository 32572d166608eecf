"""The catalogue of actions, and the one way through which each request goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from numo_sso.federation.codes import MetadataRefused
from numo_sso.support.callers.proof import FIELD as PROOF
from numo_sso.support.checks.check import check
from numo_sso.support.checks.mail import mail
from numo_sso.support.checks.report import report
from numo_sso.support.imports.apply import import_users
from numo_sso.support.imports.begin import begin_import, end_import
from numo_sso.support.imports.idgebr import link_users, list_unlinked
from numo_sso.support.imports.missing import missing_users
from numo_sso.support.keys.create import create_keys
from numo_sso.support.keys.listing import list_keys
from numo_sso.support.keys.rollover import promote_key, publish_key, retire_key
from numo_sso.support.metadata.confirm import confirm_metadata
from numo_sso.support.metadata.refresh import refresh_metadata
from numo_sso.support.metadata.restore import restore_metadata
from numo_sso.support.metadata.show import show_metadata
from numo_sso.support.near.link import link_from_proposals
from numo_sso.support.realms.change import add, end
from numo_sso.support.realms.listing import list_realms
from numo_sso.support.realms.mode import enforce, learn
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.requests import brins, common, imports, near, sessions, traces, users
from numo_sso.support.requests import report as reports
from numo_sso.support.requests.problems import problem
from numo_sso.support.schools.activate import activate
from numo_sso.support.schools.brin_change import add as add_brin
from numo_sso.support.schools.brin_change import end as end_brin
from numo_sso.support.schools.brin_move import move as move_brin
from numo_sso.support.schools.match_rule import set_match_rule
from numo_sso.support.schools.request import rename, request_school
from numo_sso.support.schools.state import resume, suspend
from numo_sso.support.schools.view import list_schools, show
from numo_sso.support.sessions.listing import list_sessions
from numo_sso.support.sessions.revoke import revoke_sessions
from numo_sso.support.sessions.revoke_all import revoke_all
from numo_sso.support.speech import say
from numo_sso.support.traces.code import refused_code
from numo_sso.support.traces.left_at_hub import left_at_hub
from numo_sso.support.traces.listing import list_traces
from numo_sso.support.traces.show import show_trace
from numo_sso.support.users.active import disable_user, enable_user
from numo_sso.support.users.count import forget_count
from numo_sso.support.users.erase import erase_user
from numo_sso.support.users.export import export_users
from numo_sso.support.users.export_person import export_person
from numo_sso.support.users.find import find_users
from numo_sso.support.users.link import link_user, unlink_user
from numo_sso.support.users.show import show_user
from numo_sso.support.world import Task

if TYPE_CHECKING:
    from collections.abc import Callable

    from numo_sso.support.answers import Answer
    from numo_sso.support.world import World


@dataclass(frozen=True)
class Action:
    request: type[common.Request]
    perform: Callable[[Task], Answer]


ACTIONS: dict[str, Action] = {
    "keys.create": Action(common.CreateKeys, create_keys),
    "keys.list": Action(common.Plain, list_keys),
    "keys.promote": Action(common.OneKind, promote_key),
    "keys.publish": Action(common.OneKind, publish_key),
    "keys.retire": Action(common.RetireKey, retire_key),
    "metadata.confirm": Action(common.ConfirmMetadata, confirm_metadata),
    "metadata.refresh": Action(common.RefreshMetadata, refresh_metadata),
    "metadata.restore": Action(common.RestoreMetadata, restore_metadata),
    "metadata.show": Action(common.Plain, show_metadata),
    "school.activate": Action(common.ActivateSchool, activate),
    "school.brin_add": Action(brins.AddBrin, add_brin),
    "school.brin_end": Action(brins.EndBrin, end_brin),
    "school.brin_move": Action(brins.MoveBrin, move_brin),
    "school.check": Action(common.OneSchool, check),
    "school.list": Action(common.ListSchools, list_schools),
    "school.mail": Action(common.OneSchool, mail),
    "school.match_rule": Action(users.SetMatchRule, set_match_rule),
    "school.realm_add": Action(common.OnePair, add),
    "school.realm_end": Action(common.EndPair, end),
    "school.realm_enforce": Action(common.OneSchool, enforce),
    "school.realm_learn": Action(common.OneSchool, learn),
    "school.realm_list": Action(common.OneSchool, list_realms),
    "school.rename": Action(brins.RenameSchool, rename),
    "school.report": Action(reports.ReportSchools, report),
    "school.request": Action(brins.RequestSchool, request_school),
    "school.resume": Action(common.OneSchool, resume),
    "school.show": Action(common.OneSchool, show),
    "school.suspend": Action(common.OneSchool, suspend),
    "session.list": Action(sessions.ListSessions, list_sessions),
    "session.revoke": Action(sessions.RevokeSessions, revoke_sessions),
    "sessions.revoke_all": Action(common.Plain, revoke_all),
    "trace.left_at_hub": Action(traces.LeftAtHub, left_at_hub),
    "trace.list": Action(traces.ListTraces, list_traces),
    "trace.refused_code": Action(traces.OneTrace, refused_code),
    "trace.show": Action(traces.ShowTrace, show_trace),
    "users.disable": Action(users.OneUser, disable_user),
    "users.enable": Action(users.OneUser, enable_user),
    "users.erase": Action(users.OneUser, erase_user),
    "users.export": Action(users.ExportUsers, export_users),
    "users.export_person": Action(users.OneUser, export_person),
    "users.find": Action(users.FindUsers, find_users),
    "users.idgebr": Action(imports.ImportUsers, link_users),
    "users.import": Action(imports.ImportUsers, import_users),
    "users.import_begin": Action(imports.BeginImport, begin_import),
    "users.import_end": Action(imports.EndImport, end_import),
    "users.import_missing": Action(imports.MissingUsers, missing_users),
    "users.link": Action(users.LinkUser, link_user),
    "users.link_from_proposals": Action(near.LinkFromProposals, link_from_proposals),
    "users.show": Action(users.ShowUser, show_user),
    "users.unlinked": Action(imports.UnlinkedUsers, list_unlinked),
    "users.unlink": Action(users.OneUser, unlink_user),
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
        raise SupportRefusal(refused.code, refused.told(say), say(refused.hint)) from refused
    if answer.changes and request.action.startswith("users.") and not request.dry_run:
        forget_count(task, task.request.entrance)
    return answer.encode(request.action, dry_run=request.dry_run)


def _find(event: Any) -> Action:
    name = event.get("action") if isinstance(event, dict) else None
    if not isinstance(name, str) or name not in ACTIONS:
        raise SupportRefusal(
            "action-unknown",
            say("The request names no action that there is."),
            say("Its field action is one of: {actions}.", actions=", ".join(ACTIONS)),
        )
    return ACTIONS[name]


def _validated(action: Action, event: dict[str, Any]) -> common.Request:
    try:
        return action.request.model_validate({k: v for k, v in event.items() if k != PROOF})
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)
        problems = [f"{'.'.join(map(str, each['loc']))} {problem(each)}" for each in errors]
        raise SupportRefusal(
            "request-invalid",
            "; ".join(problems),
            say(
                "Fields of {action}: {fields}.",
                action=event["action"],
                fields=", ".join(action.request.model_fields),
            ),
        ) from error
