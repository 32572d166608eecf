"""The Dutch words of the mail to a school: what is done, and what is still to be done by whom."""

from __future__ import annotations

from typing import NamedTuple

from numo_sso.support.findings.finding import Owner

ACTIVATED_SUBJECT = "Numo is geactiveerd voor {name}"
ACTIVATED = """\
Beste collega,

Numo is geactiveerd voor {name}: de ingang {entrance_url}, met BRIN {brins}.
Er staan {users} in Numo.

Zet in de elo een link of een knop naar dit adres. Laat hem openen in een nieuw tabblad, niet in een
venster binnen de elo:

    {link}

Zo test u het:

1. Geef Numo toestemming bij Kennisnet, als dat nog niet is gebeurd: in het portaal van Entree,
   onder "Diensten activeren".
2. Log in op de elo als een leerling die in Numo staat, en klik op de link. De leerling komt zonder
   inlogscherm in Numo.
3. Doe hetzelfde als docent.

Wilt u zien wat Numo van uw elo ontvangt? Hier test u de verbinding, zonder dat er iets verandert:

    {test_url}

Gaat er iets mis? Op de pagina staat een code, zoals K7MQ-3XWD-9TRA. Mail die naar {support_mail},
dan zien wij meteen wat er gebeurde.
Uitleg voor beheerders: {help_url}

Inloggen buiten de elo om, op {entrance_url} met gebruikersnaam en wachtwoord, blijft mogelijk.
{also}
Met vriendelijke groet,
Kurve, {support_mail}
"""

MISSING_SUBJECT = "Numo voor {name}: wat er nog nodig is"
MISSING = """\
Beste collega,

{name} kan nog niet via de elo in Numo inloggen ({entrance_url}). Dit is er nog nodig:

{steps}

Daarna mailen wij u hoe u het in de elo zet. Wat Numo van uw elo ontvangt, kunt u nu al zien; er
verandert niets door:

    {test_url}

Uitleg voor beheerders: {help_url}
Vragen, of een code op het scherm zoals K7MQ-3XWD-9TRA? Mail {support_mail}.

Met vriendelijke groet,
Kurve, {support_mail}
"""
ALSO = """
Dit kan nog beter:

{steps}
"""

OWNERS = {Owner.SCHOOL: "Uw school:", Owner.KENNISNET: "Kennisnet:", Owner.KURVE: "Wij (Kurve):"}
"""In the order in which they stand in the mail."""


class Move(NamedTuple):
    """One thing to do, and who does it: not always who moves first in support's own list."""

    owner: Owner
    text: str


_STAMNR = (
    "Mail ons een bestand met Stamnr en IDGebr. De applicatiebeheerder van Magister kan dat uit de "
    "database halen. In de elo loggen gebruikers met dat IDGebr in."
)
_PERMISSION = (
    'Geef Numo toestemming in het portaal van Entree, onder "Diensten activeren", en klik daarna '
    "één keer op de link in de elo."
)
_CODE_ALONE = (
    "Mail ons een bestand met alleen de code van iedere gebruiker: wat in de inlognaam van de elo "
    "vóór de @ staat."
)
_FILE_AS_ELO = "Mail ons een bestand met de codes precies zoals uw elo ze meestuurt."

MOVES = {
    "not-active": Move(Owner.KURVE, "Wij activeren uw school."),
    "suspended": Move(Owner.KURVE, "De toegang staat tijdelijk uit. Wij zetten hem weer aan."),
    "no-brin": Move(Owner.KURVE, "Wij koppelen het BRIN-nummer van uw school."),
    "no-users": Move(
        Owner.SCHOOL,
        "Mail ons een bestand met de gebruikers (leerlingen en docenten) uit uw administratie.",
    ),
    "no-staff": Move(
        Owner.SCHOOL, "Moeten docenten ook inloggen? Mail ons dan een bestand waar zij in staan."
    ),
    "no-idgebr": Move(Owner.SCHOOL, _STAMNR),
    "idgebr-missing": Move(
        Owner.SCHOOL, "Niet iedere gebruiker heeft een IDGebr. Mail ons een nieuw bestand daarmee."
    ),
    "idgebr-column-missing": Move(Owner.SCHOOL, _STAMNR),
    "zeros-lost": Move(
        Owner.SCHOOL,
        "In het bestand zijn de nullen vóór de nummers weggevallen. Mail ons een bestand waarin de "
        "nummers als tekst zijn bewaard.",
    ),
    "zeros-added": Move(Owner.SCHOOL, _FILE_AS_ELO),
    "prefix-differs": Move(Owner.SCHOOL, _FILE_AS_ELO),
    "codes-with-realm": Move(Owner.SCHOOL, _CODE_ALONE),
    "codes-differ": Move(
        Owner.SCHOOL,
        "Uw elo stuurt een andere code mee dan Numo van uw gebruikers heeft. Zoek uit welke, en "
        "mail ons een bestand daarmee.",
    ),
    "rule-other": Move(Owner.KURVE, "Wij laten Numo op de andere code van uw gebruikers letten."),
    "no-logins": Move(Owner.SCHOOL, _PERMISSION),
    "no-good-login": Move(Owner.SCHOOL, "Klik één keer op de link in de elo, om het te testen."),
    "nobody-known": Move(Owner.KURVE, "Wij leggen vast met welke elo uw school inlogt."),
    "provider-waits": Move(
        Owner.KURVE,
        "Sommige gebruikers loggen in via een andere aanbieder dan wij kennen. Wij vragen u apart "
        "of die van uw school is.",
    ),
    "identity-refused": Move(
        Owner.SCHOOL,
        "De elo stuurt gegevens die niet kloppen. Vraag de leverancier: nlEduPersonRealId moet één "
        "keer komen, als gebruiker@domein.",
    ),
    "realid-missing": Move(
        Owner.SCHOOL,
        'Geef in het portaal van Entree, onder "Diensten activeren", de inlognaam '
        "(nlEduPersonRealId) vrij voor Numo.",
    ),
    "brin-missing": Move(
        Owner.KENNISNET,
        "Kennisnet stuurt het BRIN-nummer van uw school niet mee. Wij vragen het na.",
    ),
    "brin-unknown": Move(Owner.SCHOOL, "Mail ons de BRIN-nummers van al uw locaties."),
    "school-not-active": Move(Owner.KURVE, "Wij activeren uw school."),
    "user-unknown": Move(
        Owner.SCHOOL,
        "Sommige gebruikers staan niet in Numo met de code die de elo meestuurt. Mail ons een "
        "nieuw bestand met alle gebruikers.",
    ),
    "user-elsewhere": Move(
        Owner.SCHOOL, "Sommige gebruikers staan bij een andere locatie. Mail ons wie waar hoort."
    ),
    "user-disabled": Move(
        Owner.SCHOOL, "Sommige gebruikers staan uit. Mail ons wie er weer in mogen."
    ),
    "role-differs": Move(
        Owner.SCHOOL,
        "Een leerling en een medewerker hebben dezelfde code, of medewerkers komen niet als "
        "medewerker uit de elo. Kijk dat na.",
    ),
}
"""By the code of a finding. What has none is ours to find out."""

OTHERS = {
    Owner.SCHOOL: Move(Owner.KURVE, "Wij zoeken met u uit wat er bij het inloggen misgaat."),
    Owner.KENNISNET: Move(Owner.KENNISNET, "Wij vragen bij Kennisnet na wat er misgaat."),
    Owner.KURVE: Move(Owner.KURVE, "Wij zoeken uit wat er bij het inloggen misgaat."),
}
