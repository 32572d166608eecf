"""Who speaks for a school: listed, accepted, ended, enforced."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from kit.support import NOW
from numo_sso.schools import AcceptedPair, Candidate
from numo_sso.storage.schools import StoredSchools
from numo_sso.storage.tables import LearnedPair
from numo_sso.support.realms.seen import MAX_LOGINS, MAX_PAIRS

if TYPE_CHECKING:
    from kit.support import Deployment

ELO = "https://elo.petteflat.example/idp"
REALM = "petteflatcollege"
THEIRS = {"entrance": "petteflat", "authority": ELO, "realm": REALM}
OTHER = {"entrance": "petteflat", "authority": "https://other.example/idp", "realm": "x"}
LEARNED = LearnedPair.key("petteflat")
WAITING = LearnedPair.waiting_key("petteflat")
DAY = 86_400


def seen(
    numo: Deployment, key: str, pair: dict[str, str], logins: int = 1, at: int = int(NOW)
) -> None:
    """What so many logins leave of a pair that is not known, a second apart."""
    authority, realm = pair.get("authority", ""), pair["realm"]
    digest = sha256(f"{authority}\n{realm}".encode()).hexdigest()[:16]
    with numo.world.tables.learned.batch_write() as batch:
        for number in range(logins):
            batch.save(
                numo.world.tables.learned(
                    key, f"{digest}#{number:04}", authority=authority, realm=realm,
                    seen_at=at + number, ttl=at + 400 * DAY,
                )
            )  # fmt: skip


def listed(numo: Deployment) -> list[tuple[str, str, int]]:
    """Realm, state and logins of each pair, as the list has them."""
    realms = numo.done("school.realm_list", entrance="petteflat")["data"]["realms"]
    return [(each["realm"], each["state"], each["logins"]) for each in realms]


def login_sees(numo: Deployment) -> Candidate:
    (school,) = StoredSchools(numo.world.tables, lambda: numo.now).candidates("01AB")
    return school


def known(numo: Deployment) -> frozenset[AcceptedPair]:
    return login_sees(numo).known


class TestList:
    def test_a_new_school_has_nobody_and_says_who_decides(self, activated: Deployment) -> None:
        """Until somebody is known the first good login decides, unless support does before."""
        answer = activated.done("school.realm_list", entrance="petteflat")
        assert answer["data"]["realms"] == []
        assert "the first good login decides" in answer["next_steps"][0]
        assert "school.realm_add" in answer["next_steps"][1]

    def test_those_that_wait_come_first(self, activated: Deployment) -> None:
        """Then what was learned, then what is accepted; each with its logins and times."""
        activated.done("school.realm_add", **THEIRS)
        seen(activated, LEARNED, {"authority": ELO, "realm": "learned"})
        seen(activated, WAITING, OTHER, logins=3)
        seen(activated, WAITING, {"realm": "later"}, at=int(NOW) + DAY)
        assert listed(activated) == [
            ("later", "waiting", 1),
            ("x", "waiting", 3),
            ("learned", "learned", 1),
            (REALM, "accepted", 0),
        ]
        answer = activated.done("school.realm_list", entrance="petteflat")
        other = answer["data"]["realms"][1]
        assert (other["first_seen"], other["last_seen"]) == (NOW, NOW + 2)
        assert answer["message"].endswith("mode learn: 2 waiting, 1 learned, 1 accepted.")

    def test_it_ends_with_the_next_step_and_whose_it_is(self, activated: Deployment) -> None:
        """The school says whether a provider is theirs; then support acts; learned ones expire."""
        seen(activated, LEARNED, THEIRS)
        seen(activated, WAITING, OTHER)
        steps = activated.done("school.realm_list", entrance="petteflat")["next_steps"]
        assert [step.partition(":")[0] for step in steps] == [
            "The school's move",
            "Theirs, then ours",
            "Not theirs",
            "The school's move",
            "Theirs, then ours",
        ]
        assert "forgotten from 2027-09-28 on" in steps[-1]

    def test_a_pair_that_is_known_by_now_waits_no_longer(self, activated: Deployment) -> None:
        """Its refused logins are still counted, though nothing is to be decided."""
        seen(activated, WAITING, THEIRS, logins=2)
        activated.done("school.realm_add", **THEIRS)
        assert listed(activated) == [(REALM, "accepted", 2)]
        assert activated.done("school.realm_list", entrance="petteflat")["next_steps"] == []

    def test_a_school_that_enforces_lets_what_was_learned_wait(self, activated: Deployment) -> None:
        """The state says what a login meets, whatever it met when it was learned."""
        activated.done("school.realm_add", **THEIRS)
        seen(activated, LEARNED, OTHER)
        activated.done("school.realm_enforce", entrance="petteflat")
        assert listed(activated) == [("x", "waiting", 1), (REALM, "accepted", 0)]

    def test_many_logins_of_one_pair_hide_no_other(self, activated: Deployment) -> None:
        """A whole school that is refused all day is counted to a bound, which the answer names."""
        for realm in ("a", "b", "c"):
            seen(activated, WAITING, {"realm": realm}, logins=MAX_LOGINS + (realm == "a"))
        answer = activated.done("school.realm_list", entrance="petteflat")
        realms = {each["realm"]: each for each in answer["data"]["realms"]}
        assert {each["logins"] for each in realms.values()} == {MAX_LOGINS}
        assert [name for name in sorted(realms) if realms[name]["more_logins"]] == ["a"]
        assert f"A pair with {MAX_LOGINS} logins has more" in answer["next_steps"][0]

    def test_there_may_be_more_pairs_than_are_read(self, activated: Deployment) -> None:
        """A provider that sends a realm a login makes the list long, and not endless."""
        for number in range(MAX_PAIRS + 1):
            seen(activated, WAITING, {"realm": f"r{number}"})
        answer = activated.done("school.realm_list", entrance="petteflat")
        assert len(answer["data"]["realms"]) == MAX_PAIRS
        assert answer["data"]["more_realms"] is True
        assert "There are more pairs" in answer["next_steps"][0]

    def test_showing_a_school_tells_how_many_wait(self, activated: Deployment) -> None:
        """Whoever looks at a school in trouble is led to the list."""
        seen(activated, LEARNED, THEIRS)
        seen(activated, WAITING, OTHER, logins=2)
        shown = activated.done("school.show", entrance="petteflat")
        school = shown["data"]["school"]
        assert (school["pairs_waiting"], school["pairs_learned"]) == (1, 1)
        assert "school.realm_list for petteflat" in shown["next_steps"][-1]


class TestAdd:
    def test_it_is_what_login_compares(self, activated: Deployment) -> None:
        """Authority to the letter, realm in lower case; once, with one record."""
        answer = activated.done("school.realm_add", **THEIRS | {"realm": " PetteFlatCollege "})
        assert "within a minute" in answer["next_steps"][0]
        assert known(activated) == {AcceptedPair(ELO, REALM)}
        again = activated.done("school.realm_add", **THEIRS)
        assert (again["changes"], again["next_steps"]) == ([], [])
        _, record = activated.audit()
        assert record["action"] == "school.realm_add"
        assert record["before"]["pairs"] == []
        assert record["after"]["pairs"] == [{"authority": ELO, "realm": REALM}]

    def test_a_dry_run_accepts_nobody(self, activated: Deployment) -> None:
        """The change is told, and login knows nobody."""
        answer = activated.done("school.realm_add", dry_run=True, **THEIRS)
        assert "would be accepted" in answer["message"]
        assert len(answer["changes"]) == 1
        assert known(activated) == frozenset()
        assert len(activated.audit()) == 1

    def test_what_was_learned_is_confirmed_by_it(self, activated: Deployment) -> None:
        """Beside an accepted pair the others that were learned are pointed out."""
        seen(activated, LEARNED, THEIRS)
        seen(activated, LEARNED, OTHER)
        steps = activated.done("school.realm_add", **THEIRS)["next_steps"]
        assert "What was learned counts" in steps[-1]
        assert listed(activated) == [("x", "learned", 1), (REALM, "accepted", 1)]

    def test_a_hub_that_names_nobody_is_said_plainly(self, activated: Deployment) -> None:
        """Without a name the realm alone decides, so it is not left out by mistake."""
        unnamed = {"entrance": "petteflat", "realm": REALM}
        for fields in (unnamed, THEIRS | {"no_authority": True}):
            error = activated.refused("school.realm_add", **fields)
            assert error["code"] == "authority-unclear"
        answer = activated.done("school.realm_add", no_authority=True, **unnamed)
        assert "Mind that any login with realm petteflatcollege" in answer["next_steps"][1]
        assert known(activated) == {AcceptedPair("", REALM)}

    @pytest.mark.parametrize(
        ("field", "typed"),
        [
            ("realm", ""),
            ("realm", " "),
            ("realm", "140136@petteflatcollege"),
            ("realm", "pette\u200bflat"),
            ("realm", "pette\u00a0flat"),
            ("realm", "\u00a0petteflat"),
            ("realm", "pette\u212aflat"),
            ("realm", "x" * 257),
            ("authority", ""),
            ("authority", "https://elo\n.example"),
            ("authority", "https://elo\u2028.example"),
            ("authority", "https://elo\ud800.example"),
            ("authority", "x" * 257),
        ],
    )
    def test_what_no_login_can_carry_is_refused(
        self, activated: Deployment, field: str, typed: str
    ) -> None:
        """A code before the realm is not even repeated: it would stay in the trail."""
        error = activated.refused("school.realm_add", **THEIRS | {field: typed})
        assert error["code"] == f"{field}-malformed"
        assert "140136" not in str(error)
        assert "140136" not in activated.log.getvalue()


class TestEnd:
    def test_its_logins_wait_again(self, activated: Deployment) -> None:
        """Once, with a record; nobody's session is ended unasked."""
        activated.done("school.realm_add", **THEIRS)
        activated.done("school.realm_add", **OTHER)
        activated.save_session("one", "petteflat")
        dry = activated.done("school.realm_end", dry_run=True, end_sessions=True, **OTHER)
        assert "would no longer be" in dry["message"]
        assert dry["data"]["sessions_ended"] == 1
        answer = activated.done("school.realm_end", **OTHER)
        assert known(activated) == {AcceptedPair(ELO, REALM)}
        assert activated.world.tables.session.count("session#one") == 1
        assert "Sessions go on" in answer["next_steps"][1]
        assert activated.done("school.realm_end", **OTHER)["changes"] == []
        assert activated.audit()[-1]["action"] == "school.realm_end"
        assert len(activated.audit()) == 4

    def test_it_ends_the_schools_sessions_when_asked(self, activated: Deployment) -> None:
        """All of them, and again a minute later for logins that were underway."""
        activated.done("school.realm_add", **THEIRS)
        activated.save_session("one", "petteflat")
        answer = activated.done("school.realm_end", end_sessions=True, **THEIRS)
        assert "petteflat: 1 session ended" in answer["changes"]
        assert activated.world.tables.session.count("session#one") == 0

    def test_an_end_is_no_lock(self, activated: Deployment) -> None:
        """Where nobody is left the first decides again, and it may be the one that was ended."""
        activated.done("school.realm_add", **THEIRS)
        steps = activated.done("school.realm_end", **THEIRS)["next_steps"]
        assert any("the first good login decides" in step for step in steps)
        assert any("school.suspend" in step for step in steps)

    def test_what_was_learned_goes_on(self, activated: Deployment) -> None:
        """Ended and learned it still passes, until the school enforces; the answer says both."""
        activated.done("school.realm_add", **THEIRS)
        seen(activated, LEARNED, THEIRS)
        steps = activated.done("school.realm_end", **THEIRS)["next_steps"]
        assert any("still passes" in step for step in steps)
        assert any("school.realm_enforce" in step for step in steps)
        seen(activated, LEARNED, OTHER)
        steps = activated.done("school.realm_end", **THEIRS | {"realm": "y"})["next_steps"]
        assert any("What was learned counts" in step for step in steps)

    def test_the_last_of_a_school_that_enforces_needs_force(self, activated: Deployment) -> None:
        """Nobody could log in after it, so a person says plainly that it is so."""
        activated.done("school.realm_add", **THEIRS)
        activated.done("school.realm_enforce", entrance="petteflat")
        assert activated.refused("school.realm_end", **THEIRS)["code"] == "pair-is-last"
        assert activated.done("school.realm_end", **OTHER)["changes"] == []
        answer = activated.done("school.realm_end", force=True, **THEIRS)
        assert any("nobody can log in" in step for step in answer["next_steps"])
        assert not any("school.suspend" in step for step in answer["next_steps"])
        assert known(activated) == frozenset()


class TestMode:
    def test_a_school_that_enforces_lets_only_accepted_pairs_pass(
        self, activated: Deployment
    ) -> None:
        """What was learned is named, for its logins are refused from now on; learn undoes it."""
        seen(activated, LEARNED, OTHER)
        activated.done("school.realm_add", **THEIRS)
        answer = activated.done("school.realm_enforce", entrance="petteflat", ticket="NUMO-9")
        assert answer["changes"] == ["petteflat: mode enforce"]
        assert any("https://other.example/idp with realm x" in s for s in answer["next_steps"])
        assert known(activated) == {AcceptedPair(ELO, REALM)}
        assert activated.done("school.realm_enforce", entrance="petteflat")["changes"] == []
        assert activated.audit()[-1]["after"]["pair_mode"] == "enforce"
        undone = activated.done("school.realm_learn", entrance="petteflat")
        assert any("Passes, as it was learned" in step for step in undone["next_steps"])
        assert len(known(activated)) == 2

    def test_enforcing_without_anybody_is_refused(self, activated: Deployment) -> None:
        """Nobody could log in: first somebody is accepted."""
        seen(activated, LEARNED, THEIRS)
        error = activated.refused("school.realm_enforce", entrance="petteflat")
        assert error["code"] == "pairs-missing"
        assert "school.realm_list for petteflat" in error["hint"]

    def test_a_dry_run_enforces_nothing(self, activated: Deployment) -> None:
        """The mode is told and stays."""
        activated.done("school.realm_add", **THEIRS)
        dry = activated.done("school.realm_enforce", entrance="petteflat", dry_run=True)
        assert "would have mode enforce" in dry["message"]
        assert login_sees(activated).pair_mode == "learn"
