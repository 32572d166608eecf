"""The school guide in English."""

from __future__ import annotations

from numo_sso.pages.guide_words import Guide, Section

GUIDE_EN = Guide(
    title="Numo through the elo: a guide for schools",
    lead="Pupils and teachers click on Numo in the elo and are in at once, without logging in "
    "once more. It takes you four steps. It costs nothing.",
    contents="On this page",
    button="You may use this button in the elo: as [SVG](button_svg) or as [PNG](button_png). "
    "Numo's logo is at [{logo}](logo).",
    school="yourschool",
    sections=(
        Section(
            id="elo",
            title="Step 1. See whether your elo is connected to Entree",
            says=(
                (
                    "Numo recognises your users through Kennisnet's Entree Federatie. Magister, "
                    "Somtoday, itslearning and many other elos are connected to it. Look it up "
                    "in [Entree's catalogue](catalogue)."
                ),
            ),
        ),
        Section(
            id="permission",
            title="Step 2. Give Kennisnet permission",
            says=(
                (
                    "Kennisnet passes your users' login names on to Numo only when the school "
                    "allows it. There are two ways:"
                ),
                (
                    (
                        "In the Entree portal, under “Diensten activeren”. Switch Numo on there "
                        "and release the attributes that Numo asks for."
                    ),
                    "By the consent form for secondary education (voortgezet onderwijs).",
                ),
                (
                    "Beyond the standard set Numo asks for the login name (`nlEduPersonRealId`) "
                    "and the surname (`sn` and `nlEduPersonTussenvoegsels`). [Kurve's attribute "
                    "request form](attribute_form) is on Numo's site."
                ),
            ),
        ),
        Section(
            id="activate",
            title="Step 3. Mail us your Numo entrance and your BRIN number",
            says=(
                "Mail to [{mail}](mail_to):",
                (
                    "your Numo entrance: your school's address in Numo, such as `{entrance}`;",
                    (
                        "your BRIN number, such as `01AB`. Does the school have more numbers, or "
                        "locations with a number of their own? Then mail them all."
                    ),
                ),
                "We activate the school and mail you when it is done. Activation costs nothing.",
            ),
        ),
        Section(
            id="link",
            title="Step 4. Put the link in the elo",
            says=(
                (
                    "Make a link or a button in the elo to this address, with your own entrance "
                    "in it:"
                ),
                "`{start}?school={school}`",
                (
                    "`{start}` alone works too. With your entrance in it we see sooner which "
                    "school has trouble."
                ),
                (
                    "Let the link open in a new tab. In a frame within the elo browsers stop "
                    "cookies, and then nobody can log in."
                ),
                (
                    "Would you like to lead to a certain place in Numo? Put it behind, such as "
                    "`{start}?school={school}&target=/lesson/7`."
                ),
            ),
        ),
        Section(
            id="test",
            title="Test the connection",
            says=(
                (
                    "At [{test}](test) you log in as a user does, and nothing is changed by it. "
                    "Then you see what Numo received, whether the school is active, whether Numo "
                    "finds you, and whose move it is. You can do so before step 3, too."
                ),
            ),
        ),
        Section(
            id="code",
            title="The login name must equal the persoonscode",
            says=(
                (
                    "The elo sends each user's login name along: `nlEduPersonRealId`, such as "
                    "`pietjepukkelen@petteflatcollege`. The part before the `@` must be exactly "
                    "the user name in Numo, the persoonscode. Leading zeros count."
                ),
                (
                    "The role must fit too: who is a teacher or staff in Numo must be so in the "
                    "elo (`employee` or `staff` in `eduPersonAffiliation`)."
                ),
            ),
        ),
        Section(
            id="idgebr",
            title="Magister: the column IDGebr",
            says=(
                (
                    "Do you fill Numo from a Magister export? Then one more column is needed: "
                    "IDGebr. That is what Magister sends as the login name. Only Magister's "
                    "application manager can extract that column from the database, as a file of "
                    "Stamnr and IDGebr. With that file we put the IDGebr with the right pupil."
                ),
            ),
        ),
        Section(
            id="password",
            title="The school entrance and the password stay",
            says=(
                "Passwords of the elo never reach Numo or Kurve.",
                (
                    "Logging in outside the elo stays possible, with user name and password at "
                    "your school entrance: `{entrance}`. Who forgot the password asks for a new "
                    "one there. That works only where Numo knows the user's e-mail address."
                ),
            ),
        ),
        Section(
            id="pupils",
            title="What pupils and teachers see",
            says=(
                (
                    "Who is logged in to the elo and clicks on Numo sees Numo at once, with "
                    "their own name. Who is not logged in to the elo yet logs in there first."
                ),
                (
                    "If something goes wrong, a page says what happened and who can solve it. It "
                    "has a reference too, such as `K7MQ-3XWD-9TRA`. By it we find that one login."
                ),
                (
                    "On a shared computer: who logs out of Numo is still logged in to the elo. "
                    "Let pupils log out there as well."
                ),
            ),
        ),
        Section(
            id="problems",
            title="If it does not work for one user",
            says=(
                "Then it is nearly always the browser. This often helps:",
                (
                    "start again from the elo, not by a bookmark or the back button;",
                    "allow cookies, also in a school profile or a private window;",
                    (
                        "open Numo in a tab of its own in Chrome, Edge, Firefox or Safari, and "
                        "not in an app;"
                    ),
                    "see whether the computer's clock is right.",
                ),
                (
                    "Does the page say that Numo cannot find the account? Then see [the login "
                    "name and the persoonscode](#code)."
                ),
            ),
        ),
        Section(
            id="changes",
            title="If something changes",
            says=(
                "Mail us beforehand. Then everybody can go on logging in:",
                (
                    "another elo, or another way to log in to it, such as Entra;",
                    "a merger, a new BRIN number or a new location;",
                    "new pupils and teachers: then mail us a new file;",
                    "a pupil who moves to another entrance of the school.",
                ),
            ),
        ),
        Section(
            id="support",
            title="What to mail us if it does not work",
            says=(
                "Mail to [{mail}](mail_to):",
                (
                    (
                        "the reference and the message on the page, such as `K7MQ-3XWD-9TRA` and "
                        "`NS-231`;"
                    ),
                    "what time it was, and whether it happens to one user or to many;",
                    "your Numo entrance and your BRIN number.",
                ),
                "Never mail a password. We need no name: the reference is enough.",
            ),
        ),
    ),
)
