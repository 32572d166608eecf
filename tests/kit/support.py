"""The support function on tables and parameters in moto, with what a test wants to turn."""

from __future__ import annotations

import base64
import io
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger
from botocore.session import get_session

from kit.callers import FUNCTION_ARN, STS_URL, Sts
from kit.login_log import MemoryLoginLog
from numo_local.aws.tables import create_tables
from numo_local.template.model import read_definition
from numo_sso.federation.metadata import Expected
from numo_sso.federation.publishing import Federation
from numo_sso.federation.ssm import SsmStore
from numo_sso.federation.trail import BEAT
from numo_sso.login.ports import TraceRecord
from numo_sso.near_codes import sealing_context
from numo_sso.storage.logins import StoredLogins
from numo_sso.storage.tables import TableNames, bind_tables
from numo_sso.support.addresses import Addresses
from numo_sso.support.callers.check import ProvedCallers
from numo_sso.support.near.kms import KmsSealed
from numo_sso.support.ssm import SsmParameters
from numo_sso.support.world import World
from support.wiring import make_handler

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
EVENTS = ROOT / "events/support"
NOW = datetime(2026, 8, 24, 6, 30, tzinfo=UTC).timestamp()
ENTITY_ID = "https://engine.entree-s.kennisnet.nl/authentication/idp/metadata"
EXPECTED = Expected(ENTITY_ID, "engine.entree-s.kennisnet.nl", "dev")
REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
REQUEST_ID = "11111111-2222-3333-4444-555555555555"
_REGION = "eu-west-1"


class _Context:
    aws_request_id = REQUEST_ID


@dataclass
class Deployment:
    """A deployment and its surroundings. Time stands still until a test moves it."""

    metadata: bytes
    """What the hub publishes."""
    now: float = NOW
    log: io.StringIO = field(default_factory=io.StringIO)
    slept: list[float] = field(default_factory=list)
    """The pauses that were made, in seconds."""
    login_log: MemoryLoginLog = field(default_factory=MemoryLoginLog)
    """What the login has logged; its lines have an ``at`` beside their fields."""
    sts: Sts = field(default_factory=Sts)

    def __post_init__(self) -> None:
        self._traces = count()
        session = get_session()
        self.dynamodb: Any = session.create_client("dynamodb", _REGION)
        self.ssm: Any = session.create_client("ssm", _REGION)
        self.kms: Any = session.create_client("kms", _REGION)
        self.refused_codes_key = _create_key(self.kms)
        self.world = World(
            tables=bind_tables(self.dynamodb, _create_tables(self.dynamodb)),
            parameters=SsmParameters(self.ssm, "/numo-sso/test/"),
            clock=lambda: self.now,
            random=_counting(),
            sleep=self.slept.append,
            api_host="api.numo.nl",
            federation=Federation(
                url=ENTITY_ID,
                expected=EXPECTED,
                confirm_new_keys=True,
                store=SsmStore(self.ssm, "/numo-sso/test/"),
                fetch=lambda _: self.metadata,
            ),
            login_log=self.login_log,
            sealed=KmsSealed(self.kms, self.refused_codes_key),
            callers=ProvedCallers(STS_URL, self.sts, FUNCTION_ARN),
            addresses=Addresses(
                "https://api.numo.nl/v1/sso", "https://{entrance}.numo.nl", "support@kurve.nl"
            ),
        )
        # Loggers of one name share their stream, and each deployment has its own.
        self.logger: Logger = Logger(service=f"support-{id(self)}", stream=self.log, level="INFO")

    def ask(self, action: str, **fields: Any) -> dict[str, Any]:
        """Ask the support function, as Lambda would."""
        return make_handler(self.world, self.logger)({"action": action} | fields, _Context())

    def done(self, action: str, **fields: Any) -> dict[str, Any]:
        """The answer, which must be ok."""
        answer = self.ask(action, **fields)
        assert answer["ok"], answer
        return answer

    def refused(self, action: str, **fields: Any) -> dict[str, Any]:
        """The error, which must be there and say what to do."""
        answer = self.ask(action, **fields)
        assert not answer["ok"], answer
        error: dict[str, Any] = answer["error"]
        assert error["hint"]
        return error

    def audit(self) -> list[dict[str, Any]]:
        """The trail's changes, in order of time."""
        records = [each.attribute_values for each in self.world.tables.audit.scan()]
        found = [each for each in records if each["action"] != BEAT]
        return sorted(found, key=lambda each: each["at"])

    def beats(self) -> list[dict[str, Any]]:
        """The trail's records that say nothing."""
        records = [each.attribute_values for each in self.world.tables.audit.scan()]
        return [each for each in records if each["action"] == BEAT]

    def roster(self, entrance: str) -> dict[str, dict[str, Any]]:
        """Every item of one entrance, by sort key."""
        return {each.sk: each.attribute_values for each in self.world.tables.user.query(entrance)}

    def save_session(self, digest: str, entrance: str, persoonscode: str = "1") -> None:
        """Somebody of this entrance is logged in."""
        model = self.world.tables.session
        model(
            model.key(digest), user=f"{entrance}#{persoonscode}", entrance=entrance,
            school_name="S", brin="01AB", persoonscode=persoonscode, role="pupil",
            given_name="P", surname="P",
            created_at=int(NOW), last_seen_at=int(NOW), expires_at=int(NOW) + 60,
            idle_seconds=60, reference="R", ttl=1,
        ).save()  # fmt: skip

    def save_trace(self, reference: str, outcome: str, **fields: Any) -> None:
        """Somebody's login ended so."""
        model = self.world.tables.trace
        item = {"at": int(self.now), "ttl": int(self.now) + 14 * 86_400} | fields
        model(model.key(reference), reference=reference, outcome=outcome, **item).save()

    def leave_traces(self, *outcomes: str, ago: int = 60, **fields: Any) -> None:
        """Logins that ended so, a second after each other, the first ``ago`` seconds ago."""
        logins = StoredLogins(self.world.tables, lambda _: None, lambda: 1.0, lambda: 0.0)
        for second, outcome in enumerate(outcomes):
            reference = f"T-{next(self._traces)}"
            at = int(self.now) - ago + second
            logins.leave_trace(TraceRecord(reference, outcome, at, **fields))

    def pseudonym_key(self) -> bytes:
        return base64.urlsafe_b64decode(self.parameter("pseudonym")["key"])

    def save_refused_code(self, reference: str) -> None:
        """A login at petteflat was refused for its code, which nobody nearly has."""
        sealed = self.kms.encrypt(
            KeyId=self.refused_codes_key,
            Plaintext=b"0140136",
            EncryptionContext=sealing_context("petteflat", reference),
        )["CiphertextBlob"]
        model = self.world.tables.near
        fields = {"kind": "persoonscode", "refused": "x", "names": "unknown", "sealed": sealed}
        seen = {"seen_at": int(self.now), "ttl": int(self.now) + 14 * 86_400}
        model(model.key("petteflat"), reference, **fields | seen).save()

    def parameter(self, name: str) -> Any:
        return json.loads(self.world.parameters.read()[name])


def _create_tables(client: Any) -> TableNames:
    tables = read_definition(ROOT / "infra/storage.yaml", {}).tables
    create_tables(client, tables)
    names = {each["TableName"].lower(): each["TableName"] for each in tables}
    fields = ("schools", "roster", "sessions", "traces", "audit")
    return TableNames(*(next(names[low] for low in names if each in low) for each in fields))


def _create_key(kms: Any) -> str:
    return str(kms.create_key()["KeyMetadata"]["KeyId"])


def _counting() -> Callable[[int], bytes]:
    """Bytes that sort in the order in which they were asked for."""
    count = iter(range(10**9))
    return lambda length: next(count).to_bytes(length, "big")


def row(persoonscode: str, **fields: Any) -> dict[str, Any]:
    """A row of an import, good unless a field says otherwise."""
    return {"persoonscode": persoonscode, "given_name": "Pietje", "surname": "Puk"} | fields


def metadata(
    *certificates: str,
    entity_id: str = ENTITY_ID,
    binding: str = REDIRECT,
    location: str = "https://engine.entree-s.kennisnet.nl/authentication/idp/single-sign-on",
    attributes: str = "",
    prologue: str = "",
) -> bytes:
    """A hub's metadata with these certificates (base64 DER)."""
    keys = "".join(
        '<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>'
        f"{each}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
        for each in certificates
    )
    protocol = "urn:oasis:names:tc:SAML:2.0:protocol"
    return (
        f'{prologue}<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"'
        f' xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="{entity_id}" {attributes}>'
        f'<md:IDPSSODescriptor protocolSupportEnumeration="{protocol}">'
        f'{keys}<md:SingleSignOnService Binding="{binding}" Location="{location}"/>'
        "</md:IDPSSODescriptor></md:EntityDescriptor>"
    ).encode()
