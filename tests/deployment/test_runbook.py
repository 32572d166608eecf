"""What the runbook tells somebody to type, before somebody who was woken types it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from boards.queries import SAVED
from deployment.test_monitoring import RUNBOOK, emitted, fields_of, known
from numo_sso.outcomes import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Iterator

LOGS = {"authorizer": "SessionLog"}
"""Where the lines of a function are among those of another, in :func:`emitted`."""
OUR_OWN = "DOMAIN"
"""How the runbook writes where our API is."""


def queries() -> Iterator[tuple[str, str, str]]:
    """Entry, log and text of every query: in a block of its own, or in the midst of a sentence."""
    for section in re.split(r"^#+ ", RUNBOOK, flags=re.MULTILINE)[1:]:
        entry = section.partition("\n")[0]
        for part in re.split(r"^(?:- |\d\. )", section, flags=re.MULTILINE):
            named = re.search(r"/aws/lambda/<stack>-(\w+)", part)
            log = LOGS.get(named[1], f"{named[1].capitalize()}Log") if named else "SsoLog"
            if "access log" in part.lower():
                log = "AccessLog"
            blocks = re.findall(r"(?:^ {6,}\S.*\n)+", part, flags=re.MULTILINE)
            inline = re.findall(r"`(filter [^`]*)`", part)
            for query in (*blocks, *inline):
                if re.match(r"\s*(filter|fields) ", query):
                    yield entry, log, query


@pytest.mark.parametrize(("entry", "log", "query"), list(queries()), ids=lambda each: each[:30])
def test_a_query_reads_what_its_log_has(entry: str, log: str, query: str) -> None:
    """As typed: the fields are there, and somebody logs each code and outcome."""
    assert fields_of(query) - {"like"} <= known(log), entry
    lines = [line for each in emitted().values() for line in each]
    for name, value in re.findall(r'(message_code|service|stage|outcome) = "([^"]+)"', query):
        assert value in {line.get(name) for line in lines} | set(CATALOGUE), entry


def test_there_are_queries_at_all() -> None:
    assert len(list(queries())) > 20


def test_a_saved_query_that_is_named_is_saved() -> None:
    told = re.findall(r"saved quer(?:y|ies) `([\w-]+)`(?:[^`.\n]*then `([\w-]+)`)?", RUNBOOK)
    named = {name for each in told for name in each if name}
    assert len(named) > 5
    assert named <= {each.name for each in SAVED}


@pytest.mark.parametrize("service", ["session", "authorizer"])
def test_a_saved_query_of_the_logins_log_is_not_sent_to_anothers(service: str) -> None:
    """``versions`` filters by the login's own name: elsewhere it finds nothing, and says well."""
    entry = RUNBOOK.partition(f"### {service}-failures\n")[2].partition("\n### ")[0]
    look = entry.partition("**Look at.**")[2].partition("- **Do.**")[0]
    for saved in SAVED:
        assert f"`{saved.name}`" not in look or "service" not in saved.query, saved.name


def test_nobody_is_told_to_ask_our_own_api_for_a_head() -> None:
    """No route has the method: it would answer 405, and seem to be down."""
    asked = re.findall(r"`curl [^`]*`", RUNBOOK)
    assert any(OUR_OWN in each for each in asked)
    assert not [each for each in asked if OUR_OWN in each and re.search(r" -\w*I", each)]
