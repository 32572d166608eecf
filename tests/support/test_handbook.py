"""The handbook's examples are typed here in their order, and what any page names exists."""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING, Any

import pytest
import typer
from typer.testing import CliRunner

from kit.support import NOW, ROOT, metadata
from numo_cli.main import app
from numo_sso.federation.digest import fingerprints
from numo_sso.support.keys.made import new_sp_key
from numo_sso.support.keys.steps import OVER_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kit.support import Deployment

HANDBOOK = ROOT / "docs/support.md"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
MAGISTER = "Stamnr;Roepnaam;Achternaam;Klas\n0140136;Zoë;Puk;1A\n0140137;Bo;Smit;1A\n"

IDGEBR = "Stamnr;IDGebr\n0140136;77101\n0149999;77102\n"


def examples() -> list[str]:
    """The commands on lines of their own, without their remarks."""
    lines = HANDBOOK.read_text("utf-8").splitlines()
    typed = [line.strip() for line in lines if line.startswith("    numo-sso ")]
    return [re.sub(r"\s+#.*", "", line).removeprefix("numo-sso ") for line in typed]


def test_each_example_of_the_handbook_is_done(
    numo: Deployment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the first mail to the last key, as somebody would type it who follows the page."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "magister.csv").write_text(MAGISTER, "utf-8")
    (tmp_path / "idgebr.csv").write_text(IDGEBR, "utf-8")
    typed = examples()
    assert typed
    for line in typed:
        words = shlex.split(as_it_is(line, numo))
        command = command_of(words)
        if any("--yes" in each.opts for each in command.params) and "--dry-run" not in words:
            words.append("--yes")
        done = CliRunner().invoke(app, words, obj=lambda _: asking(numo))
        assert done.exit_code == 0, f"{line}: {done.output} {done.exception!r}"
        numo.now += OVER_SECONDS


def as_it_is(line: str, numo: Deployment) -> str:
    """The example with what only a deployment knows put in, once it has come so far."""
    if line.startswith("metadata confirm"):
        numo.metadata = metadata(new_sp_key("hub2", NOW - 60)["certificate"])
        numo.done("metadata.refresh")
        return re.sub(r"confirm \S+", f"confirm {' '.join(waiting(numo))}", line)
    if line.startswith("trace "):
        numo.save_trace("K7MQ-3XWD-9TRA", "user-unknown", entrance="petteflat")
        numo.save_refused_code("K7MQ-3XWD-9TRA")
    if line.startswith("metadata restore"):
        return re.sub(r"restore \d+", "restore 1", line)
    return line


def waiting(numo: Deployment) -> list[str]:
    return list(fingerprints(numo.parameter("idp-pending")))


def asking(numo: Deployment) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda request: numo.ask(**json.loads(json.dumps(request)))


def command_of(words: list[str]) -> Any:
    """The command that these words name, options of the whole before it passed over."""
    found: Any = typer.main.get_command(app)
    for word in words:
        below = getattr(found, "commands", {})  # typer brings a click of its own
        if word in below:
            found = below[word]
        elif below and hasattr(found, "default"):
            found = below[found.default]
        elif below and not word.startswith("-"):
            raise AssertionError(f"no command {word} in: {' '.join(words)}")
    return found


NAMED = re.compile(r"`numo-sso ([^`]+)`|^    numo-sso ([^#\n]+)", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_names_commands_and_options_that_exist(page: Path) -> None:
    """A command that was renamed is renamed everywhere, or somebody types it at night."""
    for found in NAMED.finditer(page.read_text("utf-8")):
        for typed in (found[1] or found[2]).split("&& numo-sso "):
            words = [word for word in typed.split() if word not in {"…", "..."}]
            known = {"--version", "--help", "--local", "--port", "--json", "--profile", "--region"}
            known |= {name for each in command_of(words).params for name in each.opts}
            options = {word.partition("=")[0] for word in words if re.match("--?[a-z]", word)}
            assert options <= known, typed
