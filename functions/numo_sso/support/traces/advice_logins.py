"""Advice on verified responses: logins that were let in, and those that were not."""

from __future__ import annotations

LOGINS: dict[str, tuple[str, str]] = {
    "logged-in": (
        "The user was let into Numo.",
        "nothing. A login screen in Numo all the same: is Numo opened in this very browser?",
    ),
    "same-person": (
        "The user asked for another account, and the elo answered for the same person.",
        "log out of the elo, close the browser, log in there as the other.",
    ),
    "already-used": (
        "This answer was used before: a double click, the back button, or a reload.",
        (
            "start again in the elo. An assertion that came in another flow: tell the security "
            "contact."
        ),
    ),
    "identity-refused": (
        (
            "An attribute that says who this is is empty, comes twice, or has a strange form; the "
            "detail names it."
        ),
        "its administrator corrects the attribute in the elo.",
    ),
    "brin-missing": (
        "Entree did not say of which school this is.",
        "ask why no nlEduPersonHomeOrganizationId comes along for this identity provider.",
    ),
    "realid-missing": (
        "The school has not permitted Entree to pass on the login name.",
        "its administrator gives permission for Numo in the Entree portal ('Diensten activeren').",
    ),
    "brin-unknown": (
        "No school in Numo has this BRIN.",
        "ask for its entrance and this BRIN by mail; then we do school.activate.",
    ),
    "school-not-active": (
        "The school is known and not active: it was not activated yet, or it is suspended.",
        (
            "a mail with entrance and BRIN, where none came; then we do school.activate or "
            "school.resume."
        ),
    ),
    "idp-not-known-for-school": (
        "Another identity provider or realm than the one that is known speaks for the school.",
        (
            "look at school.realm_list, ask the school at an address that we had before, and "
            "accept what is theirs."
        ),
    ),
    "entrance-ambiguous": (
        "Several entrances have this BRIN, and nothing tells which of them it is.",
        (
            "accept the realm of each entrance (school.realm_add), or give each the BRIN of its "
            "location."
        ),
    ),
    "user-unknown": (
        "Nobody at this school has the login name that came.",
        (
            "compare what its elo sends with what Numo holds: does the code lack a zero, is it an "
            "IDGebr, is the pupil new? Then the administrator sends a new file, and we import it."
        ),
    ),
    "user-elsewhere": (
        "The user is at another entrance of the same BRIN.",
        "which entrance is right? Then move the user there, or change the BRIN's entrances.",
    ),
    "user-disabled": (
        "The user was found, and is switched off.",
        "only its administrator may ask to switch the user on.",
    ),
    "role-differs": (
        "A pupil's login met an account of staff, or the other way round.",
        "compare number and role; staff must come with the affiliation employee or staff.",
    ),
}
