"""Words for requests that were wrong in themselves, and for links that lead nowhere."""

from __future__ import annotations

from numo_sso.pages.words import TELL_EN, TELL_NL, Page, Text

_FROM_ELO_NL = "Lukt dat niet? Ga naar de elo van je school, zoals Magister of Somtoday. Klik daar "
_FROM_ELO_EN = "Does that not work? Go to your school's elo, such as Magister or Somtoday. Click "

REQUESTS: dict[str, Text] = {
    "not-found": Text(
        guide="link",
        again=True,
        nl=Page(
            title="Deze pagina bestaat niet",
            what="Het adres klopt niet, of de pagina is er niet meer.",
            steps=(
                "Klik op “Opnieuw beginnen”. Dan log je in bij Numo.",
                _FROM_ELO_NL + "op Numo.",
            ),
            admin="Controleer de link naar Numo in de elo. Die moet precies het adres zijn dat "
            "de school van Kurve kreeg, zonder iets erachter.",
        ),
        en=Page(
            title="This page does not exist",
            what="The address is wrong, or the page is no longer there.",
            steps=(
                "Click “Start again”. That logs you in to Numo.",
                _FROM_ELO_EN + "on Numo there.",
            ),
            admin="Check the link to Numo in the elo. It must be exactly the address that Kurve "
            "gave the school, with nothing after it.",
        ),
    ),
    "method-not-allowed": Text(
        guide="link",
        again=True,
        nl=Page(
            title="Deze pagina kun je niet zo openen",
            what="Dit is een tussenstap van het inloggen. Je kwam hier misschien met de "
            "terug-knop of met een bladwijzer. Dat werkt niet.",
            steps=(
                "Klik op “Opnieuw beginnen”.",
                "Heb je een bladwijzer van deze pagina? Gooi die dan weg.",
            ),
            admin="Controleer de link naar Numo in de elo: die moet eindigen op `/v1/sso`, niet "
            "op `/v1/sso/acs`. De elo moet hem openen als een gewone link.",
        ),
        en=Page(
            title="This page cannot be opened like this",
            what="This is a step in the middle of logging in. You may have come here with the "
            "back button or with a bookmark. That does not work.",
            steps=(
                "Click “Start again”.",
                "Do you have a bookmark of this page? Then remove it.",
            ),
            admin="Check the link to Numo in the elo: it must end in `/v1/sso`, not in "
            "`/v1/sso/acs`. The elo must open it as an ordinary link.",
        ),
    ),
    "request-malformed": Text(
        guide="link",
        again=True,
        nl=Page(
            title="Deze link is niet goed",
            what="Numo begrijpt de link niet. Misschien is er een stuk weggevallen.",
            steps=(
                "Klik op “Opnieuw beginnen”.",
                "Kwam je hier met een link uit een les of een mail? " + TELL_NL,
            ),
            admin="Controleer de link die is gebruikt. Een waarde erin komt dubbel voor, is te "
            "lang of bevat vreemde tekens. Alleen `/v1/sso` is altijd goed.",
        ),
        en=Page(
            title="This link is not right",
            what="Numo does not understand the link. A part of it may be missing.",
            steps=(
                "Click “Start again”.",
                "Did you come here by a link from a lesson or an e-mail? " + TELL_EN,
            ),
            admin="Check the link that was used. A value in it occurs twice, is too long or has "
            "strange signs. `/v1/sso` alone is always right.",
        ),
    ),
    "target-refused": Text(
        guide="link",
        again=True,
        nl=Page(
            title="Deze link komt niet uit in Numo",
            what="De link wijst naar een plek waar Numo je niet naartoe kan sturen. Daarom "
            "stoppen we hier.",
            steps=(
                "Klik op “Opnieuw beginnen”. Dan kom je op de eerste pagina van Numo.",
                "Wil je dat de link wordt verbeterd? " + TELL_NL,
            ),
            admin="De school past de link aan op de plek waar die staat, zoals de elo of een "
            "studiewijzer. De waarde van `target` moet een pad in Numo zijn, zoals `/lesson/7`, "
            "van hooguit 100 tekens.",
        ),
        en=Page(
            title="This link does not lead into Numo",
            what="The link points to a place where Numo cannot send you. That is why we stop here.",
            steps=(
                "Click “Start again”. That takes you to the first page of Numo.",
                "Do you want the link to be mended? " + TELL_EN,
            ),
            admin="The school changes the link where it stands, such as in the elo or in a study "
            "guide. The value of `target` must be a path in Numo, such as `/lesson/7`, of 100 "
            "characters at most.",
        ),
    ),
}
