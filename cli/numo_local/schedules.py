"""EventBridge Scheduler: calls functions by the clock, in the background."""

from __future__ import annotations

import sys
import threading
import time
import traceback
import uuid
from typing import TYPE_CHECKING, Any

from numo_local.template.resolving import PSEUDO_PARAMETERS
from numo_sso.times import iso_time

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numo_local.functions import Function, Functions
    from numo_local.template.model import ScheduleDefinition

_STOP_SECONDS = 5


class Schedules:
    """A thread for each schedule. The first call comes after one interval."""

    def __init__(self, definitions: Iterable[ScheduleDefinition], functions: Functions) -> None:
        self._ended = threading.Event()
        self._threads = [
            threading.Thread(
                target=self._run,
                args=(functions.by_name[each.function], each.seconds),
                name=f"schedule of {each.function}",
                daemon=True,
            )
            for each in definitions
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End; a call that is underway gets a moment."""
        self._ended.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(_STOP_SECONDS)

    def _run(self, function: Function, seconds: float) -> None:
        while not self._ended.wait(seconds):
            try:
                function.invoke(scheduled_event(function.definition.logical_id))
            except Exception:  # noqa: BLE001  # as on Lambda: told, and called again next time
                traceback.print_exc(file=sys.stderr)


def scheduled_event(name: str) -> dict[str, Any]:
    """What the scheduler hands to a function when the schedule has no input of its own."""
    region, account = PSEUDO_PARAMETERS["AWS::Region"], PSEUDO_PARAMETERS["AWS::AccountId"]
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.scheduler",
        "account": account,
        "time": iso_time(time.time()),
        "region": region,
        "resources": [f"arn:aws:scheduler:{region}:{account}:schedule/default/{name}"],
        "detail": "{}",
    }
