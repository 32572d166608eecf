"""When an assertion holds: each of its times there, in UTC, and neither past nor far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attack.case import bad, good
from attack.signed import CONDITIONS, STATEMENT, A, instant, moment, put, signed, signed_table
from attack.sources import CORE, MAINKA

if TYPE_CHECKING:
    from attack.bench import Bench

_SCHEMA = "not valid by the schema"
_NOT_UTC = "NotBefore is no time in UTC"
_ENDLESS = "NotOnOrAfter is no time in UTC"
_HERE = "+02:00"

# Each end must be there, and be a time in UTC of the form that SAML has (Core 1.3.3).
signed_table(
    __name__,
    f"{CORE} 1.3.3 and 2.5.1.2",
    "response-refused",
    {
        "not-before-missing": (put(CONDITIONS, "NotBefore", None), _NOT_UTC),
        "end-missing": (put(CONDITIONS, "NotOnOrAfter", None), _ENDLESS),
        "end-in-local-time": (
            put(CONDITIONS, "NotOnOrAfter", lambda on: instant(on.now + 300, "%Y-%m-%dT%H:%M:%S")),
            _ENDLESS,
        ),
        "end-with-an-offset": (
            put(
                CONDITIONS,
                "NotOnOrAfter",
                lambda on: instant(on.now + 300 + 7200, f"%Y-%m-%dT%H:%M:%S{_HERE}"),
            ),
            _ENDLESS,
        ),
        "end-at-24-hours": (put(CONDITIONS, "NotOnOrAfter", "2099-01-01T24:00:00Z"), _ENDLESS),
        "end-in-the-year-twelve-thousand": (
            put(CONDITIONS, "NotOnOrAfter", "12026-01-01T00:00:00Z"),
            _ENDLESS,
        ),
        "end-before-christ": (put(CONDITIONS, "NotOnOrAfter", "-0044-03-15T12:00:00Z"), _ENDLESS),
        "end-with-fourteen-decimals": (
            put(
                CONDITIONS,
                "NotOnOrAfter",
                lambda on: instant(on.now + 300, "%Y-%m-%dT%H:%M:%S.00000000000001Z"),
            ),
            _ENDLESS,
        ),
        "lifetime-beyond-measure": (
            put(CONDITIONS, "NotOnOrAfter", moment(920)),
            "a lifetime beyond all measure",
        ),
        "lifetime-of-a-century": (
            put(CONDITIONS, "NotOnOrAfter", "2126-01-01T00:00:00Z"),
            "a lifetime beyond all measure",
        ),
        "issue-in-local-time": (
            put(A, "IssueInstant", lambda on: instant(on.now, "%Y-%m-%dT%H:%M:%S")),
            "IssueInstant is no time in UTC",
        ),
    },
)

# What is no time at all is already stopped by the schema.
signed_table(
    __name__,
    f"{CORE} 1.3.3",
    "response-malformed",
    {
        "end-empty": (put(CONDITIONS, "NotOnOrAfter", ""), _SCHEMA),
        "end-with-spaces-around": (
            put(CONDITIONS, "NotOnOrAfter", lambda on: f" {moment(300)(on)} "),
            _SCHEMA,
        ),
        "end-a-day": (put(CONDITIONS, "NotOnOrAfter", "2099-01-01"), _SCHEMA),
        "end-in-seconds": (put(CONDITIONS, "NotOnOrAfter", "4070908800"), _SCHEMA),
        "end-in-words": (put(CONDITIONS, "NotOnOrAfter", "tomorrow"), _SCHEMA),
        "end-at-a-leap-second": (put(CONDITIONS, "NotOnOrAfter", "2099-12-31T23:59:60Z"), _SCHEMA),
        "end-in-other-digits": (
            put(CONDITIONS, "NotOnOrAfter", "\uff12\uff10\uff19\uff19-01-01T00:00:00Z"),
            _SCHEMA,
        ),
        "end-at-the-thirtieth-of-february": (
            put(CONDITIONS, "NotOnOrAfter", "2098-02-30T00:00:00Z"),
            _SCHEMA,
        ),
        "end-in-small-letters": (put(CONDITIONS, "NotOnOrAfter", "2099-01-01t00:00:00z"), _SCHEMA),
        "issue-missing": (put(A, "IssueInstant", None), _SCHEMA),
        "issue-in-words": (put(A, "IssueInstant", "now"), _SCHEMA),
    },
)

signed_table(
    __name__,
    f"{MAINKA}; {CORE} 2.5.1.2",
    "response-expired",
    {
        "end-has-passed": (put(CONDITIONS, "NotOnOrAfter", moment(-61)), "NotOnOrAfter has passed"),
        "end-at-the-epoch": (
            put(CONDITIONS, "NotOnOrAfter", "1970-01-01T00:00:00Z"),
            "NotOnOrAfter has passed",
        ),
        "not-valid-yet": (put(CONDITIONS, "NotBefore", moment(75)), "not valid yet"),
        "issued-in-the-future": (put(A, "IssueInstant", moment(75)), "issued in the future"),
        "issued-long-ago": (put(A, "IssueInstant", moment(-961)), "issued too long ago"),
        "response-issued-in-the-future": (
            put(".", "IssueInstant", moment(75)),
            "issued in the future",
        ),
        "response-issued-long-ago": (put(".", "IssueInstant", moment(-961)), "issued too long ago"),
        "session-end-has-passed": (
            put(STATEMENT, "SessionNotOnOrAfter", moment(-61)),
            "SessionNotOnOrAfter has passed",
        ),
    },
)


@bad(f"{CORE} 2.5.1.2", "response-expired", "not valid yet", only="process")
def not_valid_for_61_seconds(bench: Bench) -> bytes:
    """A clock may be a minute wrong, and no second more."""
    return signed(bench, put(CONDITIONS, "NotBefore", moment(61)))


@good(f"{CORE} 1.3.3: systems should not rely on a resolution finer than milliseconds")
def times_with_milliseconds(bench: Bench) -> bytes:
    """Other versions of the hub's software write them."""
    form = "%Y-%m-%dT%H:%M:%S.123Z"
    return signed(
        bench,
        put(CONDITIONS, "NotOnOrAfter", lambda on: instant(on.now + 300, form)),
        put(A, "IssueInstant", lambda on: instant(on.now - 1, form)),
    )


@good(f"{CORE} 2.7.2: SessionNotOnOrAfter, in time")
def a_session_end_to_come(bench: Bench) -> bytes:
    """The hub may say how long its own session lasts; ours has an end of its own."""
    return signed(bench, put(STATEMENT, "SessionNotOnOrAfter", moment(28_800)))


@good(f"{CORE} 2.5.1.2, with a minute of skew", only="process")
def the_hubs_clock_is_59_seconds_ahead(bench: Bench) -> bytes:
    """Clocks differ, and a minute is what is allowed."""
    return bench.made(issue_instant=bench.now + 59, not_before=bench.now + 59)


@good(f"{CORE} 2.5.1.2, with a minute of skew", only="process")
def our_clock_is_59_seconds_ahead(bench: Bench) -> bytes:
    """The response ended 59 seconds ago, by our clock."""
    return bench.made(issue_instant=bench.now - 359)
