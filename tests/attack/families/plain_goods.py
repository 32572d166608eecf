"""Responses as the hub sends them, and what it may change about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attack.case import good

if TYPE_CHECKING:
    from attack.bench import Bench


@good("SAML 2.0 Profiles 4.1.4.5: the response or the assertion may be signed, or both")
def response_signed_too(bench: Bench) -> bytes:
    """Both signatures hold."""
    return bench.good(sign_response=True)
