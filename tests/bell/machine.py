"""Who had this machine's processors meanwhile: a process, we, or others."""

from __future__ import annotations

import os
import resource
import time
from dataclasses import dataclass
from pathlib import Path

_TICK = 1 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Used:
    """Seconds."""

    wall: float
    process: float
    """Of CPU, by the process that was watched."""
    others: float
    """Of CPU, by whatever is neither that process nor this one."""

    @property
    def crowd(self) -> float:
        """Processors that others kept busy, on average."""
        return self.others / self.wall


class Meter:
    """Counts from its making on, of Linux's own figures."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._began = self._now()

    def used(self) -> Used:
        wall, process, ours, everybody = (
            after - before for after, before in zip(self._now(), self._began, strict=True)
        )
        return Used(wall, process, max(0.0, everybody - process - ours))

    def _now(self) -> tuple[float, float, float, float]:
        own = resource.getrusage(resource.RUSAGE_SELF)
        return (
            time.perf_counter(),
            _cpu(f"/proc/{self._pid}/stat"),
            own.ru_utime + own.ru_stime,
            _busy(),
        )


def _cpu(stat: str) -> float:
    fields = Path(stat).read_text("ascii").rpartition(")")[2].split()
    return _TICK * (int(fields[11]) + int(fields[12]))


def _busy() -> float:
    """Of all processors: everything but idling and waiting for disks."""
    first = Path("/proc/stat").read_text("ascii").partition("\n")[0].split()[1:9]
    user, nice, system, _idle, _wait, irq, soft, steal = (int(each) for each in first)
    return _TICK * (user + nice + system + irq + soft + steal)
