"""A list that fills a table of a case that is there already, without a window: looked at, then written in one
commit or not at all; and a list of meters, compared with what was recorded."""

from collections.abc import Sequence

from yekuo_desktop.domain import path
from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.domain.lists.kinds import ListKind
from yekuo_desktop.domain.records import rows
from yekuo_desktop.domain.stages.acceptance.fields import BY_KEY
from yekuo_desktop.domain.stages.acceptance.guards import form_problems, sheet_for
from yekuo_desktop.office.accepting import correct
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.list_filling import Filling, Form, Row


def of_application(kind: ListKind) -> bool:
    """Whether it fills a table of the application; else one that a later task recorded."""
    return kind.id in BY_KEY


def form_of(desk: Desk, case: Case, kind: ListKind) -> Form:
    """The table of a case that a list is for. Raises Refused where the case has none of that name."""
    today = desk.clock().date()
    standing = tuple(case.values.get(kind.id) or ()) if of_application(kind) else _recorded(case, kind)
    if of_application(kind) and sheet_for(case.values) not in BY_KEY[kind.id].on:
        raise refuse(f"这件业务的登记表没有“{BY_KEY[kind.id].label}”")

    def judge(wanted: list[Row]) -> Sequence[Problem]:
        if not of_application(kind):
            return ()
        return tuple(form_problems({**case.values, kind.id: wanted}, desk.reference, today))

    return Form(
        kind=kind, field=kind.id, standing=standing, judge=judge, reference=desk.reference, today=today
    )


def _recorded(case: Case, kind: ListKind) -> tuple[Row, ...]:
    """What the newest record of the task says that has such a table."""
    tasks = [task.kind for task in path.TASKS.values() if any(f.key == kind.id for f in task.fields)]
    found = tuple(dict(row) for task in tasks for row in rows(case, task, kind.id))
    if not found:
        raise refuse(f"这件业务还没有登记{kind.title}的内容")
    return found


def put(desk: Desk, session: Session, case: Case, filling: Filling, kind: ListKind, reason: str) -> Case:
    """The rows into the application. Raises Refused, and writes nothing, while any row is wrong."""
    if filling.wrong:
        raise refuse(f"有 {filling.wrong} 行有问题,一行也没有写入")
    before, wanted = case.values.get(kind.id, ""), [dict(row) for row in filling.rows]
    if list(before or ()) == wanted:
        return case
    return correct(desk, session, case.id, {kind.id: (before, wanted)}, reason)


def not_listed(form: Form, filling: Filling) -> tuple[Row, ...]:
    """The rows of the case that no row of the list names."""
    named = {_key(form.kind, check.values) for check in filling.checks if not check.left_out}
    return tuple(row for row in form.standing if _key(form.kind, row) not in named)


def _key(kind: ListKind, row: Row) -> tuple[str, ...]:
    return tuple(str(row.get(column) or "") for column in kind.key or (kind.must,))
