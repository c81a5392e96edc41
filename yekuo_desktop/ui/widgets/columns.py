"""The columns of a list: what stands in each, how wide, by what it is sorted; and how a person arranged
them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from yekuo_desktop.domain.deadlines.workdays import CHINA, Calendar
from yekuo_desktop.domain.masking import mask_identity
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.vocabulary import STAGES, STATES, business_title
from yekuo_desktop.office.ports import QueueRow
from yekuo_desktop.ui.widgets.lights import Due, due_in


class Column(NamedTuple):
    """One column. ``order`` is the store's name for sorting by it, "" when it cannot."""

    id: str
    title: str
    text: Callable[[Any], str]
    width: int = 10  # in characters
    order: str = ""
    right: bool = False
    hidden: bool = False  # until the person chooses it
    grows: bool = False  # takes the room that is left
    due: Callable[[Any], Due] | None = None  # drawn as a light
    tip: Callable[[Any], str] | None = None
    out: Callable[[Any], str] | None = None  # in Excel and on paper, where the screen shows less
    kind: str = "text"  # in Excel, as ``TableWriter`` knows them
    room: int = 0  # in Excel and on paper, in characters, where ``out`` needs more than ``width``


class Arrangement(msgspec.Struct, frozen=True):
    """Columns as a person arranged them. A column that is not named stands as it was designed."""

    order: tuple[str, ...] = ()
    widths: dict[str, int] = {}  # pixels at scale 1
    hidden: tuple[str, ...] = ()

    def text(self) -> str:
        """For the settings."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def parse(cls, text: str) -> "Arrangement | None":
        """What was kept; None where nothing was, or nothing of ours."""
        try:
            return msgspec.json.decode(text, type=cls)
        except msgspec.DecodeError:
            return None


def moment(at: datetime | None, now: datetime | None = None) -> str:
    """A moment as lists show it; the day with its year where that is not the year of ``now``."""
    if at is None:
        return "—"
    elsewhen = now is not None and at.astimezone(CHINA).year != now.astimezone(CHINA).year
    return f"{at.astimezone(CHINA):%Y-%m-%d}" if elsewhen else f"{at.astimezone(CHINA):%m-%d %H:%M}"


def full_moment(at: datetime | None) -> str:
    """A moment for Excel and paper: with its year, nothing where there is none."""
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}" if at else ""


def moment_column(
    id_: str,
    title: str,
    at: Callable[[Any], datetime | None],
    width: int = 13,
    order: str = "",
    *,
    hidden: bool = False,
    clock: Callable[[], datetime] | None = None,
) -> Column:
    """A column of moments: short on screen, whole in Excel and on paper. ``clock`` tells this year's."""
    return Column(
        id_, title, lambda row: moment(at(row), clock() if clock else None), width, order, hidden=hidden,
        out=lambda row: full_moment(at(row)), kind="datetime", room=16,
    )  # fmt: skip


def number_column(number: Callable[[Any], str], width: int = 8, order: str = "") -> Column:
    """The number of a case: its end on screen, the whole of it in Excel and on paper."""
    return Column(
        "number", "编号", lambda row: tail(number(row)), width, order, tip=number, out=number, room=26
    )


def tail(number: str) -> str:
    """The end of a number, which is what people say aloud."""
    return f"…{number[-4:]}" if len(number) > 4 else number or "未编号"


def capacity(value: float) -> str:
    """A capacity without needless zeros."""
    return f"{value:g}" if value else "—"


def queue_columns(
    organisation: Organisation, calendar: Calendar, clock: Callable[[], datetime], *, stage: bool = False
) -> Sequence[Column]:
    """The columns of every queue of cases. ``stage`` adds where the case stands."""
    light = Column(
        "due", "时限", lambda row: due_in(row.case.state, row.limit, clock(), calendar).words, 12,
        order="due", due=lambda row: due_in(row.case.state, row.limit, clock(), calendar), tip=_limit_tip,
    )  # fmt: skip
    return (
        light,
        number_column(lambda r: r.case.number, order="number"),
        Column("customer", "客户", lambda r: r.case.customer, 13, "customer", grows=not stage),
        Column("class", "类别", lambda r: business_title(r.case.klass, r.case.business), 15, "klass"),
        Column(
            "capacity", "容量", lambda r: capacity(r.case.capacity), 8, "capacity", right=True,
            out=lambda r: f"{r.case.capacity:g}" if r.case.capacity else "", kind="capacity",
        ),
        moment_column("moment", "到期", lambda r: r.limit.due if r.limit else None, 12, "due", clock=clock),
        Column("stage", "环节", lambda r: STAGES.get(r.case.stage, ""), 12, hidden=not stage),
        Column("state", "状态", lambda r: STATES[r.case.state], 12, "state", hidden=True),
        Column("address", "用电地址", lambda r: r.case.address, 24, "address", hidden=not stage, grows=stage),
        moment_column("accepted", "受理时间", lambda r: r.case.accepted, 12, "accepted", hidden=True),
        Column("manager", "项目经理", lambda r: organisation.person_name(r.case.manager), 10, hidden=True),
        Column(
            "station", "供电所", lambda r: organisation.station_name(r.case.station), 12, "station",
            hidden=True,
        ),
        Column("by", "受理人", lambda r: organisation.person_name(r.case.accepted_by), 8, hidden=True),
        Column("identity", "证件号码", lambda r: mask_identity(r.case.identity_number), 20, hidden=True),
    )  # fmt: skip


def _limit_tip(row: QueueRow) -> str:
    if row.limit is None:
        return "目前没有计时的环节"
    due = full_moment(row.limit.due)
    return f"{row.limit.label}:{full_moment(row.limit.start)} 起算,{f'{due} 到期' if due else '暂停中'}"
