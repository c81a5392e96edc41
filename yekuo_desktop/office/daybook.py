"""营业日志: what happened at the counters on a day, on screen, on paper and in Excel."""

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from yekuo_desktop.domain.deadlines.workdays import CHINA, bounds
from yekuo_desktop.domain.privacy import NOTHING
from yekuo_desktop.domain.stages import ALL_FORMS as FORMS
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.ports import Drawn, LogLine, TableWriter
from yekuo_desktop.office.printing import Listed, draw, freeze

COLUMNS = (
    ("序号", "count", 6),
    ("记录时间", "datetime", 18),
    ("所填时间", "datetime", 18),
    ("申请编号", "text", 26),
    ("户名", "text", 22),
    ("事项", "text", 44),
    ("经办", "text", 12),
    ("终端", "text", 10),
)


def lines(desk: Desk, day: date, terminal: str = "") -> Sequence[LogLine]:
    """The day's acts in the order they were recorded; of one counter, or of all. What was written into a note
    is masked: the log hangs on the counter for everybody."""
    found = desk.store.day_book(*bounds(day), terminal)
    return [replace(line, words=NOTHING.prose(line.words)) for line in found]


def cells(desk: Desk, found: Sequence[LogLine]) -> list[tuple[str, ...]]:
    """The lines as they stand on paper."""
    organisation = desk.store.organisation()
    return [
        (
            str(at),
            f"{line.recorded.astimezone(CHINA):%m-%d %H:%M:%S}",
            f"{line.stated.astimezone(CHINA):%m-%d %H:%M}",
            line.number,
            line.customer,
            line.words,
            organisation.person_name(line.actor),
            line.terminal,
        )
        for at, line in enumerate(found, start=1)
    ]


def drawn(desk: Desk, session: Session, day: date, terminal: str = "") -> Drawn:
    """The day's log on paper."""
    keys = ("no", "recorded", "stated", "number", "customer_name", "words", "actor", "terminal")
    rows = [dict(zip(keys, row, strict=True)) for row in cells(desk, lines(desk, day, terminal))]
    return _listing(
        desk, session, "business_log", f"RZ-{terminal or 'ALL'}-{day:%y%m%d}", day, terminal, rows
    )


def to_excel(desk: Desk, write: TableWriter, day: date, terminal: str, path: str) -> None:
    """The day's log as a workbook: the moments whole, so that they sort and filter as such."""
    title, found = f"营业日志 {day:%Y-%m-%d}", lines(desk, day, terminal)
    rows = (
        (at, line.recorded.astimezone(CHINA), line.stated.astimezone(CHINA), *rest)
        for line, (at, _recorded, _stated, *rest) in zip(found, cells(desk, found), strict=True)
    )
    write(path, title, COLUMNS, rows)


def _listing(
    desk: Desk,
    session: Session,
    form: str,
    sheet_no: str,
    day: date,
    terminal: str,
    rows: list[dict[str, str]],
) -> Drawn:
    organisation = desk.store.organisation()
    sheet = freeze(
        desk,
        organisation,
        form=form,
        title=FORMS[form].title,
        sheet_no=sheet_no,
        values={
            "county": organisation.county,
            "station": organisation.station_name(session.station),
            "terminal": terminal or "全部",
            "day": f"{day:%Y年%m月%d日}",
            "count": str(len(rows)),
            "rows": rows,
        },
        issued_by=session.person.name,
    )
    return draw(desk, session, [Listed(sheet)])
