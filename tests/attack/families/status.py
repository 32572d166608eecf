"""How the hub says that it went well, or that it did not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attack.case import bad, good, table
from attack.signed import CODE, add, at, put, remove, signed, signed_table
from attack.sources import CORE, PROFILES
from numo_sso.saml import names

if TYPE_CHECKING:
    from lxml import etree

    from attack.bench import Bench
    from attack.case import Make

_STATUS = "urn:oasis:names:tc:SAML:2.0:status"
_FAILED = "an assertion under a status other than Success"
_QUALIFIED = "a Success that is qualified"
_SCHEMA = "not valid by the schema"

# Whoever reads the assertion and not the status lets in whom the hub turned away.
signed_table(
    __name__,
    f"{CORE} 3.2.2.2; {PROFILES} 4.1.4.2: a refusal holds no assertion",
    "hub-refused",
    {
        "responder-with-an-assertion": (put(CODE, "Value", f"{_STATUS}:Responder"), _FAILED),
        "requester-with-an-assertion": (put(CODE, "Value", f"{_STATUS}:Requester"), _FAILED),
        "success-of-another-namespace": (put(CODE, "Value", "urn:evil:status:Success"), _FAILED),
        "success-of-saml-1": (put(CODE, "Value", "samlp:Success"), _FAILED),
        "success-in-capitals": (put(CODE, "Value", names.STATUS_SUCCESS.upper()), _FAILED),
        "success-with-a-suffix": (put(CODE, "Value", f"{names.STATUS_SUCCESS}ful"), _FAILED),
        "success-with-a-space": (put(CODE, "Value", f"{names.STATUS_SUCCESS} "), _FAILED),
        "status-empty": (put(CODE, "Value", ""), _FAILED),
        "success-below-a-failure": (
            lambda root, _: _nest(root, f"{_STATUS}:Responder", names.STATUS_SUCCESS),
            _FAILED,
        ),
        "failure-below-a-success": (
            lambda root, _: _nest(root, names.STATUS_SUCCESS, f"{_STATUS}:AuthnFailed"),
            _QUALIFIED,
        ),
        "success-below-a-success": (
            lambda root, _: _nest(root, names.STATUS_SUCCESS, names.STATUS_SUCCESS),
            _QUALIFIED,
        ),
    },
)

signed_table(
    __name__,
    f"{CORE} 3.2.2.1: one status, of one code",
    "response-malformed",
    {
        "status-missing": (remove(names.STATUS), _SCHEMA),
        "status-twice": (
            add(
                ".",
                f'<samlp:Status><samlp:StatusCode Value="{_STATUS}:Responder"/></samlp:Status>',
                1,
            ),
            _SCHEMA,
        ),
        "two-codes": (
            add(names.STATUS, f'<samlp:StatusCode Value="{_STATUS}:Responder"/>'),
            _SCHEMA,
        ),
        "no-code": (remove(CODE), _SCHEMA),
        "code-without-its-value": (put(CODE, "Value", None), _SCHEMA),
        "code-of-the-other-namespace": (
            lambda root, _: _rename(root, f"{{{names.SAML}}}StatusCode"),
            _SCHEMA,
        ),
    },
)


def _declining(status: str, sub_status: str, *, sign_response: bool = False) -> Make:
    def make(bench: Bench) -> bytes:
        bench.good()
        return bench.made(
            status=f"{_STATUS}:{status}",
            sub_status=f"{_STATUS}:{sub_status}" if sub_status else "",
            status_message="<b>Attention</b> 140136",
            sign_response=sign_response,
        )

    return make


# The hub's own refusals: each is the hub's, and its words reach no page and no log.
table(
    __name__,
    f"{CORE} 3.2.2.2",
    "hub-refused",
    {
        "authentication-failed": (_declining("Responder", "AuthnFailed"), "Responder/AuthnFailed"),
        "request-denied": (_declining("Responder", "RequestDenied"), "Responder/RequestDenied"),
        "no-passive": (_declining("Responder", "NoPassive"), "Responder/NoPassive"),
        "no-identity-provider": (
            _declining("Requester", "NoAvailableIDP"),
            "Requester/NoAvailableIDP",
        ),
        "version-mismatch": (_declining("VersionMismatch", ""), "VersionMismatch"),
        "a-refusal-that-is-signed": (
            _declining("Responder", "AuthnFailed", sign_response=True),
            "Responder/AuthnFailed",
        ),
        "a-status-of-odd-letters": (
            _declining("Res<script>ponder\u202e", "x" * 500),
            "status Resscriptponder/",
        ),
    },
)


@bad(f"{PROFILES} 4.1.4.2", "response-malformed", "not exactly one assertion at its place")
def success_without_an_assertion(bench: Bench) -> bytes:
    """It went well for nobody in particular."""
    return bench.made(with_assertion=False)


@good(f"{CORE} 3.2.2.1: a message and a detail may go with any status")
def a_success_with_a_message(bench: Bench) -> bytes:
    """Some hubs congratulate."""
    return signed(
        bench,
        add(names.STATUS, "<samlp:StatusMessage>Logged in</samlp:StatusMessage>"),
        add(names.STATUS, "<samlp:StatusDetail><x>1</x></samlp:StatusDetail>"),
    )


def _nest(root: etree._Element, outer: str, inner: str) -> None:
    code = at(root, CODE)
    code.set("Value", outer)
    code.append(code.makeelement(names.STATUS_CODE, {"Value": inner}))


def _rename(root: etree._Element, tag: str) -> None:
    at(root, CODE).tag = tag
