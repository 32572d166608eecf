"""Which origins may ask for a session, and which may end one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from numo_sso.targets import origin_of

if TYPE_CHECKING:
    from numo_sso.targets import Entrances


class Origins(NamedTuple):
    """Numo's own origins: every entrance, the app's further ones, and this API itself."""

    entrances: Entrances
    app_origins: tuple[str, ...]
    public_url: str

    def known(self, origin: str) -> bool:
        """Whether ``origin`` is one of Numo's, to the letter."""
        return origin in self.app_origins or self.entrances.owns(origin)

    def may_write(self, origin: str) -> bool:
        return self.known(origin) or origin == origin_of(self.public_url)

    def may_read(self, origin: str, entrance: str) -> bool:
        """Whether ``origin`` may see a session of ``entrance``: another school's page may not."""
        return origin in self.app_origins or origin == self.entrances.origin(entrance)
