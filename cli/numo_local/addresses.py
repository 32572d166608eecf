"""Where everything is. Two names of one machine make two sites, as browsers see it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Addresses:
    """The URLs of a stack, from the ports that it got."""

    port: int
    app_port: int

    @property
    def api(self) -> str:
        """The gateway. Numo's app shares its site, and nothing else does."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def stand_ins(self) -> str:
        """The elo and the hub, on another site than the gateway."""
        return f"http://localhost:{self.port}"

    @property
    def app(self) -> str:
        """The origin of Numo's app."""
        return f"http://127.0.0.1:{self.app_port}"

    @property
    def entrance_url(self) -> str:
        """Template of an entrance's address."""
        return f"{self.app}/{{entrance}}"

    @property
    def start(self) -> str:
        return f"{self.api}/v1/sso"

    @property
    def sp_metadata(self) -> str:
        return f"{self.api}/v1/sso/metadata"

    @property
    def hub(self) -> str:
        return f"{self.stand_ins}/hub"

    @property
    def hub_metadata(self) -> str:
        """Metadata of the stand-in, and its entity ID, as with OpenConext."""
        return f"{self.hub}/metadata"
