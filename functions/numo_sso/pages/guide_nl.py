"""The school guide in Dutch, for whoever manages the elo or Numo at a school."""

from __future__ import annotations

from numo_sso.pages.guide_words import Guide, Section

GUIDE_NL = Guide(
    title="Numo via de elo: uitleg voor de school",
    lead="Leerlingen en docenten klikken in de elo op Numo en zijn meteen binnen, zonder nog een "
    "keer in te loggen. U regelt het in vier stappen. Het kost niets.",
    contents="Op deze pagina",
    button="Deze knop mag u in de elo gebruiken: als [SVG](button_svg) of als [PNG](button_png). "
    "Het logo van Numo haalt u op bij [{logo}](logo).",
    school="uwschool",
    sections=(
        Section(
            id="elo",
            title="Stap 1. Kijk of uw elo op Entree is aangesloten",
            says=(
                (
                    "Numo herkent uw gebruikers via Entree Federatie van Kennisnet. Magister, "
                    "Somtoday, itslearning en veel andere elo's zijn daarop aangesloten. Kijk "
                    "het na in [de catalogus van Entree](catalogue)."
                ),
            ),
        ),
        Section(
            id="permission",
            title="Stap 2. Geef Kennisnet toestemming",
            says=(
                (
                    "Kennisnet geeft de inlognamen van uw gebruikers pas aan Numo door als de "
                    "school dat goedvindt. Dat kan op twee manieren:"
                ),
                (
                    (
                        "In het portaal van Entree, onder “Diensten activeren”. Zet Numo daar "
                        "aan en geef de gegevens vrij waar Numo om vraagt."
                    ),
                    "Met het toestemmingsformulier voor het voortgezet onderwijs.",
                ),
                (
                    "Naast de standaardgegevens vraagt Numo om de inlognaam "
                    "(`nlEduPersonRealId`) en de achternaam (`sn` en "
                    "`nlEduPersonTussenvoegsels`). Het [aanvraagformulier van "
                    "Kurve](attribute_form) vindt u op de site van Numo."
                ),
            ),
        ),
        Section(
            id="activate",
            title="Stap 3. Mail ons uw Numo-ingang en uw BRIN-nummer",
            says=(
                "Mail naar [{mail}](mail_to):",
                (
                    "uw Numo-ingang: het adres van uw school in Numo, zoals `{entrance}`;",
                    (
                        "uw BRIN-nummer, zoals `01AB`. Heeft de school meer nummers of locaties "
                        "met een eigen nummer? Mail ze dan allemaal."
                    ),
                ),
                "Wij activeren de school en mailen u dat het klaar is. Activeren kost niets.",
            ),
        ),
        Section(
            id="link",
            title="Stap 4. Zet de link in de elo",
            says=(
                "Maak in de elo een link of een knop naar dit adres, met uw eigen ingang erin:",
                "`{start}?school={school}`",
                (
                    "Ook `{start}` alleen werkt. Met uw ingang erin zien wij bij een storing "
                    "sneller om welke school het gaat."
                ),
                (
                    "Laat de link openen in een nieuw tabblad. In een venster binnen de elo "
                    "houden browsers cookies tegen, en dan lukt het inloggen niet."
                ),
                (
                    "Wilt u naar een bepaalde plek in Numo? Zet die erachter, zoals "
                    "`{start}?school={school}&target=/lesson/7`."
                ),
            ),
        ),
        Section(
            id="test",
            title="Test de verbinding",
            says=(
                (
                    "Op [{test}](test) logt u in zoals een gebruiker dat doet, zonder dat er "
                    "iets verandert. Daarna ziet u wat Numo kreeg, of de school actief is, of "
                    "Numo u vindt, en wie er aan zet is. Het kan ook al vóór stap 3."
                ),
            ),
        ),
        Section(
            id="code",
            title="De inlognaam moet gelijk zijn aan de persoonscode",
            says=(
                (
                    "De elo stuurt van elke gebruiker de inlognaam mee: `nlEduPersonRealId`, "
                    "zoals `pietjepukkelen@petteflatcollege`. Het deel vóór de `@` moet precies "
                    "gelijk zijn aan de gebruikersnaam in Numo, de persoonscode. Nullen vooraan "
                    "tellen mee."
                ),
                (
                    "De rol moet ook kloppen: wie in Numo docent of medewerker is, moet dat in "
                    "de elo ook zijn (`employee` of `staff` in `eduPersonAffiliation`)."
                ),
            ),
        ),
        Section(
            id="idgebr",
            title="Magister: de kolom IDGebr",
            says=(
                (
                    "Vult u Numo met een export uit Magister? Dan is één kolom extra nodig: "
                    "IDGebr. Dat is wat Magister als inlognaam meestuurt. Alleen de "
                    "applicatiebeheerder van Magister kan die kolom uit de database halen, als "
                    "een bestand met Stamnr en IDGebr. Met dat bestand zetten wij het IDGebr bij "
                    "de goede leerling."
                ),
            ),
        ),
        Section(
            id="password",
            title="De schoolingang en het wachtwoord blijven",
            says=(
                "Wachtwoorden uit de elo komen nooit bij Numo of bij Kurve.",
                (
                    "Inloggen buiten de elo om blijft mogelijk, met gebruikersnaam en wachtwoord "
                    "op uw schoolingang: `{entrance}`. Wie het wachtwoord is vergeten, vraagt "
                    "daar een nieuw aan. Dat kan alleen als Numo het e-mailadres van de "
                    "gebruiker kent."
                ),
            ),
        ),
        Section(
            id="pupils",
            title="Wat leerlingen en docenten zien",
            says=(
                (
                    "Wie in de elo is ingelogd en op Numo klikt, ziet meteen Numo, met de eigen "
                    "naam erbij. Wie nog niet in de elo is ingelogd, logt eerst daar in."
                ),
                (
                    "Gaat er iets mis, dan komt er een pagina die zegt wat er gebeurde en wie "
                    "het kan oplossen. Daarop staat ook een referentie, zoals `K7MQ-3XWD-9TRA`. "
                    "Daarmee vinden wij die ene keer inloggen terug."
                ),
                (
                    "Op een gedeelde computer: wie in Numo uitlogt, is in de elo nog ingelogd. "
                    "Laat leerlingen ook daar uitloggen."
                ),
            ),
        ),
        Section(
            id="problems",
            title="Als het bij één gebruiker niet lukt",
            says=(
                "Dan ligt het bijna altijd aan de browser. Dit helpt vaak:",
                (
                    "begin opnieuw vanuit de elo, niet met een bladwijzer of de terug-knop;",
                    "sta cookies toe, ook in een schoolprofiel of een privévenster;",
                    (
                        "open Numo in een eigen tabblad van Chrome, Edge, Firefox of Safari, en "
                        "niet in een app;"
                    ),
                    "kijk of de klok van de computer goed staat.",
                ),
                (
                    "Staat er op de pagina dat Numo het account niet vindt? Zie dan [de "
                    "inlognaam en de persoonscode](#code)."
                ),
            ),
        ),
        Section(
            id="changes",
            title="Als er iets verandert",
            says=(
                "Mail het ons vooraf. Dan kan iedereen blijven inloggen:",
                (
                    "een andere elo, of een andere manier om daarin in te loggen, zoals Entra;",
                    "een fusie, een nieuw BRIN-nummer of een nieuwe locatie;",
                    "nieuwe leerlingen en docenten: mail ons dan een nieuw bestand;",
                    "een leerling die naar een andere ingang van de school gaat.",
                ),
            ),
        ),
        Section(
            id="support",
            title="Wat u ons mailt als het niet lukt",
            says=(
                "Mail naar [{mail}](mail_to):",
                (
                    (
                        "de referentie en de melding op de pagina, zoals `K7MQ-3XWD-9TRA` en "
                        "`NS-231`;"
                    ),
                    "hoe laat het was, en of het bij één gebruiker gebeurt of bij veel;",
                    "uw Numo-ingang en uw BRIN-nummer.",
                ),
                (
                    "Mail nooit een wachtwoord. Een naam hebben wij niet nodig: de referentie is "
                    "genoeg."
                ),
            ),
        ),
    ),
)
