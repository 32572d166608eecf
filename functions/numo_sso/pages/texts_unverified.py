"""The one page for every response that could not be verified.

What went wrong is in the log and the trace only: nothing a response says may steer this page.
"""

from __future__ import annotations

from numo_sso.pages.words import TELL_EN, TELL_NL, Page, Text

UNVERIFIED = Text(
    again=True,
    nl=Page(
        title="Het inloggen is niet gelukt",
        what="Er ging iets mis tussen de elo van je school en Numo. Daarom kon Numo je "
        "niet inloggen.",
        steps=(
            "Klik op “Opnieuw beginnen”.",
            (
                "Lukt dat niet? Ga naar de elo van je school, zoals Magister of Somtoday. Klik "
                "daar op Numo."
            ),
            "Lukt het dan nog niet? " + TELL_NL,
        ),
        hints=(
            (
                "Het duurde te lang. Tussen je klik op Numo en deze pagina mogen tien minuten "
                "zitten. Begin opnieuw."
            ),
            (
                "Je gebruikte de terug-knop, of een bladwijzer van een pagina halverwege. Begin "
                "opnieuw vanuit de elo."
            ),
            "Je browser houdt cookies tegen. Sta cookies toe, ook voor Numo.",
            (
                "Je werkt in een privévenster, of met een programma dat cookies blokkeert. Probeer "
                "een gewoon venster."
            ),
            (
                "Je opende Numo binnen een app, of als stukje van een andere pagina. Open Numo in "
                "een eigen tabblad van je browser, zoals Chrome, Edge, Firefox of Safari."
            ),
        ),
        admin="Heeft één gebruiker dit? Dan ligt het bijna altijd aan de browser: begin opnieuw, "
        "met cookies aan, in een eigen tabblad. Hebben veel gebruikers dit tegelijk? Dan is Kurve "
        "of Kennisnet aan zet: mail Kurve de referentie van één van hen.",
    ),
    en=Page(
        title="Logging in did not work",
        what="Something went wrong between your school's elo and Numo. So Numo could not "
        "log you in.",
        steps=(
            "Click “Start again”.",
            (
                "Does that not work? Go to your school's elo, such as Magister or Somtoday. Click "
                "on Numo there."
            ),
            "Still not? " + TELL_EN,
        ),
        hints=(
            (
                "It took too long. There may be ten minutes between your click on Numo and this "
                "page. Start again."
            ),
            "You used the back button, or a bookmark of a page halfway. Start again from the elo.",
            "Your browser stops cookies. Allow cookies, also for Numo.",
            (
                "You are in a private window, or something you installed blocks cookies. Try an "
                "ordinary window."
            ),
            (
                "You opened Numo inside an app, or as a part of another page. Open Numo in a tab "
                "of its own in your browser, such as Chrome, Edge, Firefox or Safari."
            ),
        ),
        admin="Does one user have this? Then it is nearly always the browser: start again, with "
        "cookies allowed, in a tab of its own. Do many users have this at once? Then it is up to "
        "Kurve or Kennisnet: mail Kurve the reference of one of them.",
    ),
)
