"""The cookie that binds a login to its browser: missing, another's, forged, or among junk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from itsdangerous import Signer

from attack.case import Seen, bad_story, good_story, story_table
from attack.in_process import world_of
from attack.sources import BARTH, SQUARCINA
from numo_sso.flow import COOKIE_PREFIX, Flow, FlowCookies

if TYPE_CHECKING:
    from collections.abc import Callable

    from attack.bench import Bench, Cookies
    from attack.case import Play

SIGNED = "OWASP Testing Guide 4.6.2, Testing for Cookies Attributes; CWE-565"
_NONE = "no flow cookie for this response, 0 others"
_OTHERS = "no flow cookie for this response"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def _held(bench: Bench) -> tuple[str, str]:
    """The flow's cookie, as this browser holds it."""
    ((name, value),) = bench.browser.sends(cross_site_post=True)
    return name, value


def _instead(change: Callable[[str, str], Cookies]) -> tuple[Play, str]:
    """A good response with these cookies in the flow's place."""

    def play(bench: Bench) -> Seen:
        return bench.post(bench.good(), change(*_held(bench)))

    return play, _NONE


def _turned(text: str, at: int) -> str:
    """The text with one sign of base64 replaced by its neighbour."""
    return text[:at] + _LETTERS[_LETTERS.index(text[at]) ^ 1] + text[at + 1 :]


# A cookie that browsers or scripts can write decides nothing unless it is signed, whole, by us.
story_table(
    __name__,
    SIGNED,
    "flow-missing",
    {
        "one-bit-of-the-first-sign": _instead(lambda n, v: ((n, _turned(v, 0)),)),
        "one-bit-of-the-id": _instead(lambda n, v: ((n, _turned(v, 6)),)),
        "one-bit-of-the-target": _instead(lambda n, v: ((n, _turned(v, v.index(".") - 1)),)),
        "one-bit-of-the-signature": _instead(lambda n, v: ((n, _turned(v, len(v) - 9)),)),
        "cut-short": _instead(lambda n, v: ((n, v[:-1]),)),
        "without-its-signature": _instead(lambda n, v: ((n, v.partition(".")[0]),)),
        "with-an-empty-signature": _instead(lambda n, v: ((n, v.partition(".")[0] + "."),)),
        "the-signature-alone": _instead(lambda n, v: ((n, "." + v.partition(".")[2]),)),
        "signed-twice": _instead(lambda n, v: ((n, f"{v}.{v.partition('.')[2]}"),)),
        "with-more-behind": _instead(lambda n, v: ((n, f"{v}AAAA"),)),
        "in-quotes": _instead(lambda n, v: ((n, f'"{v}"'),)),
        "empty": _instead(lambda n, _: ((n, ""),)),
        "of-six-thousand-signs": _instead(lambda n, _: ((n, "A" * 6000),)),
        "of-signs-beyond-ascii": _instead(lambda n, v: ((n, f"\u00e9{v}"),)),
        "under-another-flows-name": _instead(lambda _, v: ((f"{COOKIE_PREFIX}AAAAAAAA", v),)),
        "under-a-name-without-its-prefix": _instead(lambda n, v: ((n.removeprefix("__Host-"), v),)),
        "under-a-name-of-another-case": _instead(lambda n, v: ((n.lower(), v),)),
        "under-a-prefix-of-secure": _instead(
            lambda n, v: ((n.replace("__Host-", "__Secure-"), v),)
        ),
        "as-the-session": _instead(lambda _, v: (("__Host-numo_session", v),)),
    },
)


@bad_story(f"{BARTH}; SAML 2.0 Profiles 4.1.5", "flow-missing", _NONE)
def no_cookie(bench: Bench) -> Seen:
    """A response that somebody brought to a browser that asked nothing."""
    return bench.post(bench.good(), ())


@bad_story(BARTH, "flow-missing", "no flow cookie for this response, 1 others")
def another_browsers_cookie(bench: Bench) -> Seen:
    """A flow of one's own does not stand for another's."""
    return bench.post(bench.good(), bench.stranger().browser.sends(cross_site_post=True))


@bad_story(SIGNED, "flow-missing", _NONE)
def signed_with_another_key(bench: Bench) -> Seen:
    """Whoever knows the code and not the key can write anything but this."""
    flow = Flow(bench.request_id, int(bench.now), "/")
    (line,) = FlowCookies((b"another key, of thirty-two bytes",)).start(flow, (), bench.now)
    name, _, value = line.partition(";")[0].partition("=")
    return bench.post(bench.good(), ((name, value),))


@bad_story("itsdangerous, The Salt", "flow-missing", _NONE, only="process")
def signed_for_another_purpose(bench: Bench) -> Seen:
    """The same key signs other things one day: a signature is good for one purpose only."""
    name, value = _held(bench)
    (key,) = world_of(bench).app.trust.get().configuration.cookie_keys
    forged = Signer(key, salt=b"another").sign(value.partition(".")[0]).decode()
    return bench.post(bench.good(), ((name, forged),))


@bad_story(SQUARCINA, "flow-missing", _OTHERS)
def fifty_cookies_of_junk_and_none_of_ours(bench: Bench) -> Seen:
    """Whatever fills the jar, what is missing is missing."""
    junk = tuple((f"{COOKIE_PREFIX}{at:08d}", "x.y") for at in range(50))
    return bench.post(bench.good(), junk)


@good_story(f"{SQUARCINA}: a jar that another host fills")
def fifty_cookies_of_junk_beside(bench: Bench) -> Seen:
    """Junk neither hides the flow nor costs much to pass over."""
    junk = tuple((f"{COOKIE_PREFIX}{at:08d}", "x.y") for at in range(50))
    return bench.post(bench.good(), (*junk, _held(bench)))


@good_story("RFC 6265 5.4: cookies of one name, of several paths or hosts")
def a_forged_cookie_of_the_same_name_before(bench: Bench) -> Seen:
    """Whoever plants a cookie of this name cannot keep its owner out."""
    name, value = _held(bench)
    return bench.post(bench.good(), ((name, "forged.forged"), (name, value)))


@good_story("RFC 6265 5.4: cookies of one name, of several paths or hosts")
def a_forged_cookie_of_the_same_name_behind(bench: Bench) -> Seen:
    """Nor by its being last."""
    name, value = _held(bench)
    return bench.post(bench.good(), ((name, value), (name, "forged.forged")))


@good_story("RFC 6265 5.4: servers should not rely on an order")
def cookies_in_another_order(bench: Bench) -> Seen:
    """The newest first, and the elo's own between."""
    tab = bench.second_tab()
    mine, theirs = bench.browser.sends(cross_site_post=True)
    return tab.post(tab.good(), (theirs, ("elo", "a=b"), ("", ""), mine))


@good_story("SAML 2.0 Profiles 4.1: each login by itself")
def a_second_tab(bench: Bench) -> Seen:
    """Two logins at once, answered in the other order, each to its own target."""
    tab = bench.second_tab("?target=/two")
    assert tab.post(tab.good()).location == f"{bench.arena.entrance_url}/two"
    seen = bench.post(bench.good())
    assert seen.location == f"{bench.arena.entrance_url}/"
    return seen


@good_story("RFC 6265 6.1: a browser keeps so many cookies")
def the_fifth_tab(bench: Bench) -> Seen:
    """The newest four logins of a browser are kept, and that is enough."""
    for _ in range(4):
        tab = bench.second_tab()
    assert len(bench.browser.sends(cross_site_post=True)) == 4
    return tab.post(tab.good())
