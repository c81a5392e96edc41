"""The rows of a list before and after they are taken: what each says, and what is to be said of it."""

from collections.abc import Sequence
from typing import NamedTuple

from yekuo_desktop.domain.deadlines.lights import Light
from yekuo_desktop.domain.display import address, value_text
from yekuo_desktop.domain.field import Field, Kind
from yekuo_desktop.domain.lists.kinds import APPLICATIONS, ListKind
from yekuo_desktop.domain.lists.reading import ListTable
from yekuo_desktop.domain.masking import mask_identity, mask_phone
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.vocabulary import business_title
from yekuo_desktop.office.list_check import RowCheck
from yekuo_desktop.office.lists import RowResult
from yekuo_desktop.ui.widgets.buttons import Pill
from yekuo_desktop.ui.widgets.columns import Column
from yekuo_desktop.ui.widgets.lights import Due, Mark

ALL, READY, WRONG, BEFORE, OUT = "all", "ready", "wrong", "before", "out"
WIDTHS = {Kind.IDENTITY: 20, Kind.MOBILE: 13, Kind.NAME: 10, Kind.DATE: 13, Kind.CODE: 14}
NUMBERS = frozenset({Kind.CAPACITY, Kind.COUNT, Kind.MONEY, Kind.NUMBER})


class Line(NamedTuple):
    """One row, and its end once it has one; and of what kind of list it is."""

    check: RowCheck
    result: RowResult | None = None
    of: ListKind = APPLICATIONS

    @property
    def id(self) -> int:
        """What makes it the same after a refresh."""
        return self.check.row

    @property
    def kind(self) -> str:
        """Under which pill it is found."""
        if self.check.left_out:
            return OUT
        if self.result is not None:
            return BEFORE if self.result.repeated else READY if self.result.accepted else WRONG
        return WRONG if self.check.errors else READY if self.check.ready else BEFORE


def pills_of(kind: ListKind) -> tuple[Pill, ...]:
    """The pills over the rows."""
    wrong, out = Pill(WRONG, "有问题", "error"), Pill(OUT, "不要的")
    return Pill(ALL, "全部"), Pill(READY, f"可{kind.verb}"), wrong, Pill(BEFORE, kind.known), out


def remarks(table: ListTable) -> Sequence[str]:
    """What the reader left out, in one line; nothing where it read everything."""
    parts = []
    if table.unknown:
        parts.append(f"没有读的栏目：{'、'.join(table.unknown)}")
    if table.totals_skipped:
        parts.append(f"跳过合计行 {table.totals_skipped} 行")
    if table.other_sheets:
        parts.append(f"另有工作表没有读：{'、'.join(table.other_sheets)}")
    return ("；".join(parts),) if parts else ()


def standing(line: Line) -> Due:
    """Light and word of a row."""
    if line.result is not None and not line.check.left_out:
        return _end(line.result, line.of)
    check, verb = line.check, line.of.verb
    if check.errors and not check.left_out:
        return Due(Light.RED, "有问题")
    if check.left_out or check.again:
        return Due(Light.GREY, "不要" if check.left_out else "重复行", Mark.NONE)
    if check.known:
        return Due(Light.GREY, line.of.known, Mark.DONE)
    return Due(Light.YELLOW if check.warnings else Light.GREEN, f"可{verb}")


def _end(result: RowResult, kind: ListKind) -> Due:
    if not result.accepted:
        return Due(Light.RED, f"未{kind.verb}")
    return Due(Light.GREY, kind.known, Mark.DONE) if result.repeated else Due(Light.MET, f"已{kind.verb}")


def remark(line: Line) -> str:
    """Everything to be said of a row, the errors first."""
    check, result = line.check, line.result
    if result is not None and (result.number or result.reasons):
        return result.number or "；".join(result.reasons)
    again = (f"与第 {check.again} 行相同，只{line.of.verb}一次",) if check.again else ()
    known = (check.known,) if check.known not in ("", line.of.known) else ()
    return "；".join((*check.errors, *known, *again, *check.warnings))


def _first() -> tuple[Column, ...]:
    return (
        Column("standing", "结果", lambda r: standing(r).words, 14, due=standing),
        Column("row", "行", lambda r: str(r.check.source_row), 5, right=True, kind="count"),
    )


def _value(key: str, title: str, width: int, *, right: bool = False) -> Column:
    return Column(key, title, lambda r: str(r.check.values.get(key) or ""), width, right=right)


def _name() -> Column:
    return Column("customer", "户名", lambda r: str(r.check.values.get("customer_name") or "—"), 13)


def _remark() -> Column:
    return Column("remark", "问题与说明", remark, 44, grows=True)


def _address() -> Column:
    return Column("address", "用电地址", lambda r: address(r.check.values), 24)


def row_columns(organisation: Organisation) -> Sequence[Column]:
    """The columns of applications."""
    return (
        *_first(),
        _name(),
        _remark(),
        Column("identity", "证件号码", _identity, 20),
        Column("class", "类别", _title, 14),
        _value("capacity", "容量", 7, right=True),
        _address(),
        Column("manager", "项目经理", lambda r: organisation.person_name(r.check.manager) or "—", 10),
    )


def order_columns() -> Sequence[Column]:
    """The columns of work orders of 95598."""
    return (
        *_first(),
        _value("channel_reference", "95598 工单号", 18),
        _name(),
        _remark(),
        Column("phone", "电话", _phone, 13),
        _address(),
        _value("remarks", "诉求内容", 20),
        Column("handed_down", "95598 受理时间", _handed_down, 17),
    )


def form_columns(kind: ListKind, reference: Reference) -> Sequence[Column]:
    """The columns of a table of a form."""
    return (*_first(), _remark(), *(_of_field(field, reference) for field in kind.fields))


def _of_field(field: Field, reference: Reference) -> Column:
    def text(line: Line) -> str:
        value = line.check.values.get(field.key, "")
        return value_text(field, value, reference, unit="", masked=True) if value else ""

    title = f"{field.label} {field.unit}".strip()
    wide = max(WIDTHS.get(field.kind, 11), 2 * len(field.label) + len(field.unit) + 2)
    return Column(field.key, title, text, min(wide, 20), right=field.kind in NUMBERS)


def _phone(line: Line) -> str:
    values = line.check.values
    return mask_phone(str(values.get("mobile") or values.get("landline") or ""))


def _handed_down(line: Line) -> str:
    return str(line.check.values.get("handed_down") or "")[:16].replace("T", " ")


def _identity(line: Line) -> str:
    return mask_identity(str(line.check.values.get("identity_number") or ""))


def _title(line: Line) -> str:
    values = line.check.values
    return business_title(str(values.get("klass") or ""), str(values.get("business") or ""))
