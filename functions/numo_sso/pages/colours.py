"""A deployment's colour, made readable: WCAG's contrast on every ground that it stands on."""

from __future__ import annotations

from string import Template

_ENOUGH = 4.5
"""WCAG 2.2, 1.4.3: text of any size."""
LIGHT_GROUNDS = ("#ffffff", "#f3f5f9", "#e9effe")
DARK_GROUNDS = ("#10141d", "#191f2b", "#212c44")
"""As style.css has them: page, paper and ticket."""
_STEPS = 50
_KNEE = 0.04045
"""Below it sRGB is a straight line."""


def coloured(style: str, colour: str) -> str:
    """The stylesheet with ``colour`` (``#rrggbb``) in it, for light and for dark."""
    return Template(style).substitute(
        light=readable(colour, LIGHT_GROUNDS, "#000000"),
        dark=readable(colour, DARK_GROUNDS, "#ffffff"),
    )


def readable(colour: str, grounds: tuple[str, ...], towards: str) -> str:
    """``colour``, moved ``towards`` black or white until it can be read on all ``grounds``."""
    for step in range(_STEPS):
        moved = mixed(colour, towards, step / _STEPS)
        if all(contrast(moved, ground) >= _ENOUGH for ground in grounds):
            return moved
    return towards


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """``one`` with a ``share`` of ``other``."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= _KNEE else float(((part + 0.055) / 1.055) ** 2.4)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
