"""Words for sessions: none, two at once, ended."""

from __future__ import annotations

from numo_sso.pages.words import TELL_EN, TELL_NL, Page, Text

SESSIONS: dict[str, Text] = {
    "session-missing": Text(
        again=True,
        entrance=True,
        nl=Page(
            title="Je bent niet ingelogd",
            what="Je was nog niet ingelogd in Numo, of het is te lang geleden.",
            steps=("Klik op “Opnieuw beginnen” om in te loggen.",),
            admin="Dit is gewoon: een sessie eindigt na een tijd, of doordat iemand uitlogt. "
            "Gebeurt het meteen na elke login, dan houdt de browser cookies van Numo tegen.",
        ),
        en=Page(
            title="You are not logged in",
            what="You were not logged in to Numo yet, or it was too long ago.",
            steps=("Click “Start again” to log in.",),
            admin="This is normal: a session ends after some time, or when somebody logs out. If "
            "it happens right after every login, the browser stops Numo's cookies.",
        ),
    ),
    "session-ambiguous": Text(
        again=True,
        nl=Page(
            title="Je browser was twee keer ingelogd",
            what="Numo weet niet wie van de twee je bent. Voor de zekerheid ben je nu uitgelogd.",
            steps=(
                "Klik op “Opnieuw beginnen” en log weer in.",
                "Gebeurt het vaker? Sluit alle vensters van je browser en open hem weer.",
            ),
            admin="De browser stuurde twee cookies met de naam `numo_session`. Wis op deze "
            "computer de cookies van Numo. Gebeurt dit op meer computers, mail Kurve dan.",
        ),
        en=Page(
            title="Your browser was logged in twice",
            what="Numo does not know which of the two you are. To be safe, you are logged out now.",
            steps=(
                "Click “Start again” and log in again.",
                "Does it happen more often? Close all windows of your browser and open it again.",
            ),
            admin="The browser sent two cookies named `numo_session`. Clear Numo's cookies on "
            "this computer. If it happens on more computers, mail Kurve.",
        ),
    ),
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
