"""``users.link_from_proposals``: mend what the roster has to what logins carry.

By persoonscode the user's persoonscode is mended, by IDGebr their IDGebr; at a school that matches
by IDGebr a user who has none is given the code that came. See decision 028.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from numo_sso.schools import MatchRule
from numo_sso.support.imports.roster import as_read, person_of, put_person
from numo_sso.support.imports.rows import parse_code
from numo_sso.support.near.items import open_code
from numo_sso.support.near.proposals import Proposal, propose
from numo_sso.support.near.telling import Mended, told
from numo_sso.support.schools.items import get_school
from numo_sso.support.sessions.of_user import end_user_sessions
from numo_sso.support.transaction import Delete, Raced, commit, note
from numo_sso.support.users.items import roster_change

if TYPE_CHECKING:
    from numo_sso.storage.tables import RosterUser, School
    from numo_sso.support.answers import Answer
    from numo_sso.support.requests.near import LinkFromProposals
    from numo_sso.support.transaction import Put
    from numo_sso.support.world import Task


def link_from_proposals(task: Task) -> Answer:
    """Apply what can be, at most ``limit``; under ``dry_run`` count it.

    Raises:
        SupportRefusal: ``entrance-unknown``.
    """
    request: LinkFromProposals = task.request
    school = get_school(task, request.entrance)
    proposals = propose(task, school)
    good = [each for each in proposals if not each.left_out]
    left_out = Counter(each.left_out for each in proposals if each.left_out)
    part = good[: request.limit]
    applied, failed = ([each.refusals.rule for each in part], 0)
    if not request.dry_run and part:
        applied, failed = _apply(task, school, part)
    more = len(good) > len(part)
    return told(task, Mended(school, Counter(applied), left_out, failed, more=more))


def _apply(task: Task, school: School, part: list[Proposal]) -> tuple[list[str], int]:
    """Rules of those that were mended, and how many were not: someone else changed them."""
    note(task, roster_change(task, {"read": "refused_codes", "codes": len(part)}))
    applied = []
    for each in part:
        code = open_code(task, school.entrance, each.refusals.last)
        try:
            _mend(task, school, each, parse_code(code or ""))
        except (Raced, ValueError):
            continue
        applied.append(each.refusals.rule)
    return applied, len(part) - len(applied)


def _mend(task: Task, school: School, proposal: Proposal, code: str) -> None:
    """One user in one transaction with its record, on condition that nobody has the code now."""
    user = proposal.user
    if user is None or not code:
        raise ValueError("nothing to mend")
    by_persoonscode = school.match_rule == MatchRule.PERSOONSCODE
    writes = _renamed(task, user, code) if by_persoonscode else _relinked(task, user, code)
    commit(task, roster_change(task, {"mended": 1, "rule": proposal.refusals.rule}), writes)
    if by_persoonscode:
        end_user_sessions(task, user.persoonscode)


def _renamed(task: Task, user: RosterUser, code: str) -> list[Put | Delete]:
    model, before = task.world.tables.user, person_of(user)
    after = replace(before, persoonscode=code)
    old = model(user.pk, model.sort_key("persoonscode", before.persoonscode))
    writes: list[Put | Delete] = [
        Delete(old, as_read(task, before)),
        put_person(task, "persoonscode", after, model.pk.does_not_exist()),
    ]
    if after.idgebr:
        own = model.persoonscode == before.persoonscode
        writes.append(put_person(task, "idgebr", after, own))
    return writes


def _relinked(task: Task, user: RosterUser, code: str) -> list[Put | Delete]:
    model, before = task.world.tables.user, person_of(user)
    after = replace(before, idgebr=code)
    writes: list[Put | Delete] = [
        put_person(task, "persoonscode", after, as_read(task, before)),
        put_person(task, "idgebr", after, model.pk.does_not_exist()),
    ]
    if before.idgebr:
        old = model(user.pk, model.sort_key("idgebr", before.idgebr))
        writes.append(Delete(old, model.persoonscode == before.persoonscode))
    return writes
