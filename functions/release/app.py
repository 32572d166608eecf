"""One deployment's question: may traffic move? Whatever happens here, it is answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from edge.messages import Message
from release.checks import CheckFailed, Invoke, Release, check

if TYPE_CHECKING:
    from aws_lambda_powertools import Logger

    from numo_sso.ports import Clock

Report = Callable[[str, str, str], None]
"""Tells CodeDeploy: the deployment's id, the id of the hook's run, ``Succeeded`` or ``Failed``."""


@dataclass(frozen=True)
class ReleaseApp:
    """The versions to check, and whom to tell."""

    release: Release
    invoke: Invoke
    report: Report
    logger: Logger
    clock: Clock

    def run(self, event: dict[str, Any]) -> dict[str, Any]:
        """Check, and tell CodeDeploy, which otherwise waits for an hour.

        Returns:
            ``status``, ``checked`` and ``failed``, as they are logged.
        """
        told = self._checked()
        message = Message.RELEASE_CHECKED
        self.logger.info(message.value, extra={**told, "message_code": message.code})
        deployment, run = event["DeploymentId"], event["LifecycleEventHookExecutionId"]
        self.report(deployment, run, told["status"])
        return told

    def _checked(self) -> dict[str, Any]:
        try:
            done = check(self.release, self.invoke, self.clock())
        except CheckFailed as failed:
            return {"status": "Failed", "checked": [], "failed": str(failed)}
        except Exception as error:  # noqa: BLE001  # no answer would hold the deployment for an hour
            return {"status": "Failed", "checked": [], "failed": type(error).__name__}
        return {"status": "Succeeded", "checked": done, "failed": ""}
