"""The items of the five tables, and their binding to one DynamoDB connection.

Keys (every table is defined once, in infra/storage.yaml; a test holds the two together):

=========  ======================================  ============================================
table      partition key / sort key                item
=========  ======================================  ============================================
schools    ``entrance#{slug}`` / ``school``        :class:`School`
schools    ``entrance#{slug}`` / ``users``         :class:`RosterCount`
schools    ``brin#{BRIN}`` / ``brin``              :class:`Brin`, the entrances of one BRIN
schools    ``ring#{kind}`` / ``ring``              :class:`RingClaim`, who may change a key ring
schools    ``import#{slug}`` / ``import``          :class:`ImportLease`, who may import users
roster     ``{slug}`` / ``{kind}#{code}``          :class:`RosterUser`, once for each code
sessions   ``session#{sha256 of the value}``       :class:`Session`
sessions   ``flow#{request id}``                   :class:`ConsumedFlow`
sessions   ``assertion#{sha256 of the id}``        :class:`ConsumedAssertion`
traces     ``trace#{reference}`` / ``trace``       :class:`Trace`
traces     ``learned#{slug}`` / ``{pair}#{ref}``   :class:`LearnedPair`
traces     ``waiting#{slug}`` / ``{pair}#{ref}``   :class:`LearnedPair`, of a refused login
traces     ``near#{slug}`` / ``{reference}``       :class:`NearMissItem`
audit      subject / ``{time}#{id}``               :class:`AuditRecord`
=========  ======================================  ============================================

Times are whole seconds since 1970 (UTC); days are ISO dates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pynamodb.attributes import (
    BinaryAttribute,
    BooleanAttribute,
    JSONAttribute,
    ListAttribute,
    MapAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
)
from pynamodb.connection import Connection
from pynamodb.connection.base import MetaTable
from pynamodb.connection.table import TableConnection
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection, KeysOnlyProjection
from pynamodb.models import Model

from numo_sso.times import iso_time

if TYPE_CHECKING:
    from numo_sso.ports import RandomBytes

_AUDIT_ID_BYTES = 8


class Period(MapAttribute[str, Any]):
    """A BRIN or an entrance with the days on which the pair of them holds."""

    value = UnicodeAttribute()
    """The BRIN (in a school) or the entrance (in a BRIN)."""
    since = UnicodeAttribute(null=True)
    """First valid day, or None: always."""
    until = UnicodeAttribute(null=True)
    """First day on which it is no longer valid, or None: no end."""


class Pair(MapAttribute[str, Any]):
    """An identity provider and a realm that may speak for a school."""

    authority = UnicodeAttribute()
    realm = UnicodeAttribute()


class School(Model):
    """One entrance: a school as Numo knows it."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default="school")
    entrance = UnicodeAttribute()
    name = UnicodeAttribute()
    state = UnicodeAttribute()
    """``requested``, ``active`` or ``suspended``."""
    state_since = NumberAttribute(null=True)
    requested_brin = UnicodeAttribute(null=True)
    """The BRIN that it asked with, until it is activated; it need not lead here yet."""
    match_rule = UnicodeAttribute(default="persoonscode")
    """``persoonscode`` or ``idgebr``: the number space in which logins are looked up."""
    pair_mode = UnicodeAttribute(default="learn")
    """``learn`` or ``enforce``: what an unknown (authority, realm) pair meets."""
    pairs: ListAttribute[Pair] = ListAttribute(of=Pair, default=list)
    brins: ListAttribute[Period] = ListAttribute(of=Period, default=list)
    created_at = NumberAttribute()
    updated_at = NumberAttribute()
    updated_by = UnicodeAttribute(null=True)
    ticket = UnicodeAttribute(null=True)
    version = NumberAttribute(default=1)

    @staticmethod
    def key(entrance: str) -> str:
        return f"entrance#{entrance}"


class Brin(Model):
    """The entrances that one BRIN belongs to (several after a split or a shared location)."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default="brin")
    brin = UnicodeAttribute()
    entrances: ListAttribute[Period] = ListAttribute(of=Period, default=list)
    locations: ListAttribute[Period] = ListAttribute(of=Period, default=list)
    """Of a BRIN of four characters: the entrances that have one of its locations (six)."""
    version = NumberAttribute(default=1)

    @staticmethod
    def key(brin: str) -> str:
        return f"brin#{brin}"


class RingClaim(Model):
    """Who may write the next version of a ring of keys, which SSM itself would let anyone do.

    It is among the schools since support writes no other table of things that change.
    """

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default="ring")
    version = NumberAttribute()
    """The version that is being written, or was."""
    until = NumberAttribute()
    """When whoever claimed it has surely ended."""

    @staticmethod
    def key(kind: str) -> str:
        return f"ring#{kind}"


class RosterCount(Model):
    """How many users a school had when they were last counted. A copy: the roster is the truth."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default="users")
    users = NumberAttribute()
    more = BooleanAttribute(default=False)
    """There are more: counting ended at its bound."""
    counted_at = NumberAttribute()

    @staticmethod
    def key(entrance: str) -> str:
        return School.key(entrance)


class ImportLease(Model):
    """Who imports users into one entrance, and how much they may change: see ``import_lease``."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default="import")
    token = NumberAttribute()
    """Grows with every import."""
    file = UnicodeAttribute()
    """SHA-256 of what is imported."""
    holder = UnicodeAttribute()
    """The id of the request that began it."""
    since = NumberAttribute()
    until = NumberAttribute()
    """When others may begin; 0 once it has ended."""
    may_change = NumberAttribute()
    may_remove = NumberAttribute()
    changed = NumberAttribute(default=0)
    removed = NumberAttribute(default=0)

    @staticmethod
    def key(entrance: str) -> str:
        return f"import#{entrance}"


class RosterUser(Model):
    """One code of one user. A user with an IDGebr has two items that agree in all but the key."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    persoonscode = UnicodeAttribute()
    idgebr = UnicodeAttribute(null=True)
    role = UnicodeAttribute()
    """``pupil``, ``teacher`` or ``staff``."""
    given_name = UnicodeAttribute()
    infix = UnicodeAttribute(null=True)
    surname = UnicodeAttribute()
    mail = UnicodeAttribute(null=True)
    group = UnicodeAttribute(null=True)
    active = BooleanAttribute(default=True)
    updated_at = NumberAttribute()

    @staticmethod
    def sort_key(kind: str, code: str) -> str:
        return f"{kind}#{code}"


class ByUser(GlobalSecondaryIndex["Session"]):  # type: ignore[no-untyped-call]  # pynamodb's
    """Every session of one user: to list and to revoke."""

    class Meta:
        index_name = "by_user"
        projection = KeysOnlyProjection()

    user = UnicodeAttribute(hash_key=True)
    created_at = NumberAttribute(range_key=True)


class BySchool(GlobalSecondaryIndex["Session"]):  # type: ignore[no-untyped-call]
    """Every session at one entrance: to list and to revoke."""

    class Meta:
        index_name = "by_school"
        projection = KeysOnlyProjection()

    entrance = UnicodeAttribute(hash_key=True)
    created_at = NumberAttribute(range_key=True)


class Session(Model):
    """A session, found by the SHA-256 of the cookie's value; the value itself is stored nowhere."""

    pk = UnicodeAttribute(hash_key=True)
    user = UnicodeAttribute()
    """``{entrance}#{persoonscode}``."""
    entrance = UnicodeAttribute()
    school_name = UnicodeAttribute()
    brin = UnicodeAttribute()
    persoonscode = UnicodeAttribute()
    role = UnicodeAttribute()
    given_name = UnicodeAttribute()
    surname = UnicodeAttribute()
    """With the infix in front, as it is written in full."""
    created_at = NumberAttribute()
    last_seen_at = NumberAttribute()
    expires_at = NumberAttribute()
    """Absolute end. The idle end follows from ``last_seen_at`` and ``idle_seconds``."""
    idle_seconds = NumberAttribute()
    reference = UnicodeAttribute()
    ttl = NumberAttribute()

    by_user = ByUser()
    by_school = BySchool()

    @staticmethod
    def key(digest: str) -> str:
        return f"session#{digest}"


class ConsumedFlow(Model):
    """The mark that a request id has been answered, with what came of it."""

    pk = UnicodeAttribute(hash_key=True)
    attempt = UnicodeAttribute()
    """A random id of the attempt that wrote this: how a lost reply recognises its own work."""
    outcome = UnicodeAttribute()
    reference = UnicodeAttribute()
    session = UnicodeAttribute(null=True)
    """The session's digest, where the outcome is a login."""
    location = UnicodeAttribute(null=True)
    """Where that login was sent."""
    consumed_at = NumberAttribute()
    ttl = NumberAttribute()

    @staticmethod
    def key(request_id: str) -> str:
        return f"flow#{request_id}"


class ConsumedAssertion(Model):
    """The mark that an assertion has been used, whatever the outcome."""

    pk = UnicodeAttribute(hash_key=True)
    attempt = UnicodeAttribute()
    reference = UnicodeAttribute()
    ttl = NumberAttribute()

    @staticmethod
    def key(digest: str) -> str:
        return f"assertion#{digest}"


_OF_A_LOGIN = ["outcome", "user", "code_shape", "brin", "authority", "realm"]
"""What support counts of many logins, so that it need not read each trace for it."""


class TracesByEntrance(GlobalSecondaryIndex["Trace"]):  # type: ignore[no-untyped-call]
    """The traces of one entrance in order of time."""

    class Meta:
        index_name = "by_entrance"
        projection = IncludeProjection(_OF_A_LOGIN)

    entrance = UnicodeAttribute(hash_key=True)
    at = NumberAttribute(range_key=True)


class TracesByUnplacedBrin(GlobalSecondaryIndex["Trace"]):  # type: ignore[no-untyped-call]
    """The traces that name a BRIN and belong to no entrance, in order of time."""

    class Meta:
        index_name = "by_unplaced_brin"
        projection = IncludeProjection(_OF_A_LOGIN)

    unplaced_brin = UnicodeAttribute(hash_key=True)
    at = NumberAttribute(range_key=True)


class TracesByUser(GlobalSecondaryIndex["Trace"]):  # type: ignore[no-untyped-call]
    """The traces of one person, by pseudonym, in order of time."""

    class Meta:
        index_name = "by_user"
        projection = KeysOnlyProjection()

    user = UnicodeAttribute(hash_key=True)
    at = NumberAttribute(range_key=True)


class TracesByRefusal(GlobalSecondaryIndex["Trace"]):  # type: ignore[no-untyped-call]
    """What was refused, of all schools, by day and in order of time. Good logins are not in it."""

    class Meta:
        index_name = "by_refusal"
        projection = IncludeProjection(["outcome", "brin", "entrance"])

    refused_on = UnicodeAttribute(hash_key=True)
    at = NumberAttribute(range_key=True)


class Trace(Model):
    """What one login met, for support; kept two weeks; nothing in it names a person."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True, default="trace")
    reference = UnicodeAttribute()
    outcome = UnicodeAttribute()
    at = NumberAttribute()
    refused_on = UnicodeAttribute(null=True)
    """The day (UTC) where the outcome is not what people wanted; by it such logins are indexed."""
    started_at = NumberAttribute(null=True)
    elo_host = UnicodeAttribute(null=True)
    entrance = UnicodeAttribute(null=True)
    brin = UnicodeAttribute(null=True)
    unplaced_brin = UnicodeAttribute(null=True)
    """The first four characters of ``brin``, where the login could not be told to be an entrance's:
    none has that BRIN or is active, several have it, or the attributes did not get so far."""
    authority = UnicodeAttribute(null=True)
    realm = UnicodeAttribute(null=True)
    affiliations = UnicodeSetAttribute(null=True)
    attributes = UnicodeSetAttribute(null=True)
    """Names of the attributes that came, never their values."""
    user = UnicodeAttribute(null=True)
    """Keyed hash of the code, the same for the same person at the same school."""
    code_shape = UnicodeAttribute(null=True)
    """Of which kind the code was: see :mod:`numo_sso.code_shapes`."""
    detail = UnicodeAttribute(null=True)
    """The check that refused, in the words of the code."""
    result = UnicodeAttribute(null=True)
    """Of a test of the connection: the outcome that a login would have had."""
    certificate = UnicodeAttribute(null=True)
    clock_difference = NumberAttribute(null=True)
    """Seconds by which the response's IssueInstant differs from our clock."""
    ttl = NumberAttribute()

    by_entrance = TracesByEntrance()
    by_unplaced_brin = TracesByUnplacedBrin()
    by_user = TracesByUser()
    by_refusal = TracesByRefusal()

    @staticmethod
    def key(reference: str) -> str:
        return f"trace#{reference}"


class LearnedPair(Model):
    """An (authority, realm) pair that a login showed and that support has not confirmed.

    It came in a good login and is learned; or it was refused for the pair, which then waits below
    a key of its own, where no login reads it.
    """

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    authority = UnicodeAttribute()
    realm = UnicodeAttribute()
    seen_at = NumberAttribute()
    ttl = NumberAttribute()

    @staticmethod
    def key(entrance: str) -> str:
        return f"learned#{entrance}"

    @staticmethod
    def waiting_key(entrance: str) -> str:
        return f"waiting#{entrance}"


class NearMissItem(Model):
    """A code that nobody had at a login, who has nearly that one, and the code itself, sealed.

    No attribute of it has the name of an index's key: it is in none of them.
    """

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    """The reference of the login."""
    kind = UnicodeAttribute()
    refused = UnicodeAttribute()
    """Pseudonym of the refused code."""
    rule = UnicodeAttribute(null=True)
    persoonscode = UnicodeAttribute(null=True)
    names = UnicodeAttribute()
    sealed = BinaryAttribute(null=True, legacy_encoding=False)
    seen_at = NumberAttribute()
    ttl = NumberAttribute()

    @staticmethod
    def key(entrance: str) -> str:
        return f"near#{entrance}"


class AuditRecord(Model):
    """One change by support, with what was before and what is after. Put once, never altered."""

    subject = UnicodeAttribute(hash_key=True)
    at = UnicodeAttribute(range_key=True)
    """ISO time and a random id, so that records sort and never meet."""
    action = UnicodeAttribute()
    ticket = UnicodeAttribute(null=True)
    request_id = UnicodeAttribute()
    caller = UnicodeAttribute(null=True)
    """The ARN of whoever asked, as STS told it; never a name that was only claimed."""
    caller_id = UnicodeAttribute(null=True)
    """STS's id of them, which a user or role that is made anew under the old name does not have."""
    caller_verified = BooleanAttribute(null=True)
    """Absent where no person asked, as in the hourly check of the metadata."""
    before: JSONAttribute = JSONAttribute(null=True)
    after: JSONAttribute = JSONAttribute(null=True)

    @staticmethod
    def sort_key(now: float, random: RandomBytes) -> str:
        return f"{iso_time(now)}#{random(_AUDIT_ID_BYTES).hex()}"


class TableNames(NamedTuple):
    """The tables' names in this deployment. A function that may not touch one leaves it empty."""

    schools: str = ""
    roster: str = ""
    sessions: str = ""
    traces: str = ""
    audit: str = ""


class Tables(NamedTuple):
    """Every model, bound to one connection."""

    connection: Connection
    school: type[School]
    brin: type[Brin]
    ring: type[RingClaim]
    roster_count: type[RosterCount]
    lease: type[ImportLease]
    user: type[RosterUser]
    session: type[Session]
    flow: type[ConsumedFlow]
    assertion: type[ConsumedAssertion]
    trace: type[Trace]
    learned: type[LearnedPair]
    near: type[NearMissItem]
    audit: type[AuditRecord]


def bind_tables(client: Any, names: TableNames) -> Tables:
    """Bind all models to ``client``, botocore's or one that is called as that is.

    pynamodb makes a botocore session and client for each model class (57 to 75 ms each); here
    all of them share the one that is handed in, which also lets tests inject theirs.
    """
    connection = Connection()
    # pynamodb has no argument for a client
    connection._client = client  # noqa: SLF001
    return Tables(
        connection=connection,
        school=_bound(School, connection, names.schools),
        brin=_bound(Brin, connection, names.schools),
        ring=_bound(RingClaim, connection, names.schools),
        roster_count=_bound(RosterCount, connection, names.schools),
        lease=_bound(ImportLease, connection, names.schools),
        user=_bound(RosterUser, connection, names.roster),
        session=_bound(Session, connection, names.sessions),
        flow=_bound(ConsumedFlow, connection, names.sessions),
        assertion=_bound(ConsumedAssertion, connection, names.sessions),
        trace=_bound(Trace, connection, names.traces),
        learned=_bound(LearnedPair, connection, names.traces),
        near=_bound(NearMissItem, connection, names.traces),
        audit=_bound(AuditRecord, connection, names.audit),
    )


class _SharedTableConnection(TableConnection):
    """A table connection on a connection that exists already."""

    def __init__(self, table_name: str, connection: Connection) -> None:
        self.table_name = table_name
        self.connection = connection


_M = TypeVar("_M", bound=Model)


def _bound(model: type[_M], connection: Connection, table_name: str) -> type[_M]:
    bound: type[_M] = type(
        model.__name__, (model,), {"Meta": type("Meta", (), {"table_name": table_name})}
    )
    bound._connection = _SharedTableConnection(table_name, connection)  # noqa: SLF001
    if table_name not in connection._tables:  # noqa: SLF001
        schema = bound._get_schema()  # noqa: SLF001
        connection.add_meta_table(
            MetaTable(
                {
                    "TableName": table_name,
                    "KeySchema": schema["key_schema"],
                    "AttributeDefinitions": schema["attribute_definitions"],
                    "GlobalSecondaryIndexes": [
                        {"IndexName": index["index_name"], "KeySchema": index["key_schema"]}
                        for index in schema["global_secondary_indexes"]
                    ],
                    "LocalSecondaryIndexes": [],
                }
            )
        )
    return bound
