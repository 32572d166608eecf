"""Words for what became of the user: found or not, allowed or not, here already."""

from __future__ import annotations

from numo_sso.pages.words import TELL_EN, TELL_NL, Page, Text

USERS: dict[str, Text] = {
    "same-person": Text(
        guide="pupils",
        nl=Page(
            title="Je bent weer ingelogd als {given_name}",
            what="Je vroeg om een ander account. Maar in de elo van {school_name} is "
            "{given_name} nog ingelogd. Daarom kreeg je hetzelfde account.",
            steps=(
                "Ben jij {given_name}? Ga dan door naar Numo.",
                (
                    "Ben je iemand anders? Log eerst uit in de elo. Sluit alle vensters van de "
                    "browser. Log daarna zelf in bij de elo en klik op Numo."
                ),
            ),
            admin="Er is niets stuk. De elo antwoordde opnieuw voor dezelfde persoon; alleen "
            "uitloggen in de elo verandert dat.",
        ),
        en=Page(
            title="You are logged in as {given_name} again",
            what="You asked for another account. But in the elo of {school_name}, {given_name} "
            "is still logged in. That is why you got the same account.",
            steps=(
                "Are you {given_name}? Then go on to Numo.",
                (
                    "Are you somebody else? First log out of the elo. Close all windows of the "
                    "browser. Then log in to the elo yourself and click on Numo."
                ),
            ),
            admin="Nothing is broken. The elo answered for the same person again; only logging "
            "out of the elo changes that.",
        ),
    ),
    "already-used": Text(
        again=True,
        nl=Page(
            title="Deze pagina is al een keer gebruikt",
            what="Je klikte misschien twee keer, of je gebruikte de terug-knop. Elke keer "
            "inloggen werkt maar één keer.",
            steps=(
                "Klik op “Opnieuw beginnen”.",
                "Lukt dat niet? Sluit dit venster, ga naar de elo en klik daar op Numo.",
            ),
            admin="De gebruiker is aan zet: hetzelfde antwoord van Entree kwam twee keer. Dat "
            "doet een dubbelklik of de terug-knop. Komt het bij veel gebruikers voor, mail Kurve "
            "dan de referentie.",
        ),
        en=Page(
            title="This page has been used before",
            what="You may have clicked twice, or used the back button. Every log-in works only "
            "once.",
            steps=(
                "Click “Start again”.",
                "Does that not work? Close this window, go to the elo and click on Numo there.",
            ),
            admin="It is up to the user: the same answer from Entree came twice. A double click "
            "or the back button does that. If many users have it, mail Kurve the reference.",
        ),
    ),
    "user-unknown": Text(
        guide="code",
        entrance=True,
        nl=Page(
            title="Numo kan jouw account niet vinden",
            what="Inloggen in de elo is gelukt. Maar de code die de elo voor jou stuurt, staat "
            "niet in Numo.",
            steps=(TELL_NL,),
            admin="De school is aan zet: het deel van `nlEduPersonRealId` vóór de `@` moet gelijk "
            "zijn aan de persoonscode in Numo, ook de nullen vooraan. Staat de gebruiker in Numo? "
            "Bij Magister is vaak de kolom IDGebr nodig: laat de applicatiebeheerder een bestand "
            "met Stamnr en IDGebr maken en mail Kurve hierover.",
        ),
        en=Page(
            title="Numo cannot find your account",
            what="Logging in to the elo worked. But the code that the elo sends for you is not "
            "in Numo.",
            steps=(TELL_EN,),
            admin="It is up to the school: the part of `nlEduPersonRealId` before the `@` must "
            "equal the persoonscode in Numo, leading zeros included. Is the user in Numo? With "
            "Magister, the column IDGebr is often needed: have the application manager make a "
            "file of Stamnr and IDGebr, and mail Kurve about it.",
        ),
    ),
    "user-elsewhere": Text(
        guide="changes",
        nl=Page(
            title="Je account staat op een andere plek in Numo",
            what="Op de plek van je school in Numo vinden we je niet. Misschien ben je pas van "
            "school of van locatie veranderd.",
            steps=(TELL_NL,),
            admin="De school is aan zet: deze code staat niet bij de Numo-ingang waar de elo naar "
            "wijst, wel bij een andere ingang met hetzelfde BRIN-nummer. Kijk of het om dezelfde "
            "persoon gaat, en mail Kurve bij welke ingang die hoort.",
        ),
        en=Page(
            title="Your account is at another place in Numo",
            what="We cannot find you at your school's place in Numo. Perhaps you changed schools "
            "or locations recently.",
            steps=(TELL_EN,),
            admin="It is up to the school: this code is not at the Numo entrance that the elo "
            "points to, but at another entrance with the same BRIN number. See whether it is the "
            "same person, and mail Kurve at which entrance they belong.",
        ),
    ),
    "user-disabled": Text(
        guide="support",
        nl=Page(
            title="Je account in Numo staat uit",
            what="Numo heeft je gevonden, maar je account is uitgezet. Daarom kun je nu niet "
            "inloggen.",
            steps=(TELL_NL,),
            admin="De school is aan zet: deze gebruiker staat uit in Numo. Hoort deze persoon nog "
            "bij de school? Mail Kurve dan de referentie, en dat het account weer aan mag.",
        ),
        en=Page(
            title="Your account in Numo is switched off",
            what="Numo found you, but your account was switched off. That is why you cannot log "
            "in now.",
            steps=(TELL_EN,),
            admin="It is up to the school: this user is switched off in Numo. Does this person "
            "still belong to the school? Then mail Kurve the reference, and that the account may "
            "be switched on again.",
        ),
    ),
    "role-differs": Text(
        guide="code",
        entrance=True,
        nl=Page(
            title="Leerling of medewerker? Dat klopt niet",
            what="De elo zegt bijvoorbeeld dat je leerling bent. Maar in Numo hoort jouw code bij "
            "een medewerker. Of andersom. Voor de veiligheid laat Numo je niet door.",
            steps=(TELL_NL,),
            admin="De school is aan zet: `eduPersonAffiliation` past niet bij de rol in Numo. Een "
            "account van een medewerker vraagt `employee` of `staff`. Kijk of een leerling en een "
            "medewerker hetzelfde nummer hebben, en of de rol in Numo klopt.",
        ),
        en=Page(
            title="Pupil or staff? That does not fit",
            what="The elo says, for example, that you are a pupil. But in Numo your code belongs "
            "to a member of staff. Or the other way round. To be safe, Numo does not let you in.",
            steps=(TELL_EN,),
            admin="It is up to the school: `eduPersonAffiliation` does not fit the role in Numo. "
            "An account of staff needs `employee` or `staff`. See whether a pupil and a member of "
            "staff have the same number, and whether the role in Numo is right.",
        ),
    ),
}
