"""Words for browsers that cannot carry a login: without cookies, or in a frame."""

from __future__ import annotations

from numo_sso.pages.words import TELL_EN, TELL_NL, Page, Text

BROWSERS: dict[str, Text] = {
    "cookies-blocked": Text(
        again=True,
        new_tab=True,
        nl=Page(
            title="Je browser houdt cookies van Numo tegen",
            what="Inloggen lukt alleen met cookies. Numo zette er een, maar kreeg hem nu al twee "
            "keer niet terug.",
            steps=(
                "Sta cookies toe in de instellingen van je browser.",
                "Klik daarna op “Openen in een nieuw tabblad”.",
                "Lukt dat niet? Probeer een andere browser, of een gewoon venster. " + TELL_NL,
            ),
            hints=(
                "Je werkt in een privévenster. Daar staan cookies soms uit.",
                "Een programma of filter blokkeert cookies. Zet het uit voor Numo.",
                "Je opende Numo binnen een app. Kies daar “Openen in browser”.",
            ),
            admin="De browser is aan zet: hij stuurt de cookie `__Host-numo_flow_…` niet mee "
            "terug. Sta op schoolcomputers cookies toe voor het adres van deze pagina, en laat de "
            "elo Numo in een eigen tabblad openen.",
        ),
        en=Page(
            title="Your browser stops Numo's cookies",
            what="Logging in works with cookies only. Numo set one, and did not get it back, twice "
            "by now.",
            steps=(
                "Allow cookies in the settings of your browser.",
                "Then click “Open in a new tab”.",
                "Does that not work? Try another browser, or an ordinary window. " + TELL_EN,
            ),
            hints=(
                "You are in a private window. Cookies may be off there.",
                "A program or a filter in your browser blocks cookies. Switch it off for Numo.",
                "You opened Numo inside an app. Choose “Open in browser” there.",
            ),
            admin="It is up to the browser: it does not send the cookie `__Host-numo_flow_…` back. "
            "Allow cookies for the address of this page on the school's computers, and let the elo "
            "open Numo in a tab of its own.",
        ),
    ),
    "framed": Text(
        again=True,
        new_tab=True,
        nl=Page(
            title="Open Numo in een eigen tabblad",
            what="Numo staat hier als een stukje van een andere pagina. Daar kun je niet inloggen.",
            steps=("Klik op “Openen in een nieuw tabblad”. Dan gaat het vanzelf verder.",),
            admin="De school is aan zet: de elo toont Numo in een frame, en browsers houden daarin "
            "cookies tegen. Laat de link naar Numo in een nieuw tabblad openen.",
        ),
        en=Page(
            title="Open Numo in a tab of its own",
            what="Numo is a part of another page here. You cannot log in there.",
            steps=("Click “Open in a new tab”. It then goes on by itself.",),
            admin="It is up to the school: the elo shows Numo in a frame, and browsers stop "
            "cookies in there. Let the link to Numo open in a new tab.",
        ),
    ),
}
