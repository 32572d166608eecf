"""Loads the samples the way that support would, through the support function."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from numo_local.errors import StackError
from numo_sso.storage.tables import Period, School

if TYPE_CHECKING:
    from numo_local.functions import Function
    from numo_local.samples.people import Samples, SampleSchool
    from numo_sso.storage.tables import Tables

_TICKET = "LOCAL-1"


def load_samples(samples: Samples, support: Function, tables: Tables) -> None:
    """Give the stack its schools, and the schools their users.

    What no action of the support function does (a school that only asked for it, a match rule)
    is written to the tables.
    """
    for school in samples.schools:
        if school.state == "active":
            _activate(school, support)
            _set_match_rule(school, tables)
        else:
            _write_school(school, tables)
        _import_users(school, support)


def _activate(school: SampleSchool, support: Function) -> None:
    for brin in school.brins:
        _ask(
            support,
            "school.activate",
            entrance=school.entrance,
            brin=brin,
            create=True,
            name=school.name,
            shared=True,
        )


def _import_users(school: SampleSchool, support: Function) -> None:
    rows = [person.row for person in school.users]
    _ask(support, "users.import", entrance=school.entrance, rows=rows)


def _ask(support: Function, action: str, **fields: Any) -> None:
    answer = support.invoke({"action": action, "ticket": _TICKET, **fields})
    if not answer.get("ok"):
        error = answer.get("error", answer)
        raise StackError(f"The samples were not loaded: {action} answered {error}.")


def _set_match_rule(school: SampleSchool, tables: Tables) -> None:
    item = tables.school.get(School.key(school.entrance), "school")
    if item.match_rule != school.match_rule:
        item.update(actions=[tables.school.match_rule.set(school.match_rule)])


def _write_school(school: SampleSchool, tables: Tables) -> None:
    now = int(time.time())
    tables.school(
        pk=School.key(school.entrance),
        entrance=school.entrance,
        name=school.name,
        state=school.state,
        match_rule=school.match_rule,
        brins=[_always(brin) for brin in school.brins],
        created_at=now,
        updated_at=now,
        ticket=_TICKET,
    ).save()
    for brin in school.brins:
        entrances = [_always(school.entrance)]
        tables.brin(pk=tables.brin.key(brin), brin=brin, entrances=entrances).save()


def _always(value: str) -> Period:
    period: Period = Period(value=value)  # type: ignore[no-untyped-call]  # pynamodb's
    return period
