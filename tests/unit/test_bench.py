"""The bench's own reckoning: what is in turn with what, and what holds."""

from __future__ import annotations

import json
from functools import partial
from xml.etree import ElementTree as ET

import pytest

from bench.bars import Bar
from bench.plot import bars_as_svg
from bench.report import DOCS, FIGURES, HEAD, as_text, lines_of
from bench.rounds import Spread, in_turn, ratio


def test_each_measure_is_taken_once_a_round_and_another_begins_each() -> None:
    taken: list[str] = []

    def measure(name: str) -> float:
        taken.append(name)
        return float(len(taken))

    figures = in_turn({name: partial(measure, name) for name in "abc"}, rounds=3)
    rounds = [taken[at : at + 3] for at in range(0, 12, 3)]
    assert all(sorted(each) == ["a", "b", "c"] for each in rounds)
    assert {each[0] for each in rounds[1:]} == {"a", "b", "c"}
    assert all(len(each) == 3 for each in figures.values())
    assert min(min(each) for each in figures.values()) == 4.0  # the first round is not kept


def test_a_ratio_is_of_pairs_so_that_weather_cancels_out() -> None:
    """The machine halves its speed midway; one thing takes twice the other all along."""
    figures = {"ours": [2.0, 2.0, 4.0, 4.0], "theirs": [1.0, 1.0, 2.0, 2.0]}
    assert ratio(figures, "ours", "theirs") == Spread(2.0, 2.0, 2.0)


@pytest.mark.parametrize(("median", "holds"), [(0.99, "yes"), (1.0, "yes"), (1.01, "not yet")])
def test_a_bar_holds_by_its_median(median: float, holds: str) -> None:
    bar = Bar("this", "that", 1.0, Spread(median, 0.5, 9.0))
    assert lines_of([bar])[0][-1] == holds


def test_the_table_aligns_and_the_plot_is_well_formed() -> None:
    text = as_text([HEAD, *lines_of([Bar("a longer name", "x", 1.0, Spread(1.0, 0.9, 1.1))])])
    first, second = text.splitlines()
    assert first.index("median") == second.index("1.00x")
    drawn = bars_as_svg("a < b", {"numo-sso": 1.0, "other": 2.0})
    plot = ET.fromstring(drawn)  # noqa: S314  # our own
    lengths = [float(each.get("width") or 0) for each in plot.iter() if each.tag.endswith("rect")]
    assert lengths[1] == pytest.approx(2 * lengths[0])


def test_what_the_bell_reads_is_what_the_page_says() -> None:
    """One run wrote both; a page that is recorded without its figures is noticed here."""
    page = (DOCS / "performance.md").read_text(encoding="utf-8")
    names = {
        "cold": "cold start: {}",
        "warm": "ACS of a process: {}",
        "acs": "warm ACS, CPU: {}",
        "sessions": "session, CPU: {}",
    }
    for measure, found in json.loads(FIGURES.read_text(encoding="utf-8")).items():
        for name, median in found.items():
            (line,) = (
                each
                for each in page.splitlines()
                if each.startswith(f"| {names[measure].format(name)} |")
            )
            assert float(line.split(" | ")[1]) == pytest.approx(median, abs=0.006)
