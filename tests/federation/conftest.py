from __future__ import annotations

from kit.deployments import certificate, numo

__all__ = ["certificate", "numo"]
