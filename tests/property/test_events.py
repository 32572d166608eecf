"""Events of the gateway: decoded, or refused with a code."""

from __future__ import annotations

import base64
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.http import QUERY, decode
from numo_sso.outcomes import Refused

texts = st.text(max_size=40)
queries = st.one_of(
    texts,
    st.lists(
        st.from_regex(r"(target|school|idp|brin|other|x)=[a-z%0-9A-F+&;=]{0,20}", fullmatch=True),
        max_size=120,
    ).map("&".join),
)
events = st.fixed_dictionaries(
    {"requestContext": st.fixed_dictionaries({"http": st.fixed_dictionaries({"method": texts})})},
    optional={
        "rawPath": texts,
        "rawQueryString": queries,
        "headers": st.dictionaries(texts, texts, max_size=5),
        "cookies": st.lists(texts, max_size=5),
        "body": st.one_of(st.none(), texts),
        "isBase64Encoded": st.booleans(),
    },
)


@given(events, st.sampled_from(("", "/v1/sso", "/v1/session")))
def test_an_event_is_a_request_or_refused(event: dict[str, Any], mapping: str) -> None:
    """Query, headers, cookies and body of any kind; only what we know is kept of a query."""
    with suppress(Refused):
        request = decode(event, mapping)
        assert set(request.query) <= QUERY
        assert all(name == name.lower() for name in request.headers)
        assert request.path == "/" or not request.path.endswith("/")


@given(st.binary(max_size=60))
def test_a_body_survives_its_base64(body: bytes) -> None:
    """A form arrives in base64 and is the same bytes behind it."""
    event = {
        "requestContext": {"http": {"method": "POST"}},
        "body": base64.b64encode(body).decode(),
        "isBase64Encoded": True,
    }
    assert decode(event).body == body


@given(texts)
def test_base64_of_another_form_is_refused(body: str) -> None:
    """Strange signs are not passed over."""
    event = {
        "requestContext": {"http": {"method": "POST"}}, "body": body, "isBase64Encoded": True
    }  # fmt: skip
    try:
        expected = base64.b64decode(body, validate=True)
    except ValueError:
        with pytest.raises(Refused) as refused:
            decode(event)
        assert refused.value.outcome.code == "request-malformed"
    else:
        assert decode(event).body == expected
