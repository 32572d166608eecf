"""Whether the roster's codes are of the kind that logins carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.code_shapes import ADDRESS, DIGITS, NAME, PREFIXED, ZEROS, kind_of
from numo_sso.schools import MatchRule
from numo_sso.support.findings.code_words import in_words
from numo_sso.support.findings.finding import blocks, fine, kurve, look, school
from numo_sso.support.speech import counted, later, say

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from numo_sso.support.findings.facts import Facts
    from numo_sso.support.findings.finding import Finding, Step

FEW = 3
"""So many refused logins of one kind say something; fewer may be one pupil who tries again."""
_FILE = later("the file of Stamnr and IDGebr, which Magister's application manager extracts.")


def codes(facts: Facts) -> Iterator[Finding]:
    """What refused logins carry most, beside what the roster has by the rule of this school."""
    rule = MatchRule(facts.school.match_rule)
    roster = facts.roster.shapes[rule]
    carried = facts.logins.shapes_refused + facts.unplaced.shapes_refused
    if not roster or not (carried or facts.logins.shapes):
        return
    strange = [(shape, n) for shape, n in carried.most_common() if not _has(roster, shape)]
    if not strange or strange[0][1] < FEW:
        yield fine(
            "codes-alike", say("Logins carry what the roster has: {most}.", most=_most(roster))
        )
        return
    shape, count = strange[0]
    text = counted(
        "{number} refused login with {carried}; the {kind}s in the roster are {most}.",
        "{number} refused logins with {carried}; the {kind}s in the roster are {most}.",
        count,
        carried=in_words(shape),
        kind=rule.value,
        most=_most(roster),
    )
    reason, step = _explain(facts, shape, rule)
    yield (blocks if count > facts.logins.good else look)(reason, text, step)


def _has(roster: Counter[str], shape: str) -> bool:
    """One in a hundred is enough to be a kind that this roster knows."""
    return roster[shape] * 100 >= roster.total()


def _most(roster: Counter[str]) -> str:
    first, *others = (in_words(shape) for shape, _ in roster.most_common(2))
    return say("{first} and {second}", first=first, second=others[0]) if others else first


def _explain(facts: Facts, shape: str, rule: MatchRule) -> tuple[str, Step]:
    """What is behind the difference, the surest first."""
    roster = facts.roster.shapes[rule]
    other = next(each for each in MatchRule if each is not rule)
    if _has_any(facts.roster.shapes[other], shape):
        text = say(
            "the other rule fits what logins carry: school.match_rule for {entrance} {rule}.",
            entrance=facts.entrance,
            rule=other.value,
        )
        return "rule-other", kurve(text)
    kinds = {kind_of(each) for each in roster if _has(roster, each)}
    named = rule is MatchRule.PERSOONSCODE and not facts.roster.linked and NAME not in kinds
    return (
        _by_kinds(kind_of(shape), kinds)
        or (named and ("idgebr-column-missing", school(say(_FILE))))
        or (
            "codes-differ",
            school(say("which number or name does its elo send? A file with that one.")),
        )
    )


def _by_kinds(carried: str, kinds: set[str]) -> tuple[str, Step] | None:
    """The differences that a file shows by itself."""
    both = {carried, *kinds}
    if carried == ZEROS and DIGITS in kinds:
        return "zeros-lost", school(say("a file in which codes keep their leading zeros, as text."))
    if carried == DIGITS and ZEROS in kinds:
        return "zeros-added", school(say("does its elo leave out zeros? Then a file without them."))
    if PREFIXED in both and both & {DIGITS, ZEROS}:
        return "prefix-differs", school(say("a file with the codes just as its elo sends them."))
    if ADDRESS in both:
        return "codes-with-realm", school(
            say("a file with the code alone: what stands before the @.")
        )
    return None


def _has_any(roster: Counter[str], shape: str) -> bool:
    return bool(roster) and _has(roster, shape)
