"""Pages as the stack serves them: the language's link, the copy button, and their policy."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from kit.every_page import PAGELESS
from numo_sso.outcomes import CATALOGUE, Stage
from numo_sso.pages.texts import TEXTS
from pictures.camera import photograph, show
from pictures.tour import TOUR

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from browser.visitor import Visitor

ASSETS = Path(__file__).parents[2] / "functions" / "numo_sso" / "pages" / "assets"


def refused(visitor: Visitor) -> tuple[Page, list[str]]:
    """A page that answers the hub's post, and all that its browser complains of from then on."""
    page = visitor.arrive_at_reference()
    complaints: list[str] = []
    page.get_by_role("button", name="No RealId").click()
    page.wait_for_load_state()
    expect(page).to_have_url(f"{visitor.stack.api}/v1/sso/acs")
    page.on("console", lambda message: complaints.append(message.text))
    return page, complaints


def test_the_tour_of_pictures_misses_no_page() -> None:
    """What was not verified is one page; a new outcome needs a way there, or a reason why not."""
    unverified = {code for code, each in CATALOGUE.items() if each.stage is Stage.BEFORE}
    assert set(TOUR) | set(PAGELESS) | unverified == set(CATALOGUE)
    assert not set(TOUR) & set(PAGELESS)
    assert set(TOUR) & unverified


def test_a_page_in_a_frame_is_photographed_whole(visitor: Visitor, tmp_path: Path) -> None:
    """Not scrolled by the link to the other language, which would cut off its head."""
    page = TOUR["framed"](visitor)
    show(page, "nl")
    photograph(page, tmp_path / "framed.webp")
    frame = page.frames[-1]
    assert frame.evaluate("[scrollY, document.documentElement.scrollHeight - innerHeight]") == [
        0,
        0,
    ]
    assert page.evaluate("scrollY") == 0


def test_the_other_language_is_shown_without_asking_again(visitor: Visitor) -> None:
    """After a post too: nothing is sent, and the reference stays the same."""
    page, complaints = refused(visitor)
    sent: list[str] = []
    page.on("request", lambda each: sent.append(each.url))
    title, reference = (TEXTS["realid-missing"], page.locator("[data-copy]:visible").inner_text())
    expect(page.get_by_role("heading", level=1)).to_have_text(title.en.title)
    page.get_by_role("link", name="Nederlands").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title.nl.title)
    assert page.locator("[data-copy]:visible").inner_text() == reference
    page.get_by_role("link", name="English").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title.en.title)
    assert (sent, complaints) == ([], [])


def test_a_page_brings_its_icon(visitor: Visitor) -> None:
    """A browser asks nobody for it, and the page's policy lets it be drawn."""
    page, complaints = refused(visitor)
    drawn = page.evaluate(
        """async () => {
            const image = new Image();
            image.src = document.querySelector("link[rel=icon]").href;
            await image.decode();
            return [image.src.slice(0, 19), image.naturalWidth === image.naturalHeight];
        }"""
    )
    assert (drawn, complaints) == (["data:image/svg+xml,", True], [])


def test_the_reference_is_copied(visitor: Visitor) -> None:
    """By the one script, which the page's policy lets through."""
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page, complaints = refused(visitor)
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("status").and_(page.locator(":visible"))).to_have_text("Copied")
    held = page.evaluate("navigator.clipboard.readText()")
    assert held == page.locator("[data-copy]:visible").inner_text()
    assert complaints == []


def test_without_javascript_all_but_the_copy_button_is_there(
    visitor_without_javascript: Visitor,
) -> None:
    """The other language too."""
    page = visitor_without_javascript.context.new_page()
    page.goto(f"{visitor_without_javascript.stack.api}/v1/sso/nowhere")
    page.get_by_role("link", name="Nederlands").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TEXTS["not-found"].nl.title)
    assert page.get_by_role("button").count() == 0


def test_an_administrator_gets_from_a_page_to_the_guide(visitor: Visitor) -> None:
    """To the very section, in the page's language; and from there to the other one."""
    page, complaints = refused(visitor)
    page.locator("summary:visible", has_text="administrator").click()
    page.get_by_role("link", name="guide for schools").click()
    page.wait_for_url("**/v1/sso/help?lang=en#permission")
    picture = page.get_by_role("img", name="Numo")
    assert picture.evaluate("(each) => each.decode().then(() => each.naturalWidth)") == 188
    page.get_by_role("link", name="Nederlands").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("uitleg voor de school")
    assert complaints == []


def test_the_buttons_two_pictures_agree(visitor: Visitor) -> None:
    """Pixel by pixel, but for what renderers do at edges."""
    page = visitor.context.new_page()
    sources = [
        f"data:image/{kind};base64,{base64.b64encode((ASSETS / name).read_bytes()).decode()}"
        for kind, name in (("svg+xml", "button.svg"), ("png", "button.png"))
    ]
    differing = page.evaluate(
        """async (sources) => {
            const [one, other] = await Promise.all(sources.map(async (source) => {
                const image = new Image(376, 128);
                image.src = source;
                await image.decode();
                const canvas = new OffscreenCanvas(376, 128).getContext("2d");
                canvas.drawImage(image, 0, 0, 376, 128);
                return canvas.getImageData(0, 0, 376, 128).data;
            }));
            return one.filter((value, at) => Math.abs(value - other[at]) > 32).length / one.length;
        }""",
        sources,
    )
    assert differing < 0.01
