"""A test of the connection: a login's own steps as far as the session, and none of its effects.

No session is opened or ended, no identity provider is learned, nothing is kept of the person. What
is written says, in the transaction of a login, that there was a test and what it found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from numo_sso.login.context import Arrival
from numo_sso.login.ending import UnderWay, end
from numo_sso.login.ports import AlreadyConsumed
from numo_sso.login.received import missing_of, received
from numo_sso.login.report import FOUND, Report
from numo_sso.matching import match_user, roster_keys
from numo_sso.outcomes import CATALOGUE, Refused, Stage
from numo_sso.saml.identity import named_brin, read_authority, read_identity
from numo_sso.schools import PairMode, check_pair, new_pair, only_school, point_out

if TYPE_CHECKING:
    from numo_sso.login.context import Context
    from numo_sso.outcomes import Outcome
    from numo_sso.saml.identity import Identity
    from numo_sso.schools import Candidate


@dataclass
class _Seen:
    """What was learned on the way, however far that went."""

    schools: tuple[Candidate, ...] = ()
    speaks: bool = False
    user: str = ""

    @property
    def open(self) -> bool:
        return any(school.active for school in self.schools)

    def hears(self, identity: Identity) -> bool:
        """Whether it may be told that none of several entrances has this user.

        A login tells it. Before the activation only a test does: to whoever speaks for one of
        them, or to anybody while nobody does.
        """
        taken = any(each.known or each.pair_mode is PairMode.ENFORCE for each in self.schools)
        mine = any(new_pair(each, identity) is None for each in self.schools)
        return self.open or mine or not taken


def rehearse(login: UnderWay, context: Context) -> Arrival:
    """Go a login's way as far as its session, and report.

    Raises:
        AlreadyConsumed: the assertion came with another request.
        Refused: a fault of ours.
    """
    seen, journal = _Seen(), context.journal
    try:
        _go(login, seen, context)
    except Refused as refusal:
        if refusal.outcome.stage is not Stage.AFTER:
            raise
        journal.result, journal.detail = refusal.outcome.code, refusal.detail
    else:  # only now: what a fault of ours broke off has no result
        journal.result = FOUND
    tested = CATALOGUE["connection-tested"]
    report = _report(login, seen, CATALOGUE[journal.result])
    return Arrival(tested, _write(login, tested, context), report=report)


def _go(login: UnderWay, seen: _Seen, context: Context) -> None:
    """A login's steps, each with its own refusal; past a school that is not active, to the end."""
    phase, services = context.journal.phase, context.services
    with phase("identity"):
        login.brin = named_brin(login.verified.assertion)
        login.identity = identity = read_identity(login.verified.assertion)
    with phase("school"):
        seen.schools = services.schools.named(identity.brin)
    if not seen.schools:
        raise Refused("brin-unknown", "no entrance has this BRIN today")
    try:
        _look_for_user(login, identity, seen, context)
    except Refused as refusal:
        if refusal.outcome.stage is not Stage.AFTER:
            raise
        if refusal.outcome.code == "user-unknown" and seen.hears(identity):
            seen.user = refusal.outcome.code
        _check_open(login, seen)  # which a login asks first
        raise
    _check_open(login, seen)


def _check_open(login: UnderWay, seen: _Seen) -> None:
    if not seen.open:
        raise Refused("school-not-active", "no entrance of this BRIN is active")
    if login.school is not None and not login.school.active:
        raise Refused("school-not-active", "the entrance that this login belongs to")


def _look_for_user(login: UnderWay, identity: Identity, seen: _Seen, context: Context) -> None:
    school = only_school(seen.schools)
    if school is not None:  # an authority that is refused reads nothing of persons, here too
        _settle(login, school, identity, seen)
    with context.journal.phase("user"):
        keys = roster_keys(seen.schools, identity)
        found, _ = context.services.roster.find(keys, "")
    if school is None:
        school = point_out(seen.schools, identity, found)
        _settle(login, school, identity, seen)
    seen.user = FOUND
    try:
        match_user(school, identity, found)
    except Refused as refusal:
        seen.user = refusal.outcome.code
        raise


def _settle(login: UnderWay, school: Candidate, identity: Identity, seen: _Seen) -> None:
    login.school = school
    pair = new_pair(school, identity)
    seen.speaks = pair is None
    login.new_pair = pair if school.active else None  # as a login: a closed school meets nobody
    check_pair(school, pair)


def _write(login: UnderWay, tested: Outcome, context: Context) -> str:
    """Consume the response, and give the reference under which the test is kept.

    A response that comes twice, by a reload say, shows what it showed before. Another one to the
    same request is somebody else's, say, who came by the back button: it starts anew.
    """
    try:
        end(login, tested, context)
    except AlreadyConsumed as consumed:
        request = login.flow.request_id
        kept = context.services.logins.consumed(request) if consumed.again else None
        if kept is None:
            raise
        context.services.budgets.flows.spend(request, context.now)
        context.journal.detail, context.journal.reference = "shown again", kept.reference
    return context.reference


def _report(login: UnderWay, seen: _Seen, result: Outcome) -> Report:
    identity, school = login.identity, login.school
    came = received(login.verified.assertion)
    return Report(
        result=result,
        received=came,
        missing=missing_of(came),
        brin=login.brin,
        realm=identity.realm if identity else "",
        authority=read_authority(login.verified.assertion),
        identified=identity is not None,
        known=bool(seen.schools),
        school_name=school.name if school and seen.speaks else "",
        active=_active(login, seen),
        user=seen.user,
        match_rule=school.match_rule.value if school and seen.user else "",
    )


def _active(login: UnderWay, seen: _Seen) -> bool | None:
    """Of the entrance; where none could be told, of all of them alike."""
    if login.school is not None:
        return login.school.active
    return False if seen.schools and not seen.open else None
