"""The guard of redirects."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numo_sso.outcomes import Refused
from numo_sso.targets import Entrances, Targets

ENTRANCES = Entrances("https://{entrance}.numo.example")
TARGETS = Targets(ENTRANCES, ("https://app.numo.example", "http://127.0.0.1:8601"))


@pytest.mark.parametrize(
    "target",
    [
        "/",
        "/lesson/7",
        "/lesson/7?page=2&x=%20y",
        "/les#part-3",
        "https://app.numo.example/",
        "https://app.numo.example",
        "/a%20b",
        "/caf%c3%a9",
        "/%aF%Fa",
        "/.a/..b/...",
        "https://app.numo.example/lesson?next=/a//b",
        "http://127.0.0.1:8601/petteflat/lesson",
    ],
)
def test_a_plain_target_is_followed(target: str) -> None:
    """A path of the entrance, or a URL on a named origin, passes unchanged."""
    assert TARGETS.check(target) == target


@pytest.mark.parametrize("sign", "!#$&'()*+,-./09:;=?@AZ[]_az~")
def test_each_plain_sign_may_stand_in_a_path(sign: str) -> None:
    """All that RFC 3986 lets stand in a path, a query or a fragment as it is."""
    assert TARGETS.check(f"/a{sign}b") == f"/a{sign}b"


def test_a_target_of_100_signs_is_carried_and_no_more() -> None:
    """Counted as it is carried: an escape is three."""
    for most in ("/" + "x" * 99, "/" + "\u00e9" * 16 + "xxx"):
        assert len(TARGETS.check(most)) == 100
        with pytest.raises(Refused) as refused:
            TARGETS.check(most + "x")
        assert refused.value.detail == "longer than a flow can carry"


@pytest.mark.parametrize(
    "target",
    [
        "",
        "lesson",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "\t//evil.example",
        "/\n/evil.example",
        "/lesson\r\nSet-Cookie: a=b",
        "/%0d%0aSet-Cookie:a=b",
        "/%5cevil.example",
        "/%zz",
        "/..//evil.example",
        "/a/../b",
        "/%2e%2e/b",
        "/.%2E/b",
        "/a/..",
        "/./b",
        "/a/.",
        "/.",
        "/..",
        "/%4",
        "/%4z",
        "/%",
        "/%00",
        "/%0A",
        "/%1b",
        "/%1F",
        "/%7f",
        "/%7F",
        "/%5C",
        "https://app.numo.example/a/./b",
        "https://evil.example/",
        "https://app.numo.example.evil.example/",
        "https://app.numo.example@evil.example/",
        "https://user@app.numo.example/",
        "https://app.numo.example:8443/",
        "http://app.numo.example/",
        "https://app.numo.example//evil.example",
        "https://APP.numo.example/",
        "https:app.numo.example/",
        "https:/app.numo.example/",
        "javascript:alert(1)",
        "data:text/html,hi",
        "https://[::1",
        "\u2215\u2215evil.example",
        "/" + "x" * 100,
    ],
)
def test_what_could_lead_elsewhere_is_refused(target: str) -> None:
    """No scheme, host, port, user, backslash, control or encoded trick gets through."""
    with pytest.raises(Refused) as refused:
        TARGETS.check(target)
    assert refused.value.outcome.code == "target-refused"


@pytest.mark.parametrize(
    ("target", "followed"),
    [("/café", "/caf%C3%A9"), ("/a b", "/a%20b"), ('/"x', "/%22x"), ("/\u202ex", "/%E2%80%AEx")],
)
def test_what_a_query_decoded_is_escaped_again(target: str, followed: str) -> None:
    """Letters, blanks and quotes of a path survive the query that carries them, as escapes."""
    assert TARGETS.check(target) == followed
    assert TARGETS.check(followed) == followed


@given(st.one_of(st.text(max_size=60), st.from_regex(r"[/\\.%a-f0-9:@#?]{1,40}", fullmatch=True)))
def test_whatever_is_asked_the_origin_is_ours(target: str) -> None:
    """Every target that passes resolves to an entrance's origin or to a named one."""
    try:
        url = TARGETS.resolve(target, "petteflat")
    except Refused:
        return
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}"
    assert origin in {"https://petteflat.numo.example", *TARGETS.origins}


@pytest.mark.parametrize(
    ("origin", "owned"),
    [
        ("https://petteflat.numo.example", True),
        ("https://a.numo.example", True),
        ("https://.numo.example", False),
        ("https://-a.numo.example", False),
        ("https://a-.numo.example", False),
        ("https://7.numo.example", True),
        ("https://ab.numo.example", True),
        ("https://a7.numo.example", True),
        ("https://a7b-c.numo.example", True),
        (f"https://{'a' * 63}.numo.example", True),
        (f"https://{'a' * 64}.numo.example", False),
        ("https://a\n.numo.example", False),
        ("https://\na.numo.example", False),
        ("https://a\nb.numo.example", False),
        ("https://a.b.numo.example", False),
        ("http://petteflat.numo.example", False),
        ("https://petteflat.numo.example:443", False),
        ("https://petteflat.numo.example.evil.example", False),
        ("https://petteflatxnumo.example", False),
        ("https://PETTEFLAT.numo.example", False),
        ("https://petteflat.numo.example\n", False),
        ("null", False),
        ("", False),
    ],
)
def test_an_entrances_origin_is_known_to_the_letter(origin: str, *, owned: bool) -> None:
    """Only what the template gives for a slug is an entrance's origin."""
    assert ENTRANCES.owns(origin) is owned


def test_an_entrance_has_an_origin_and_a_url() -> None:
    """Its name goes where the template says."""
    assert ENTRANCES.origin("petteflat") == "https://petteflat.numo.example"
    assert ENTRANCES.url("petteflat") == "https://petteflat.numo.example"


def test_entrances_below_one_origin_share_it() -> None:
    """Where the template names the entrance in its path, as on a machine of one's own."""
    local = Entrances("http://127.0.0.1:8601/{entrance}")
    assert local.url("petteflat") == "http://127.0.0.1:8601/petteflat"
    assert local.origin("petteflat") == "http://127.0.0.1:8601"
    assert local.owns("http://127.0.0.1:8601")
    assert not local.owns("http://127.0.0.1:8601a")
    assert not local.owns("http://127.0.0.1:8601~")
