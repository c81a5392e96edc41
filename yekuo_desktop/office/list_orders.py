"""Work orders handed down from 95598: each becomes a registered application with its channel and its number
there, and waits at the counter for what is still missing; formal acceptance is another act."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.field import Field, Problem, Sheet, filled
from yekuo_desktop.domain.lists.kinds import HANDED_DOWN, ORDERS
from yekuo_desktop.domain.lists.reading import ListRow, order_digest
from yekuo_desktop.domain.stages.acceptance.acts import Application
from yekuo_desktop.domain.validate import check_field, moment_of
from yekuo_desktop.office.desk import Desk, Session, Step, write
from yekuo_desktop.office.list_references import of_rows
from yekuo_desktop.office.list_taking import Commit, Given, Taking, Values

CHANNEL = "95598"
DEFAULTS = {"klass": "lv_resident", "business": "new"}
BLANK_ROW = ListRow(0, 0, {})


def _values(start: Values, row: ListRow, given: Given) -> Values:
    """What the counter would begin with, what was given for the list, and what the row says."""
    own = {key: value for key, value in row.values.items() if filled(value)}
    return {**start, **DEFAULTS, "channel": CHANNEL, **given.values, **own}


def _problems(desk: Desk, session: Session, row: ListRow, values: Values, given: Given) -> list[Problem]:
    """What is there must be right; what is not there is asked for at the counter."""
    unread = {problem.field for problem in row.problems}
    found = [p for field in ORDERS.fields for p in _wrong(desk, field, values) if p.field not in unread]
    return [*row.problems, *found, *_reach(values), *_ahead(desk, values)]


def _wrong(desk: Desk, field: Field, values: Values) -> Iterable[Problem]:
    return check_field(field, values, Sheet.RESIDENT, desk.reference, desk.clock().date())


def _reach(values: Values) -> Iterable[Problem]:
    if not any(filled(values.get(key)) for key in ("mobile", "landline")):
        yield Problem("mobile", "没有联系电话,无法与客户联系", warning=True)


def _ahead(desk: Desk, values: Values) -> Iterable[Problem]:
    moment = moment_of(values.get(HANDED_DOWN.key))
    if moment is not None and moment > desk.clock():
        yield Problem(HANDED_DOWN.key, f"{HANDED_DOWN.label}晚于现在,不能预先登记")


def _register(commit: Commit, values: Values, source: str) -> Case:
    """One application; when 95598 took it is the stated time, the recorded time is ours."""
    desk, unit, session = commit.desk, commit.unit, commit.session
    own: dict[str, Any] = {key: value for key, value in values.items() if key != HANDED_DOWN.key}
    payload = Application(values=own, source=source)
    stated: datetime | None = moment_of(values.get(HANDED_DOWN.key))
    found = [p for p in _problems(desk, session, BLANK_ROW, values, commit.given) if not p.warning]
    if found:
        raise Refused(found)
    return write(desk, unit, session, unit.new_case(), (Step("case.registered", payload),), stated)


ORDERING = Taking(
    kind=ORDERS,
    digest=lambda row, _given: order_digest(row.known_by),
    values=_values,
    problems=_problems,
    take=_register,
    elsewhere=lambda desk, rows: of_rows(desk, rows, waiting=True),
)
