"""A plot of a few figures, as SVG that GitHub and a browser draw without anything else."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_WIDTH, _ROW, _LABEL, _VALUE = 680, 26, 130, 70
_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#222}rect{fill:#8aa4c8}.ours{fill:#1f5fbf}"
    "@media(prefers-color-scheme:dark){text{fill:#eee}}"
)


def bars_as_svg(title: str, figures: Mapping[str, float], ours: str = "numo-sso") -> str:
    """Horizontal bars in the order given, ours in another colour; the longest fills the width."""
    longest = max(figures.values())
    height = _ROW * (len(figures) + 1) + 8
    box = f'viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{escape(title)}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box}>',
        f"<style>{_STYLE}</style>",
        f'<text x="0" y="16" font-weight="600">{escape(title)}</text>',
    ]
    for row, (name, value) in enumerate(figures.items(), 1):
        top = row * _ROW
        length = (_WIDTH - _LABEL - _VALUE) * value / longest
        kind = ' class="ours"' if name == ours else ""
        parts += [
            f'<text x="0" y="{top + 16}">{escape(name)}</text>',
            f'<rect{kind} x="{_LABEL}" y="{top + 3}" width="{max(length, 1):.1f}" height="17"/>',
            f'<text x="{_LABEL + length + 6:.1f}" y="{top + 16}">{value:.2f}</text>',
        ]
    return "".join([*parts, "</svg>\n"])
