"""Words of the page that a test of the connection ends on. It is for a school's administrator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from numo_sso.outcomes import Actor

if TYPE_CHECKING:
    from numo_sso.pages.words import Language


@dataclass(frozen=True, kw_only=True)
class Words:
    """One language. The fields are named as the template uses them."""

    works: str
    waits: str
    no_session: str
    next_step: str
    owners: dict[Actor, str]
    done: str
    other: str
    guide: str
    found: str
    brin: str
    realm: str
    provider: str
    school: str
    school_unnamed: str
    school_unknown: str
    state: str
    active: str
    not_active: str
    not_told: str
    user: str
    user_found: str
    user_refused: str
    not_looked: str
    received: str
    private: str
    missing: str
    empty: str
    nothing: str
    absent: str


WORDS: dict[Language, Words] = {
    "nl": Words(
        works="De verbinding werkt",
        waits="De verbinding werkt nog niet helemaal",
        no_session="Dit was een test. Je bent niet ingelogd in Numo. Was er iemand anders "
        "ingelogd, dan is die dat nog.",
        next_step="Wat is de volgende stap?",
        owners={
            Actor.USER: "De gebruiker is aan zet.",
            Actor.SCHOOL: "De school is aan zet.",
            Actor.KENNISNET: "Kennisnet is aan zet.",
            Actor.KURVE: "Kurve is aan zet.",
            Actor.NOBODY: "Niemand hoeft iets te doen.",
        },
        done="Wie zo inlogt, komt in Numo. Test ook eens als leerling: de elo kan voor leerlingen "
        "andere gegevens sturen.",
        other="Testen met een ander account",
        guide="Uitleg voor scholen",
        found="Wat Numo vond",
        brin="BRIN-nummer",
        realm="Realm (wat achter de laatste @ van nlEduPersonRealId staat)",
        provider="Inlogdienst van de school",
        school="School in Numo",
        school_unnamed="Bekend. De naam staat hier pas als Kurve deze inlogdienst kent.",
        school_unknown="Geen school in Numo heeft dit BRIN-nummer.",
        state="Inloggen via de elo",
        active="Staat aan voor deze school.",
        not_active="Staat nog niet aan, of is stilgezet.",
        not_told="Niet te zeggen.",
        user="Gebruiker in Numo",
        user_found="Gevonden, gezocht op {rule}.",
        user_refused="{title}. Gezocht op {rule}.",
        not_looked="Niet gezocht: zover kwam de test niet.",
        received="Wat Numo van Entree kreeg",
        private="Deze waarden gaan over jou. Ze staan alleen op deze pagina; Numo bewaart ze niet. "
        "Stuur ze niet mee in een mail.",
        missing="Dit heeft Numo nodig, en het kwam niet mee:",
        empty="(leeg)",
        nothing="Er kwam niets mee.",
        absent="Niet meegestuurd.",
    ),
    "en": Words(
        works="The connection works",
        waits="The connection does not quite work yet",
        no_session="This was a test. You are not logged in to Numo. If somebody else was, they "
        "still are.",
        next_step="What is the next step?",
        owners={
            Actor.USER: "It is up to the user.",
            Actor.SCHOOL: "It is up to the school.",
            Actor.KENNISNET: "It is up to Kennisnet.",
            Actor.KURVE: "It is up to Kurve.",
            Actor.NOBODY: "Nobody needs to do anything.",
        },
        done="Whoever logs in like this gets into Numo. Do test as a pupil too: the elo may send "
        "other data for pupils.",
        other="Test with another account",
        guide="Guide for schools",
        found="What Numo found",
        brin="BRIN number",
        realm="Realm (what stands behind the last @ of nlEduPersonRealId)",
        provider="Identity provider of the school",
        school="School in Numo",
        school_unnamed="Known. It is named here once Kurve knows this identity provider.",
        school_unknown="No school in Numo has this BRIN number.",
        state="Logging in through the elo",
        active="Is switched on for this school.",
        not_active="Is not switched on yet, or is suspended.",
        not_told="Cannot be told.",
        user="User in Numo",
        user_found="Found, looked for by {rule}.",
        user_refused="{title}. Looked for by {rule}.",
        not_looked="Not looked for: the test did not get that far.",
        received="What Numo got from Entree",
        private="These values are about you. They stand on this page only; Numo does not keep "
        "them. Do not send them in an e-mail.",
        missing="Numo needs this, and it did not come along:",
        empty="(empty)",
        nothing="Nothing came along.",
        absent="Not sent.",
    ),
}
