"""Settings for every test."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# No test fails for being slow: machines differ. Runs repeat exactly; `make prove` explores.
settings.register_profile(
    "repeatable", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("repeatable")
