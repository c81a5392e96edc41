"""The rows of a list before and after they are accepted: what each says, and what is to be said of it."""

from collections.abc import Sequence
from typing import NamedTuple

from yekuo_desktop.domain.deadlines.lights import Light
from yekuo_desktop.domain.display import address
from yekuo_desktop.domain.masking import mask_identity
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.vocabulary import business_title
from yekuo_desktop.office.list_check import RowCheck
from yekuo_desktop.office.lists import RowResult
from yekuo_desktop.ui.widgets.columns import Column
from yekuo_desktop.ui.widgets.lights import Due, Mark

READY, WRONG, BEFORE = "ready", "wrong", "before"


class Line(NamedTuple):
    """One row, and its end once it has one."""

    check: RowCheck
    result: RowResult | None = None

    @property
    def id(self) -> int:
        """What makes it the same after a refresh."""
        return self.check.row

    @property
    def kind(self) -> str:
        """Under which pill it is found."""
        if self.result is not None:
            return BEFORE if self.result.repeated else READY if self.result.accepted else WRONG
        return WRONG if self.check.errors else READY if self.check.ready else BEFORE


def standing(line: Line) -> Due:
    """Light and word of a row."""
    check, result = line.check, line.result
    if result is not None:
        repeated = Due(Light.GREY, "此前已受理", Mark.DONE) if result.accepted else Due(Light.RED, "未受理")
        return repeated if result.repeated or not result.accepted else Due(Light.MET, "已受理")
    if check.errors:
        return Due(Light.RED, "有问题")
    if check.number:
        return Due(Light.GREY, "此前已受理", Mark.DONE)
    if check.again:
        return Due(Light.GREY, "重复行", Mark.NONE)
    return Due(Light.YELLOW, "可受理") if check.warnings else Due(Light.GREEN, "可受理")


def remark(line: Line) -> str:
    """Everything to be said of a row, the errors first."""
    check, result = line.check, line.result
    if result is not None and (result.number or result.reasons):
        return result.number or "；".join(result.reasons)
    again = (f"与第 {check.again} 行相同，只受理一次",) if check.again else ()
    number = (f"编号 {check.number}",) if check.number else ()
    return "；".join((*check.errors, *number, *again, *check.warnings))


def row_columns(organisation: Organisation) -> Sequence[Column]:
    """The columns of the preview."""
    return (
        Column("standing", "结果", lambda r: standing(r).words, 14, due=standing),
        Column("row", "行", lambda r: str(r.check.source_row), 5, right=True, kind="count"),
        Column("customer", "户名", lambda r: str(r.check.values.get("customer_name") or "—"), 13),
        Column("remark", "问题与说明", remark, 44, grows=True),
        Column("identity", "证件号码", _identity, 20),
        Column("class", "类别", _title, 14),
        Column("capacity", "容量", lambda r: str(r.check.values.get("capacity") or ""), 7, right=True),
        Column("address", "用电地址", lambda r: address(r.check.values), 24),
        Column("manager", "项目经理", lambda r: organisation.person_name(r.check.manager) or "—", 10),
    )


def _identity(line: Line) -> str:
    return mask_identity(str(line.check.values.get("identity_number") or ""))


def _title(line: Line) -> str:
    values = line.check.values
    return business_title(str(values.get("klass") or ""), str(values.get("business") or ""))
