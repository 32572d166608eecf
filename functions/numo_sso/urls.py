"""Our own URLs."""

from __future__ import annotations

from typing import NamedTuple

PATH = "/v1/sso"


class Urls(NamedTuple):
    """Our own URLs, from configuration and never from a request."""

    public_url: str

    @property
    def start(self) -> str:
        return self.public_url + PATH

    @property
    def test(self) -> str:
        return f"{self.start}/test"

    @property
    def help(self) -> str:
        return f"{self.start}/help"

    @property
    def acs(self) -> str:
        return f"{self.start}/acs"

    @property
    def proceed(self) -> str:
        return f"{self.start}/continue"

    @property
    def entity_id(self) -> str:
        return f"{self.start}/metadata"

    @property
    def logout(self) -> str:
        return f"{self.start}/logout"

    @property
    def button_svg(self) -> str:
        return f"{self.start}/button.svg"

    @property
    def button_png(self) -> str:
        return f"{self.start}/button.png"

    def guide(self, language: str) -> str:
        """The school guide in a language."""
        return f"{self.help}?lang={language}"
