"""Words for what the school sends, and for what it is to Numo."""

from __future__ import annotations

from numo_sso.pages.words import TELL_EN, TELL_NL, Page, Text

SCHOOLS: dict[str, Text] = {
    "identity-refused": Text(
        guide="permission",
        entrance=True,
        nl=Page(
            title="Numo kan je gegevens niet lezen",
            what="De elo van je school stuurt gegevens die niet kloppen. Daarom weten we niet "
            "zeker wie je bent.",
            steps=(TELL_NL,),
            admin="De school is aan zet, met de leverancier van de elo. `nlEduPersonRealId` moet "
            "één keer komen, als `gebruiker@domein`, met aan beide kanten iets. "
            "`nlEduPersonHomeOrganizationId` moet één BRIN-nummer zijn, zoals `01AB` of `01AB02`.",
        ),
        en=Page(
            title="Numo cannot read your details",
            what="Your school's elo sends details that are not right. So we do not know for sure "
            "who you are.",
            steps=(TELL_EN,),
            admin="It is up to the school, with the supplier of the elo. `nlEduPersonRealId` must "
            "come once, as `user@domain`, with something on both sides. "
            "`nlEduPersonHomeOrganizationId` must be one BRIN number, such as `01AB` or `01AB02`.",
        ),
    ),
    "brin-missing": Text(
        guide="support",
        entrance=True,
        nl=Page(
            title="Numo weet niet van welke school je bent",
            what="Bij het inloggen kwam het nummer van je school niet mee.",
            steps=(TELL_NL,),
            admin="Kennisnet is aan zet: `nlEduPersonHomeOrganizationId` (het BRIN-nummer) "
            "ontbreekt, terwijl Entree dat altijd meegeeft. Mail Kurve de referentie; Kurve "
            "zoekt het uit met Kennisnet.",
        ),
        en=Page(
            title="Numo does not know which school you are from",
            what="The number of your school did not come along when you logged in.",
            steps=(TELL_EN,),
            admin="It is up to Kennisnet: `nlEduPersonHomeOrganizationId` (the BRIN number) is "
            "missing, though Entree always gives it. Mail Kurve the reference; Kurve will sort "
            "it out with Kennisnet.",
        ),
    ),
    "realid-missing": Text(
        guide="permission",
        entrance=True,
        nl=Page(
            title="Je school moet Numo nog toestemming geven",
            what="Numo mag van je school nog niet weten met welke naam je inlogt. Daarom kunnen "
            "we jouw account niet vinden.",
            steps=(TELL_NL,),
            admin="De school is aan zet: Numo kreeg geen `nlEduPersonRealId`. Zet Numo aan in het "
            "portaal van Entree, onder “Diensten activeren”, en geef daar deze gegevens vrij. "
            "Dat kan ook met het toestemmingsformulier voor het voortgezet onderwijs.",
        ),
        en=Page(
            title="Your school still has to give Numo permission",
            what="Your school does not let Numo know yet which name you log in with. So we cannot "
            "find your account.",
            steps=(TELL_EN,),
            admin="It is up to the school: Numo received no `nlEduPersonRealId`. Activate Numo in "
            "the Entree portal, under “Diensten activeren”, and release this attribute there. "
            "The consent form for secondary education does the same.",
        ),
    ),
    "brin-unknown": Text(
        guide="activate",
        entrance=True,
        nl=Page(
            title="Numo kent je school nog niet",
            what="Je elo werkt, maar Numo herkent het nummer van je school nog niet.",
            steps=(TELL_NL,),
            admin="De school is aan zet: mail Kurve de Numo-ingang van de school en het "
            "BRIN-nummer. Is de school gefuseerd, of heeft de locatie een eigen nummer? Mail dan "
            "ook het nieuwe nummer. Activeren is gratis.",
        ),
        en=Page(
            title="Numo does not know your school yet",
            what="Your elo works, but Numo does not recognise the number of your school yet.",
            steps=(TELL_EN,),
            admin="It is up to the school: mail Kurve the school's Numo entrance and the BRIN "
            "number. Did the school merge, or does the location have a number of its own? Then "
            "mail the new number too. Activation is free.",
        ),
    ),
    "school-not-active": Text(
        guide="activate",
        entrance=True,
        nl=Page(
            title="Inloggen via de elo staat nog niet aan",
            what="Numo kent je school, maar je kunt nu niet vanuit de elo inloggen.",
            steps=(TELL_NL,),
            admin="De school is aan zet: mail Kurve om het inloggen via de elo aan te zetten, met "
            "de Numo-ingang en het BRIN-nummer. Is dat al gevraagd, of stond het al aan? Mail "
            "Kurve dan de referentie.",
        ),
        en=Page(
            title="Logging in from the elo is not switched on",
            what="Numo knows your school, but you cannot log in from the elo now.",
            steps=(TELL_EN,),
            admin="It is up to the school: mail Kurve to switch on logging in from the elo, with "
            "the Numo entrance and the BRIN number. Was it asked already, or did it work before? "
            "Then mail Kurve the reference.",
        ),
    ),
    "idp-not-known-for-school": Text(
        guide="changes",
        entrance=True,
        nl=Page(
            title="Numo kent deze manier van inloggen nog niet",
            what="Je logt in op een andere manier dan Numo van je school kent. Voor de veiligheid "
            "laat Numo die pas toe als je school het heeft bevestigd.",
            steps=(TELL_NL,),
            admin="Kurve is aan zet, zodra de school het bevestigt. Deze login kwam van een andere "
            "inlogbron, of met een ander domein (achter de `@` van `nlEduPersonRealId`), dan Numo "
            "van de school kent. Opnieuw proberen helpt niet. Is de school overgestapt, "
            "bijvoorbeeld naar Entra, of kwam er een inlogbron bij? Mail Kurve sinds wanneer, met "
            "de referentie.",
        ),
        en=Page(
            title="Numo does not know this way of logging in yet",
            what="You log in in another way than Numo knows of your school. To be safe, Numo lets "
            "it in only after your school has confirmed it.",
            steps=(TELL_EN,),
            admin="It is up to Kurve, once the school confirms. This login came from another "
            "identity provider, or with another domain (behind the `@` of `nlEduPersonRealId`), "
            "than Numo knows of the school. Trying again does not help. Did the school move, to "
            "Entra say, or add a provider? Mail Kurve since when, with the reference.",
        ),
    ),
    "entrance-ambiguous": Text(
        guide="changes",
        entrance=True,
        nl=Page(
            title="Numo weet niet naar welke plek je moet",
            what="Het nummer van je school hoort bij meer dan één plek in Numo. Numo gokt niet.",
            steps=(TELL_NL,),
            admin="Kurve is aan zet: één BRIN-nummer hoort bij meer Numo-ingangen. Mail Kurve de "
            "referentie en de ingang waar deze gebruiker hoort. De school kan helpen door "
            "`nlEduPersonHomeOrganizationBranchId` (zes tekens) en de namen mee te sturen.",
        ),
        en=Page(
            title="Numo does not know which place you belong to",
            what="The number of your school belongs to more than one place in Numo. Numo does "
            "not guess.",
            steps=(TELL_EN,),
            admin="It is up to Kurve: one BRIN number belongs to several Numo entrances. Mail "
            "Kurve the reference and the entrance where this user belongs. The school can help "
            "by sending `nlEduPersonHomeOrganizationBranchId` (six characters) and the names.",
        ),
    ),
}
