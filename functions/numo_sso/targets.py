"""Where a login may lead: entrances and Numo's own origins, and nowhere else."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from numo_sso.outcomes import Refused

MAX_TARGET_BYTES = 100
"""A longer deep link does not fit in a flow's cookie; the start refuses it."""

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
"""An entrance's name: one label of a host name."""

# Beside letters, digits and -._~ all that is left as it is. What browsers and servers read
# differently is escaped: a backslash counts as a slash for some, and tab, newline and quotes are
# dropped by others.
_SAFE = "!#$%&'()*+,/:;=?@[]"
# Among them the dot: browsers take %2e%2e for a step up.
_ENCODED_TRICK = re.compile(r"%(?![0-9A-Fa-f]{2})|%(?:[01][0-9A-Fa-f]|2[Ee]|5[Cc]|7[Ff])")


def origin_of(url: str) -> str:
    """Scheme, host and port of ``url``."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True)
class Entrances:
    """The URLs of the entrances, from a template such as ``https://{entrance}.numo.nl``."""

    template: str
    _origins: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        before, placeholder, after = origin_of(self.template).partition("{entrance}")
        slug = SLUG.pattern if placeholder else ""
        pattern = re.compile(re.escape(before) + slug + re.escape(after))
        object.__setattr__(self, "_origins", pattern)

    def url(self, entrance: str) -> str:
        return self.template.replace("{entrance}", entrance)

    def origin(self, entrance: str) -> str:
        return origin_of(self.url(entrance))

    def owns(self, origin: str) -> bool:
        """Whether ``origin`` is, exactly, that of an entrance."""
        return self._origins.fullmatch(origin) is not None


class Targets(NamedTuple):
    """The guard of redirects: a target is a plain path, or a URL on a named origin."""

    entrances: Entrances
    origins: tuple[str, ...]

    def check(self, target: str) -> str:
        """Return ``target`` where it may be followed.

        Raises:
            Refused: ``target-refused``; it could leave Numo, or is not plain.
        """
        # A query is decoded once before it comes here: what needs its escape gets it back.
        target = quote(target, safe=_SAFE)
        if len(target) > MAX_TARGET_BYTES:
            raise Refused("target-refused", "longer than a flow can carry")
        if _ENCODED_TRICK.search(target):
            raise Refused("target-refused", "signs that programs read differently")
        if target.startswith("/"):
            return self._path(target)
        return self._url(target)

    def resolve(self, target: str, entrance: str) -> str:
        """The URL to send a user of ``entrance`` to. Checked again: a key may have leaked."""
        target = self.check(target)
        return self.entrances.url(entrance) + target if target.startswith("/") else target

    @staticmethod
    def _path(target: str) -> str:
        if target.startswith("//") or "/../" in target + "/" or "/./" in target + "/":
            raise Refused("target-refused", "a path that may name a host or climb")
        return target

    def _url(self, target: str) -> str:
        try:
            parts = urlsplit(target)
        except ValueError as error:
            raise Refused("target-refused", "not a URL") from error
        if origin_of(target) not in self.origins:
            raise Refused("target-refused", "not an origin of Numo")
        self._path(parts.path)
        return target
