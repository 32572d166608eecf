"""How to come to every page that people can meet, by what people do; in a browser of one's own.

All answers to a response that was not verified are one page, so one way there is enough.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from browser.visitor import SANNE, Visitor, expect_welcome
from numo_local.process import running_stack
from numo_sso.outcomes import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

_REAL_ID = "nlEduPersonRealId"
_BRIN = "nlEduPersonHomeOrganizationId"
_UNNUMBERED = {"guide-shown", "logged-out", "logout-asked"}
"""Nothing went wrong there, so their pages have no number."""


def _open(path: str) -> Callable[[Visitor], Page]:
    def way(visitor: Visitor) -> Page:
        page = visitor.context.new_page()
        page.goto(f"{visitor.stack.api}{path}")
        return page

    return way


def _mishap(button: str) -> Callable[[Visitor], Page]:
    def way(visitor: Visitor) -> Page:
        page = visitor.arrive_at_reference()
        page.get_by_role("button", name=button, exact=True).click()
        return _arrived(page)

    return way


def _typed(**values: str) -> Callable[[Visitor], Page]:
    def way(visitor: Visitor) -> Page:
        page = visitor.arrive_at_reference()
        for name, value in values.items():
            page.locator(f"#{name}").fill(value)
        page.get_by_role("button", name="Log in", exact=True).click()
        return _arrived(page)

    return way


def _elo(name: str, note: str = "", path: str = "") -> Callable[[Visitor], Page]:
    """Click on Numo as somebody of the samples; ``note`` tells two of one name apart."""

    def way(visitor: Visitor) -> Page:
        page = visitor.context.new_page()
        page.goto(f"{visitor.stack.stand_ins}/elo")
        for fold in page.locator("details").all():
            fold.evaluate("(each) => { each.open = true; }")
        page.get_by_role("button", name=name).filter(has_text=note).first.click()
        page.goto(f"{visitor.stack.api}/v1/sso{path}")
        return _arrived(page)

    return way


def _arrived(page: Page) -> Page:
    page.wait_for_url("**/v1/sso/acs")
    return page


def _welcomed(visitor: Visitor) -> Page:
    page = visitor.log_in_to_elo(SANNE)
    page.get_by_role("link", name="Numo", exact=True).click()
    expect_welcome(page, SANNE)
    return page


def _cookies_blocked(visitor: Visitor) -> Page:
    page = visitor.arrive_at_response()
    for _ in range(2):
        visitor.context.clear_cookies(domain="127.0.0.1")
        page.get_by_role("button", name="Continue to Numo").click()
        _arrived(page)
        if page.get_by_role("link", name="Start again").is_visible():
            page.get_by_role("link", name="Start again").click()
            page.get_by_label("Show the response before it is sent").check()
            page.get_by_role("button", name="Log in", exact=True).click()
    return page


def _framed(visitor: Visitor) -> Page:
    page = visitor.context.new_page()
    page.goto(f"{visitor.stack.stand_ins}/elo")
    page.evaluate(
        """(url) => {
            document.body.replaceChildren(Object.assign(document.createElement("iframe"),
                {src: url, title: "Numo", style: "border: 0; width: 100%; height: 20rem"}));
        }""",
        f"{visitor.stack.api}/v1/sso",
    )
    page.frame_locator("iframe").locator("h1").last.wait_for()
    return page


def _already_used(visitor: Visitor) -> Page:
    """Come back to the hub's form when nobody is logged in to Numo any more."""
    page = visitor.arrive_at_response()
    fields = {
        str(each.get_attribute("name")): str(each.get_attribute("value"))
        for each in page.locator("#response input").all()
    }
    page.get_by_role("button", name="Continue to Numo").click()
    expect_welcome(page, SANNE)
    held = [each for each in visitor.context.cookies() if "flow" in each["name"]]
    page.get_by_role("button", name="Log out").click()
    visitor.context.add_cookies(held)  # type: ignore[arg-type]  # what cookies() gave
    page.set_content(
        f'<form method="post" action="{visitor.stack.api}/v1/sso/acs">'
        + "".join(f'<input name="{name}" value="{value}">' for name, value in fields.items())
        + "<button>Send</button></form>"
    )
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/v1/sso/**")
    return page


def _later(**values: str) -> Callable[[Visitor], Page]:
    """Typed, once the school's own provider has logged somebody in and is known."""

    def way(visitor: Visitor) -> Page:
        page = _welcomed(visitor)
        page.goto(f"{visitor.stack.stand_ins}/elo")
        page.get_by_role("button", name="Log out of the elo").click()
        return _typed(**values)(visitor)

    return way


def _support(visitor: Visitor, *order: str) -> None:
    """Have support do something, by the command that people type."""
    program = str(Path(sys.executable).with_name("numo-sso"))
    command = [program, "--local", "--port", str(visitor.stack.port), *order, "-t", "NUMO-1"]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603


def _disabled(visitor: Visitor) -> Page:
    """Support lets one user in no more."""
    _support(visitor, "users", "disable", "140113", "-e", "petteflat")
    return _elo("Lieke Mulder")(visitor)


def _elsewhere(visitor: Visitor) -> Page:
    """The provider speaks for one location, and the code is at the other one of the BRIN."""
    pair = ["-a", "https://elo.petteflat.example/saml/idp", "-r", "petteflatcollege"]
    _support(visitor, "school", "realm", "add", "petteflat", *pair)
    return _typed(**{_REAL_ID: "M0140101@petteflatcollege", _BRIN: "11ZZ"})(visitor)


def _same_person(visitor: Visitor) -> Page:
    page = _welcomed(visitor)
    page.goto(f"{visitor.stack.api}/v1/sso?other=1")
    page.get_by_role("button", name=SANNE).first.click()
    return _arrived(page)


def _logged_out(visitor: Visitor) -> Page:
    page = _welcomed(visitor)
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/v1/sso/logout")
    return page


def _origin_refused(visitor: Visitor) -> Page:
    """Another site's form asks to log somebody out."""
    page = visitor.context.new_page()
    page.goto(f"{visitor.stack.stand_ins}/elo")
    page.evaluate(
        """(url) => {
            const form = document.createElement("form");
            form.method = "post"; form.action = url;
            document.body.append(form); form.submit();
        }""",
        f"{visitor.stack.api}/v1/sso/logout",
    )
    page.wait_for_url("**/v1/sso/logout")
    return page


def _storage(state: str) -> Callable[[Visitor], Page]:
    def way(visitor: Visitor) -> Page:
        page = visitor.arrive_at_response()
        set_storage(visitor, state)
        try:
            page.get_by_role("button", name="Continue to Numo").click()
            return _arrived(page)
        finally:
            set_storage(visitor, "up")

    return way


def _not_configured(visitor: Visitor) -> Page:
    """The start, at a deployment whose cookie key was never made."""
    with running_stack("--without", "cookie/ring") as bare:
        return _open("/v1/sso")(Visitor(visitor.context, bare))


def set_storage(visitor: Visitor, state: str) -> None:
    """Turn the switch of the stack's index."""
    visitor.context.request.post(f"{visitor.stack.stand_ins}/storage", form={"state": state})


TOUR: dict[str, Callable[[Visitor], Page]] = {
    "not-found": _open("/v1/sso/nowhere"),
    "method-not-allowed": _open("/v1/sso/acs"),
    "request-malformed": _open("/v1/sso?school=a&school=b"),
    "target-refused": _open("/v1/sso?target=//elsewhere.example"),
    "framed": _framed,
    "cookies-blocked": _cookies_blocked,
    "hub-refused": _mishap("Hub says no"),
    "identity-refused": _typed(**{_REAL_ID: "140101"}),
    "brin-missing": _typed(**{_BRIN: ""}),
    "realid-missing": _mishap("No RealId"),
    "brin-unknown": _mishap("Unknown school"),
    "school-not-active": _elo("Jip Schipper"),
    "idp-not-known-for-school": _later(authority="https://new.example/idp"),
    "entrance-ambiguous": _elo("Dirk Bakhuis"),
    "user-unknown": _elo("Lotte Nieuw"),
    "user-disabled": _disabled,
    "role-differs": _elo("Marieke van den Berg", "a pupil according to the elo"),
    "same-person": _same_person,
    "already-used": _already_used,
    "logged-out": _logged_out,
    "origin-refused": _origin_refused,
    "storage-failed": _storage("down"),
    "not-configured": _not_configured,
    "unexpected": _storage("nonsense"),
    "connection-tested": _elo(SANNE, path="/test"),
    "logout-asked": _open("/v1/sso/logout"),
    "user-elsewhere": _elsewhere,
    "guide-shown": _open("/v1/sso/help"),
}
"""By the outcome that the page belongs to."""


def shows(page: Page, code: str) -> bool:
    """Whether this is that outcome's page, or has it in a frame; with its number if it has one."""
    number = "" if code in _UNNUMBERED else CATALOGUE[code].number
    pages = [each for each in page.frames if each.locator("main h1").count()]
    return any(number in each.content() for each in pages)  # JSON would tell the number too
