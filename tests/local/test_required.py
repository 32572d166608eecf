"""A test that cannot run says so here, and fails in CI."""

from __future__ import annotations

import pytest

from local.required import found


def test_without_its_program_a_test_skips_with_the_reason() -> None:
    with pytest.raises(pytest.skip.Exception, match="apt-get install chromium"):
        found(None, "chromium", "chromium", environ={})


def test_in_ci_it_fails_instead() -> None:
    with pytest.raises(pytest.fail.Exception, match="apt-get install chromium"):
        found(None, "chromium", "chromium", environ={"CI": "true"})
