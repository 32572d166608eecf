"""Words for what another site asks of a session, and for one that ended."""

from __future__ import annotations

from numo_sso.pages.words import TELL_EN, TELL_NL, Page, Text

SESSIONS: dict[str, Text] = {
    "origin-refused": Text(
        guide="support",
        nl=Page(
            title="Deze vraag kwam niet van Numo",
            what="Een andere website vroeg Numo om iets voor jou te doen. Numo heeft dat niet "
            "gedaan.",
            steps=(
                "Wil je uitloggen? Ga naar Numo zelf en log daar uit.",
                "Kwam je wel van Numo? " + TELL_NL,
            ),
            admin="Kurve is aan zet: het adres van de pagina die dit vroeg staat niet op de lijst "
            "van Numo. Mail Kurve de referentie, en vanaf welke pagina er is geklikt.",
        ),
        en=Page(
            title="This request did not come from Numo",
            what="Another website asked Numo to do something for you. Numo did not do it.",
            steps=(
                "Do you want to log out? Go to Numo itself and log out there.",
                "Did you come from Numo? " + TELL_EN,
            ),
            admin="It is up to Kurve: the address of the page that asked is not on Numo's list. "
            "Mail Kurve the reference, and on which page was clicked.",
        ),
    ),
    "logged-out": Text(
        guide="pupils",
        nl=Page(
            title="Je bent uitgelogd uit Numo",
            what="Let op: in de elo van je school ben je misschien nog wel ingelogd. Wie daar op "
            "Numo klikt, komt dan weer in jouw account.",
            steps=(
                "Gebruiken anderen deze computer ook? Log dan ook uit in de elo.",
                "Sluit daarna alle vensters van de browser.",
            ),
            admin="Uitloggen uit Numo logt niet uit in de elo: Entree geeft dat niet door.",
        ),
        en=Page(
            title="You are logged out of Numo",
            what="Please note: you may still be logged in to your school's elo. Whoever clicks on "
            "Numo there then gets into your account.",
            steps=(
                "Do others use this computer too? Then log out of the elo as well.",
                "After that, close all windows of the browser.",
            ),
            admin="Logging out of Numo does not log out of the elo: Entree does not pass it on.",
        ),
    ),
}
