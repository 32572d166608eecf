"""The pictures: every widget has something in it, and a wrong name is noticed."""

from __future__ import annotations

import copy
import json
from typing import Any, get_args

import pytest

from deployment.deployed import properties
from numo_sso.outcomes import CATALOGUE
from numo_sso.pages.words import Language
from pictures.dashboards import BOARDS, TARGET, Studio, studio
from pictures.insights import answer
from pictures.midnight import lines_of_a_day
from pictures.series import Metrics, evaluate
from pictures.tour import TOUR

SHARE = 0.05
"""Of the day's clicks, for tests: enough to have something in every widget."""


@pytest.fixture(scope="module")
def made() -> Studio:
    return studio(lines_of_a_day(SHARE))


def board(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(properties(f"{name}Dashboard")["DashboardBody"])
    return found


@pytest.mark.parametrize("name", BOARDS)
def test_every_widget_shows_something(made: Studio, name: str) -> None:
    made.empty.clear()
    assert made.picture(board(name)).startswith("<svg")
    assert made.empty == []


@pytest.mark.parametrize("name", BOARDS)
def test_the_picture_in_the_docs_is_of_the_dashboard_that_is_deployed(name: str) -> None:
    """Its titles at least: after a change of the rows `make dashboards` has to be run."""
    drawn = (TARGET / f"{name.lower()}.svg").read_text("utf-8")
    titles = [each["properties"].get("title", "") for each in board(name)["widgets"]]
    assert [title for title in titles if title.replace("'", "&#x27;") not in drawn] == []


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("code", TOUR)
def test_each_page_is_in_the_docs_and_none_is_blank(code: str, language: str) -> None:
    """A page of these is at least a title, a sentence and a button: some eight kilobytes."""
    picture = TARGET / f"{CATALOGUE[code].number}-{code}.{language}.webp"
    assert picture.stat().st_size > 8_000


def test_no_picture_is_left_of_a_page_that_is_gone() -> None:
    names = {f"{CATALOGUE[code].number}-{code}" for code in TOUR}
    assert {each.name.partition(".")[0] for each in TARGET.glob("*.webp")} == names


def test_a_wrong_name_is_an_empty_widget(made: Studio) -> None:
    widgets = board("Operations")["widgets"]
    wrong = copy.deepcopy(next(each for each in widgets if each["type"] == "metric"))
    for row in wrong["properties"]["metrics"]:
        row[1] += "s"
    made.empty.clear()
    made.picture({"widgets": [wrong]})
    assert made.empty == [wrong["properties"]["title"]]


def test_arithmetic_of_widgets_leaves_out_what_is_not_there() -> None:
    known = {"logins": [4.0, None, 0.0], "good": [3.0, 1.0, 0.0]}
    assert evaluate("100 * good / logins", known) == [75.0, None, None]  # type: ignore[arg-type]
    assert evaluate("SUM([FILL(logins, 0), good])", known) == [7, 1, 0]  # type: ignore[arg-type]


def test_a_value_counts_in_its_own_period_and_by_its_own_dimensions() -> None:
    metrics = Metrics(1000.0)
    metrics.put("N", "M", 1299, 2, a="x")
    metrics.put("N", "M", 1300, 3, a="x")
    metrics.put("N", "M", 1300, 9, a="y")
    drawn = metrics.row(["N", "M", "a", "x", {"stat": "Sum", "label": "m"}], 300, {})
    assert drawn["m"][:3] == [2, 3, None]


def test_a_query_is_read_as_insights_reads_it() -> None:
    lines = [
        {"@timestamp": 1, "outcome": "logged-in", "school": "a", "good": 1.0},
        {"@timestamp": 2, "outcome": "user-unknown", "school": "a", "good": 0.0},
        {"@timestamp": 3, "outcome": "user-unknown", "good": 0.0},
        {"@timestamp": 4, "outcome": "started"},
    ]
    found = answer(
        'filter ispresent(good) and outcome != "x"\n'
        "| stats count(*) as n, count(*) - sum(good) as bad, latest(outcome) as last"
        ' by coalesce(school, "?") as s\n| filter n > 0 | sort n desc | limit 5',
        lines,
    )
    assert found == [
        {"s": "a", "n": 2, "bad": 1.0, "last": "user-unknown"},
        {"s": "?", "n": 1, "bad": 1.0, "last": "user-unknown"},
    ]
    with pytest.raises(ValueError, match="parse"):
        answer("parse x", lines)
