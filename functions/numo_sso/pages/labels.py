"""The words around a page's own text: buttons, headings, days and months."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from numo_sso.outcomes import Actor

if TYPE_CHECKING:
    from numo_sso.pages.words import Language


@dataclass(frozen=True, kw_only=True)
class Labels:
    """One language. The fields are named as the templates use them."""

    other_code: Language
    """The other language: its code, and its name in its own words."""
    other_language: str
    again: str
    new_tab: str
    test_again: str
    test_failed: str
    in_app: str
    wait: str
    entrance: str
    entrance_named: str
    entrance_known: str
    entrance_unknown: str
    what_now: str
    who_acts: str
    actors: dict[Actor, str]
    hints: str
    to_report: str
    reference: str
    copy: str
    copied: str
    number: str
    time: str
    admin: str
    guide: str
    mail: str
    mail_subject: str
    go_on: str
    not_me: str
    logout_title: str
    logout_what: str
    logout_button: str
    log_in_again: str
    someone: str
    your_school: str
    elo: str
    clock: str
    days: tuple[str, ...]
    months: tuple[str, ...]


LABELS: dict[Language, Labels] = {
    "nl": Labels(
        other_code="en",
        other_language="English",
        again="Opnieuw beginnen",
        new_tab="Openen in een nieuw tabblad",
        test_again="Nog een keer testen",
        test_failed="Dit was een test van de verbinding. De test is niet tot het einde gekomen.",
        in_app="Je zit nu in de browser van een app. Daar lukt inloggen vaak niet. Kies in het "
        "menu van de app “Openen in browser”. Of typ dit adres in Chrome, Edge, Firefox of Safari:",
        wait="Wacht {seconds} seconden, en begin dan opnieuw.",
        entrance="Inloggen met je wachtwoord",
        entrance_named="op de Numo-pagina van {school}",
        entrance_known="Heb je ook een wachtwoord voor Numo? Dan kun je nu al naar binnen.",
        entrance_unknown="Heb je een gebruikersnaam en wachtwoord voor Numo? Dan kun je daarmee "
        "inloggen op de Numo-pagina van je school.",
        what_now="Wat kun je nu doen?",
        who_acts="Wie kan dit oplossen?",
        actors={
            Actor.USER: "Meestal jij zelf.",
            Actor.SCHOOL: "Je school. Jij hebt niets fout gedaan.",
            Actor.KENNISNET: "Kennisnet, dat de elo met Numo verbindt. Jij hebt niets fout gedaan.",
            Actor.KURVE: "Kurve, het bedrijf achter Numo. Jij hebt niets fout gedaan.",
            Actor.NOBODY: "Er is niets stuk.",
        },
        hints="Wat helpt vaak?",
        to_report="Vraag je om hulp? Lees dan dit voor:",
        reference="Referentie",
        copy="Kopieer",
        copied="Gekopieerd",
        number="Melding",
        time="Tijd",
        admin="Voor de beheerder op school",
        guide="Lees meer in de uitleg voor de school",
        mail="Mail {address} met deze referentie",
        mail_subject="Inloggen in Numo: {number}, referentie {reference}",
        go_on="Ik ben {given_name}: door naar Numo",
        not_me="Ik ben {given_name} niet: uitloggen uit Numo",
        logout_title="Wil je uitloggen uit Numo?",
        logout_what="Je logt alleen uit bij Numo. In de elo van je school blijf je ingelogd.",
        logout_button="Uitloggen",
        log_in_again="Weer inloggen",
        someone="deze persoon",
        your_school="je school",
        elo="De elo is de site van je school met je rooster en je huiswerk, zoals Magister of "
        "Somtoday.",
        clock="{day} {date} {month} {year}, {hour:02}.{minute:02} uur",
        days=("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
        months=(
            *("januari", "februari", "maart", "april", "mei", "juni"),
            *("juli", "augustus", "september", "oktober", "november", "december"),
        ),
    ),
    "en": Labels(
        other_code="nl",
        other_language="Nederlands",
        again="Start again",
        new_tab="Open in a new tab",
        test_again="Test once more",
        test_failed="This was a test of the connection. The test did not get to its end.",
        in_app="You are in the browser of an app now. Logging in often fails there. Choose “Open "
        "in browser” in the app's menu. Or type this address in Chrome, Edge, Firefox or Safari:",
        wait="Wait {seconds} seconds, then start again.",
        entrance="Log in with your password",
        entrance_named="on the Numo page of {school}",
        entrance_known="Do you have a password for Numo as well? Then you can go in now.",
        entrance_unknown="Do you have a user name and password for Numo? Then you can log in with "
        "those on your school's Numo page.",
        what_now="What can you do now?",
        who_acts="Who can solve this?",
        actors={
            Actor.USER: "Usually you, yourself.",
            Actor.SCHOOL: "Your school. You did nothing wrong.",
            Actor.KENNISNET: "Kennisnet, which connects the elo to Numo. You did nothing wrong.",
            Actor.KURVE: "Kurve, the company behind Numo. You did nothing wrong.",
            Actor.NOBODY: "Nothing is broken.",
        },
        hints="What often helps?",
        to_report="Are you asking for help? Then read this out:",
        reference="Reference",
        copy="Copy",
        copied="Copied",
        number="Message",
        time="Time",
        admin="For the administrator at school",
        guide="Read more in the guide for schools",
        mail="Mail {address} with this reference",
        mail_subject="Logging in to Numo: {number}, reference {reference}",
        go_on="I am {given_name}: on to Numo",
        not_me="I am not {given_name}: log out of Numo",
        logout_title="Do you want to log out of Numo?",
        logout_what="You only log out of Numo. You stay logged in to your school's elo.",
        logout_button="Log out",
        log_in_again="Log in again",
        someone="this person",
        your_school="your school",
        elo="The elo is your school's site with your timetable and homework, such as Magister or "
        "Somtoday.",
        clock="{day} {date} {month} {year}, {hour:02}:{minute:02}",
        days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        months=(
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        ),
    ),
}
