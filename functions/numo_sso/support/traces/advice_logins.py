"""Advice on verified responses: logins that were let in, and those that were not."""

from __future__ import annotations

from numo_sso.support.speech import later

LOGINS: dict[str, tuple[str, str]] = {
    "logged-in": (
        later("The user was let into Numo."),
        later("nothing. A login screen in Numo all the same: is Numo opened in this very browser?"),
    ),
    "same-person": (
        later("The user asked for another account, and the elo answered for the same person."),
        later("log out of the elo, close the browser, log in there as the other."),
    ),
    "connection-tested": (
        later("Somebody tested the connection, and nobody was logged in."),
        later("see what the result asks."),
    ),
    "already-used": (
        later("This answer was used before: a double click, the back button, or a reload."),
        later(
            "start again in the elo. An assertion that came in another flow: tell "
            "the security contact."
        ),
    ),
    "identity-refused": (
        later(
            "An attribute that says who this is is empty, comes twice, or has a "
            "strange form; the detail names it."
        ),
        later("its administrator corrects the attribute in the elo."),
    ),
    "brin-missing": (
        later("Entree did not say of which school this is."),
        later("ask why no nlEduPersonHomeOrganizationId comes along for this identity provider."),
    ),
    "realid-missing": (
        later("The school has not permitted Entree to pass on the login name."),
        later(
            "its administrator gives permission for Numo in the Entree portal "
            "('Diensten activeren')."
        ),
    ),
    "brin-unknown": (
        later("No school in Numo has this BRIN."),
        later("ask for its entrance and this BRIN by mail; then we do school.activate."),
    ),
    "school-not-active": (
        later("The school is known and not active: it was not activated yet, or it is suspended."),
        later(
            "a mail with entrance and BRIN, where none came; then we do "
            "school.activate or school.resume."
        ),
    ),
    "idp-not-known-for-school": (
        later(
            "Another identity provider or realm than the one that is known speaks for the school."
        ),
        later(
            "look at school.realm_list, ask the school at an address that we had "
            "before, and accept what is theirs."
        ),
    ),
    "entrance-ambiguous": (
        later("Several entrances have this BRIN, and nothing tells which of them it is."),
        later(
            "accept the realm of each entrance (school.realm_add), or give each the "
            "BRIN of its location."
        ),
    ),
    "user-unknown": (
        later("Nobody at this school has the login name that came."),
        later(
            "compare what its elo sends with what Numo holds: does the code lack a "
            "zero, is it an IDGebr, is the pupil new? Then the administrator sends a "
            "new file, and we import it."
        ),
    ),
    "user-elsewhere": (
        later("The user is at another entrance of the same BRIN."),
        later("which entrance is right? Then move the user there, or change the BRIN's entrances."),
    ),
    "user-disabled": (
        later("The user was found, and is switched off."),
        later("only its administrator may ask to switch the user on."),
    ),
    "role-differs": (
        later("A pupil's login met an account of staff, or the other way round."),
        later("compare number and role; staff must come with the affiliation employee or staff."),
    ),
}
