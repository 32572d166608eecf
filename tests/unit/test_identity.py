"""The identity alone, on assertions that nobody signed: what is read of them, to the sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import etree

from numo_sso.outcomes import Refused
from numo_sso.saml import names
from numo_sso.saml.identity import Identity, named_brin, read_attributes, read_identity

if TYPE_CHECKING:
    from collections.abc import Sequence

    Attributes = Sequence[tuple[str, Sequence[str]]]

BRANCH = "nlEduPersonHomeOrganizationBranchId"
SCHOOL = "nlEduPersonHomeOrganizationId"
REAL_ID = "nlEduPersonRealId"
GOOD: dict[str, list[str]] = {SCHOOL: ["11ZZ"], REAL_ID: ["140136@petteflat"]}


def statement(assertion: etree._Element, attributes: Attributes) -> None:
    element = etree.SubElement(assertion, names.ATTRIBUTE_STATEMENT)
    for name, values in attributes:
        attribute = etree.SubElement(element, names.ATTRIBUTE, Name=name)
        for value in values:
            etree.SubElement(attribute, names.ATTRIBUTE_VALUE).text = value


def assertion_of(attributes: Attributes, authorities: Sequence[str] = ()) -> etree._Element:
    assertion = etree.Element(names.ASSERTION)
    authn = etree.SubElement(assertion, names.AUTHN_STATEMENT)
    context = etree.SubElement(authn, names.AUTHN_CONTEXT)
    for authority in authorities:
        etree.SubElement(context, names.AUTHENTICATING_AUTHORITY).text = authority
    statement(assertion, attributes)
    return assertion


def merged(changes: dict[str, list[str] | None]) -> Attributes:
    both = {**GOOD, **changes}
    return [(name, values) for name, values in both.items() if values is not None]


def identity(authorities: Sequence[str] = (), /, **changes: list[str] | None) -> Identity:
    return read_identity(assertion_of(merged(changes), authorities))


def refused(assertion: etree._Element) -> tuple[str, str]:
    with pytest.raises(Refused) as refusal:
        read_identity(assertion)
    return refusal.value.outcome.code, refusal.value.detail


def refusal(authorities: Sequence[str] = (), /, **changes: list[str] | None) -> tuple[str, str]:
    return refused(assertion_of(merged(changes), authorities))


def code(value: str) -> str:
    return identity(nlEduPersonRealId=[f"{value}@x"]).code


def of_code(value: str) -> tuple[str, str]:
    return refusal(nlEduPersonRealId=[f"{value}@x"])


def test_everything_that_the_hub_says_is_read() -> None:
    """Each attribute under Entree's own name for it, in one identity."""
    assert identity(
        ["https://hub.example", " https://school.example/idp "],
        nlEduPersonHomeOrganizationBranchId=["11zz03"],
        nlEduPersonRealId=["A@B@PetteFlat"],
        eduPersonAffiliation=[" STUDENT ", "member"],
        givenName=["Pietje"],
        nlEduPersonTussenvoegsels=["van"],
        sn=["Puk"],
    ) == Identity(
        brin="11ZZ03",
        code="A@B",
        realm="petteflat",
        affiliations=frozenset({"student"}),
        given_name="Pietje",
        infix="van",
        surname="Puk",
        authority="https://school.example/idp",
        attributes=frozenset(
            {SCHOOL, BRANCH, REAL_ID, "eduPersonAffiliation", "givenName", "sn"}
            | {"nlEduPersonTussenvoegsels"}
        ),
    )


def test_what_the_hub_does_not_say_is_empty() -> None:
    """A BRIN and a RealId are enough."""
    assert identity() == Identity(
        brin="11ZZ",
        code="140136",
        realm="petteflat",
        affiliations=frozenset(),
        given_name="",
        infix="",
        surname="",
        authority="",
        attributes=frozenset({SCHOOL, REAL_ID}),
    )


class TestAttributes:
    @pytest.mark.parametrize("name", ["a", "Z", "0", ":", ".", "_", "/", "-", "a" * 100])
    def test_a_plain_name_is_noted(self, name: str) -> None:
        """For support: a name, an OID or a URN, of a hundred signs at most."""
        assert name in identity(**{name: ["x"]}).attributes

    @pytest.mark.parametrize("name", ["", "a" * 101, "a b", "a\nb", "a\n", "\u00e9", "<a>", "a@b"])
    def test_another_name_is_not(self, name: str) -> None:
        """It would go into a trace: no long one, no strange one."""
        assert identity(**{name: ["x"]}).attributes == {SCHOOL, REAL_ID}

    @pytest.mark.parametrize("name", [SCHOOL, BRANCH, REAL_ID])
    @pytest.mark.parametrize("values", [[], [""], ["11ZZ"]])
    def test_what_identifies_comes_once(self, name: str, values: list[str]) -> None:
        """A second attribute of the name is refused, whatever is in it, in any statement."""
        twice = ("identity-refused", f"{name} occurs twice")
        first = merged({BRANCH: ["11ZZ00"]})
        assert refused(assertion_of([*first, (name, values)])) == twice
        assertion = assertion_of(first)
        statement(assertion, [(name, values)])
        assert refused(assertion) == twice

    def test_what_does_not_identify_may_come_in_parts(self) -> None:
        """Affiliations of two attributes and of two statements are all of them."""
        name = "eduPersonAffiliation"
        assertion = assertion_of([*merged({}), (name, ["student"]), (name, ["staff"])])
        statement(assertion, [(name, ["employee"])])
        assert read_identity(assertion).affiliations == {"student", "staff", "employee"}

    def test_an_attribute_without_a_name_has_none(self) -> None:
        """It is nobody's."""
        assertion = assertion_of([("", ["x"])])
        attribute = assertion.find(f"{names.ATTRIBUTE_STATEMENT}/{names.ATTRIBUTE}")
        assert attribute is not None
        del attribute.attrib["Name"]
        assert read_attributes(assertion) == {"": ["x"]}

    @pytest.mark.parametrize("affiliation", ["student", "employee", "staff", "affiliate"])
    def test_these_affiliations_are_understood(self, affiliation: str) -> None:
        """In any case, with whatever space is printed around it."""
        for value in (affiliation, affiliation.upper(), f"\n {affiliation}\t"):
            assert identity(eduPersonAffiliation=[value]).affiliations == {affiliation}

    def test_an_affiliation_with_an_element_in_it_is_none(self) -> None:
        """What stands before an element is not all that the value says."""
        assertion = assertion_of(merged({"eduPersonAffiliation": ["staff", "student"]}))
        value = next(each for each in assertion.iter() if each.text == "staff")
        etree.SubElement(value, "x")
        assert read_identity(assertion).affiliations == {"student"}


class TestBrin:
    @pytest.mark.parametrize("value", ["00AA", "99ZZ", "09MM", "11ZZ00", "11ZZ99", " \t11zz\r\n"])
    def test_a_school_or_a_location(self, value: str) -> None:
        """Two digits, two letters, and perhaps two digits more."""
        assert identity(**{SCHOOL: [value]}).brin == value.strip().upper()

    @pytest.mark.parametrize(
        "value",
        ["1ZZ", "11Z", "11ZZ0", "11ZZ000", "111ZZ", "11ZZZ", "Z1ZZ", "111Z", "11Z1", "11ZZ0A",
         "11ZZ:", "11Z\u00e9", "33\u00df", "11 ZZ", "~11ZZ", "11ZZ~", "@1ZZ", "11[Z", "11ZZ/0"],
    )  # fmt: skip
    def test_what_is_no_brin(self, value: str) -> None:
        """Not what only begins or ends like one, or becomes one in capitals."""
        assert refusal(**{SCHOOL: [value]}) == ("identity-refused", f"{SCHOOL} is no BRIN")

    def test_the_location_goes_before_the_school(self) -> None:
        """Where both came; either is enough."""
        assert identity(**{SCHOOL: ["11ZZ"], BRANCH: ["11ZZ03"]}).brin == "11ZZ03"
        assert identity(**{SCHOOL: ["11ZZ00"], BRANCH: ["11ZZ03"]}).brin == "11ZZ03"
        assert identity(**{SCHOOL: None, BRANCH: ["11ZZ03"]}).brin == "11ZZ03"

    @pytest.mark.parametrize("school", ["11ZY", "12ZZ", "11YZ03", "21ZZ03"])
    def test_a_location_of_another_school(self, school: str) -> None:
        """All four signs of the school count."""
        changes: dict[str, list[str] | None] = {SCHOOL: [school], BRANCH: ["11ZZ03"]}
        assert refusal(**changes) == ("identity-refused", "a location of another school")

    def test_no_brin(self) -> None:
        """That is the hub's or the school's to mend, so it has a code of its own."""
        assert refusal(**{SCHOOL: None}) == ("brin-missing", "no BRIN among the attributes")

    @pytest.mark.parametrize("values", [[], [""], [" \t\r\n"], ["11ZZ", "11ZZ"]])
    @pytest.mark.parametrize("name", [SCHOOL, BRANCH, REAL_ID])
    def test_one_value(self, name: str, values: list[str]) -> None:
        """None and several are refused, be they the same."""
        assert refusal(**{name: values}) == (
            "identity-refused",
            f"{name} is empty or has several values",
        )


@pytest.mark.parametrize(
    ("changes", "brin"),
    [
        ({REAL_ID: None}, "11ZZ"),
        ({REAL_ID: ["x"], BRANCH: ["11zz03"]}, "11ZZ03"),
        ({REAL_ID: None, SCHOOL: None}, ""),
        ({SCHOOL: ["Petteflat"]}, ""),
        ({SCHOOL: ["11ZZ"], BRANCH: ["22YY01"]}, ""),
    ],
)
def test_a_refused_identity_still_names_its_school(
    changes: dict[str, list[str] | None], brin: str
) -> None:
    """Or nothing, where the BRIN itself is what cannot be believed."""
    assert named_brin(assertion_of(merged(changes))) == brin


class TestRealId:
    def test_it_was_not_released(self) -> None:
        """That is the school's to mend, so it has a code of its own."""
        assert refusal(**{REAL_ID: None}) == (
            "realid-missing",
            "the hub did not release nlEduPersonRealId",
        )

    @pytest.mark.parametrize(
        "value", ["140136", "@x", "140136@", "@", "\u2003@x", "x@\u2003", "a@b@", "\u00a0@\u00a0"]
    )
    def test_it_has_two_sides(self, value: str) -> None:
        """White space of any script fills none."""
        assert refusal(**{REAL_ID: [value]}) == (
            "identity-refused",
            "nlEduPersonRealId with an empty side",
        )

    @pytest.mark.parametrize(
        "value", ["a @x", "a@ x", "\u2003a@x", "a@x\u2003", "a\u2003b@x", "a@x\u00a0y"]
    )
    def test_white_space_at_or_in_a_side(self, value: str) -> None:
        """Trimmed or folded by somebody, it would be another person's."""
        assert refusal(**{REAL_ID: [value]}) == (
            "identity-refused",
            "nlEduPersonRealId with white space at a side",
        )

    @pytest.mark.parametrize("value", ["a b", "~a", "a~", "a@b", "A", "caf\u00e9", "\u0430"])
    def test_a_code_is_taken_as_it_came(self, value: str) -> None:
        """A plain space within, any letter, any sign that is not trimmed."""
        assert code(value) == value

    @pytest.mark.parametrize("realm", ["petteflat", "b~", "a b"])
    def test_a_realm_is_folded(self, realm: str) -> None:
        """Realms are host-like: their case means nothing."""
        assert identity(**{REAL_ID: [f"a@{realm.upper()}"]}).realm == realm


class TestValues:
    def test_so_many_signs_and_no_more(self) -> None:
        """256, after what is printed around them."""
        longest = "a" * 254
        assert identity(**{REAL_ID: [f"\n {longest}@x\t\r"]}).code == longest
        assert of_code(f"{longest}a") == ("identity-refused", "a value that is too long")

    @pytest.mark.parametrize(
        "sign", ["\t", "\x85", "\u200b", "\u202e", "\u0378", "\ufdd0", "\ue000", "\u2028", "\u2029"]
    )
    def test_what_cannot_be_read_is_refused(self, sign: str) -> None:
        """Controls, formats, unassigned and private ones, separators of lines and paragraphs."""
        assert of_code(f"a{sign}b") == ("identity-refused", "a value with control signs")

    @pytest.mark.parametrize("sign", ["\u212a", "\u037e", "\u1fef"])
    def test_what_turns_into_another_is_refused(self, sign: str) -> None:
        """The Kelvin sign, the Greek question mark, the Greek grave: NFC makes ASCII of them."""
        assert of_code(f"a{sign}b") == ("identity-refused", "a sign that turns into another")

    def test_what_is_composed_otherwise_is_the_same(self) -> None:
        """NFC and NFD of a name are one name."""
        assert code("cafe\u0301") == "caf\u00e9"
        assert code("\u212b") == "\u00c5"

    @pytest.mark.parametrize(
        ("name", "field"),
        [("givenName", "given_name"), ("nlEduPersonTussenvoegsels", "infix"), ("sn", "surname")],
    )
    def test_a_name_that_cannot_be_used_is_none(self, name: str, field: str) -> None:
        """Several, none, a long or a strange one: whoever has it logs in all the same."""
        odd: list[list[str]] = [[], [""], ["a", "a"], ["a" * 257], ["\u202ea"], ["a\u212a"]]
        for values in odd:
            assert getattr(identity(**{name: values}), field) == ""
        assert getattr(identity(**{name: [" a" + "b" * 255]}), field) == "a" + "b" * 255


class TestAuthority:
    def test_the_last_one_counts(self) -> None:
        """The hub adds its own source at the end."""
        assert identity(["a", "b", "c"]).authority == "c"

    def test_an_empty_one_is_none(self) -> None:
        """And not the one before it."""
        assert identity(["a", ""]).authority == ""

    def test_a_strange_one_is_refused(self) -> None:
        """It decides for whom the provider may speak."""
        assert refusal(["a\u200b"]) == ("identity-refused", "a value with control signs")
