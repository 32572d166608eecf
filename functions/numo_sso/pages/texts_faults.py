"""Words for our own failures. They say so: nobody at school needs to search for a cause."""

from __future__ import annotations

from numo_sso.pages.words import TELL_EN, TELL_NL, Page, Text

FAULTS: dict[str, Text] = {
    "storage-failed": Text(
        guide="support",
        again=True,
        entrance=True,
        nl=Page(
            title="Numo is even niet bereikbaar",
            what="Dat ligt aan ons. Met jouw account is niets mis.",
            steps=(
                "Wacht even. Klik dan op “Opnieuw beginnen”.",
                "Lukt het na een paar keer nog niet? Probeer het over een kwartier weer.",
            ),
            admin="Kurve is aan zet: onze opslag gaf geen antwoord. Aan de elo en de accounts "
            "hoeft niets te veranderen. Duurt het langer dan een kwartier, mail Kurve dan.",
        ),
        en=Page(
            title="Numo cannot be reached for a moment",
            what="That is our fault. Nothing is wrong with your account.",
            steps=(
                "Wait a moment. Then click “Start again”.",
                "Does it fail a few times? Try again in a quarter of an hour.",
            ),
            admin="It is up to Kurve: our storage did not answer. Nothing needs to change in the "
            "elo or the accounts. If it lasts longer than a quarter of an hour, mail Kurve.",
        ),
    ),
    "not-configured": Text(
        guide="support",
        again=True,
        entrance=True,
        nl=Page(
            title="Numo kan nu niemand inloggen",
            what="Dat ligt aan ons. Met jouw account is niets mis.",
            steps=(
                "Wacht even. Klik dan op “Opnieuw beginnen”.",
                "Lukt het dan nog niet? Probeer het later weer.",
            ),
            admin="Kurve is aan zet: een instelling van Numo ontbreekt. Aan de elo en de accounts "
            "hoeft niets te veranderen. Mail Kurve als dit langer dan een kwartier duurt.",
        ),
        en=Page(
            title="Numo cannot log anybody in now",
            what="That is our fault. Nothing is wrong with your account.",
            steps=(
                "Wait a moment. Then click “Start again”.",
                "Still not? Try again later.",
            ),
            admin="It is up to Kurve: a setting of Numo is missing. Nothing needs to change in "
            "the elo or the accounts. Mail Kurve if this lasts longer than a quarter of an hour.",
        ),
    ),
    "unexpected": Text(
        guide="support",
        again=True,
        entrance=True,
        nl=Page(
            title="Er ging iets mis bij Numo",
            what="Dat ligt aan ons. Met jouw account is niets mis.",
            steps=(
                "Klik op “Opnieuw beginnen”.",
                "Gebeurt het weer? " + TELL_NL,
            ),
            admin="Kurve is aan zet: dit is een fout in Numo. Mail Kurve de referentie; daarmee "
            "vinden we terug wat er gebeurde.",
        ),
        en=Page(
            title="Something went wrong at Numo",
            what="That is our fault. Nothing is wrong with your account.",
            steps=(
                "Click “Start again”.",
                "Does it happen again? " + TELL_EN,
            ),
            admin="It is up to Kurve: this is a defect in Numo. Mail Kurve the reference; it lets "
            "us find what happened.",
        ),
    ),
}
