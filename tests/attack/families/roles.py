"""Which account a code opens: never staff's for a pupil, never one that is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attack import scene
from attack.case import Seen, bad_story, good, table
from attack.scene import PUPIL, REALM

if TYPE_CHECKING:
    from attack.bench import Bench
    from attack.case import Make

WSTG = "OWASP Testing Guide 4.3.3, Test Account Provisioning Process"


def _affiliated(code: str, *affiliations: str) -> Make:
    attributes = scene.attributes(
        nlEduPersonRealId=[f"{code}@{REALM}"], eduPersonAffiliation=list(affiliations)
    )
    return lambda bench: bench.made(attributes=attributes)


_STAFF = "a staff account, a login without employee or staff"
_PUPILS = "a pupil's account, a login of staff only"

# Numbers of pupils and staff overlap at many schools: the same code can be two people.
table(
    __name__,
    "eduPerson 2.2.1, eduPersonAffiliation; Entree's values of it",
    "role-differs",
    {
        "a-student-in-a-staff-account": (_affiliated(scene.TEACHER, "student"), _STAFF),
        "nobody-in-a-staff-account": (_affiliated(scene.TEACHER), _STAFF),
        "an-affiliate-in-a-staff-account": (_affiliated(scene.TEACHER, "affiliate"), _STAFF),
        "a-member-in-a-staff-account": (_affiliated(scene.TEACHER, "member", "faculty"), _STAFF),
        "an-empty-affiliation-in-a-staff-account": (_affiliated(scene.TEACHER, ""), _STAFF),
        "staff-of-a-list-in-a-staff-account": (_affiliated(scene.TEACHER, "student,staff"), _STAFF),
        "look-alike-staff-in-a-staff-account": (
            _affiliated(scene.TEACHER, "\u0455taff", "\u017ftaff"),
            _STAFF,
        ),
        "scoped-staff-in-a-staff-account": (_affiliated(scene.TEACHER, f"staff@{REALM}"), _STAFF),
        "an-employee-in-a-pupils-account": (_affiliated(PUPIL, "employee"), _PUPILS),
        "staff-in-a-pupils-account": (_affiliated(PUPIL, "staff", "affiliate"), _PUPILS),
    },
)


@bad_story(WSTG, "user-disabled", "disabled in the roster", only="process")
def a_pupil_who_left(bench: Bench) -> Seen:
    """The school's provider still knows them, and the roster says that they are gone."""
    return bench.post(_affiliated(scene.GONE, "student")(bench))


@good("eduPerson 2.2.1: affiliations are a list")
def a_teacher_who_studies(bench: Bench) -> bytes:
    """Who is both may open the account of staff."""
    attributes = scene.attributes(
        nlEduPersonRealId=[f"{scene.TEACHER}@{REALM}"],
        eduPersonAffiliation=["student", " Employee ", "member", "x" * 300],
    )
    return bench.made(attributes=attributes)


@good("eduPerson 2.2.1: affiliations are a list")
def a_pupil_with_a_job(bench: Bench) -> bytes:
    """A pupil who helps in the library is a pupil still."""
    return bench.made(attributes=scene.attributes(eduPersonAffiliation=["employee", "student"]))


@good("Entree, standard attributes: an affiliation may be missing")
def a_pupil_of_no_affiliation(bench: Bench) -> bytes:
    """An elo that sends none keeps no pupil out, and lets nobody into an account of staff."""
    return bench.made(attributes=scene.attributes(eduPersonAffiliation=None))
