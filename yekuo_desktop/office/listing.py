"""Any list of the window, whole: every row its filter lets through, to Excel or on paper.

The window says which columns it shows and in what words; identity numbers and phones are masked there.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol

import msgspec
from msgspec.structs import replace

from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.papers import Print, Snapshot
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.ports import Drawn, Part, TableWriter

FORM = "case_list"
WIDTH_MM, COUNT_MM, LEAST_MM = 260.0, 12.0, 13.0  # of the form: all columns, 序号, any other one
MOST_PRINTED = 5_000  # rows: some 250 pages; nobody reads more on paper
MOST_COLUMNS = 18
STEP = 100  # rows between two words on how far it is
TITLE = re.compile(r"^title\s*=.*$", re.MULTILINE)
WHOLE = 10_000_000  # as the limit of a query: everything


class Progress(Protocol):
    """Told how far it is; raises what stops the work."""

    def __call__(self, done: int, total: int, text: str = "") -> None: ...


class Shown(NamedTuple):
    """One column as it leaves the window. ``kind`` as ``TableWriter`` knows them."""

    title: str
    words: Callable[[Any], str]
    width: int = 10  # in characters
    kind: str = "text"


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """A list to be written: its name, what it was filtered by, its columns, and one look at its rows."""

    title: str
    columns: tuple[Shown, ...]
    read: Callable[[], Sequence[Any]]
    conditions: str = ""


def to_excel(
    desk: Desk,
    write: TableWriter,
    listing: Listing,
    path: str,
    progress: Progress,
    taken: Callable[[int], object] = lambda _rows: None,
) -> int:
    """Every row to a workbook; how many they were. The file is there whole or not at all. ``taken`` is told
    how many before it is written: what it refuses does not leave."""
    rows = _read(listing, progress)
    taken(len(rows))
    columns = [("序号", "count", 6), *((c.title, c.kind, c.width + 2) for c in listing.columns)]
    write(path, _heading(desk, listing), columns, _cells(listing, rows, progress))
    return len(rows)


def drawn(
    desk: Desk,
    session: Session,
    listing: Listing,
    progress: Progress,
    taken: Callable[[int], object] = lambda _rows: None,
) -> Drawn:
    """Every row on paper: A4 landscape, the header on every page, page x of y. ``taken`` as above."""
    rows = _read(listing, progress)
    if len(rows) > MOST_PRINTED:
        raise refuse(f"清单有 {len(rows)} 条,一次最多打印 {MOST_PRINTED} 条;请先筛选,或导出 Excel")
    if len(listing.columns) > MOST_COLUMNS:
        raise refuse(f"选了 {len(listing.columns)} 栏,一张纸最多印 {MOST_COLUMNS} 栏;请先隐藏几栏")
    taken(len(rows))
    values = [dict(zip(_keys(listing), cells[1:], strict=True)) for cells in _cells(listing, rows, progress)]
    numbered = [{"no": str(at), **row} for at, row in enumerate(values, start=1)]
    progress(len(rows), len(rows), "正在排版")
    sheet = _sheet(desk, session, listing, numbered)
    printing = Print(at=sheet.issued, by=session.person.name)
    made = desk.printery.draw([(sheet, printing, layout(desk.printery.layout(FORM), listing), None)])
    return replace(made, parts=(Part(title=listing.title, sheet_no=sheet.sheet_no, form=FORM),))


def layout(form: str, listing: Listing) -> str:
    """The form file with the table of these columns behind it."""
    widths = _widths([column.width for column in listing.columns])
    head = ["#序号", *(f"#{column.title}" for column in listing.columns)]
    body = ['{ text = "{no}", align = "center" }', *(f'"{{{key}}}"' for key in _keys(listing))]
    return "\n".join(
        (
            TITLE.sub(lambda _found: f"title = {_quoted(listing.title)}", form, count=1),
            "[[block]]",
            f"columns = {json.dumps(widths)}",
            "gap = 1",
            "[block.table]",
            'rows = "rows"',
            "height = 7",
            f"head = [{', '.join(map(_quoted, head))}]",
            f"body = [{', '.join(body)}]",
        )
    )


def _read(listing: Listing, progress: Progress) -> Sequence[Any]:
    progress(0, 0, "正在读取")
    return listing.read()


def _cells(listing: Listing, rows: Sequence[Any], progress: Progress) -> Iterator[tuple[str, ...]]:
    for at, row in enumerate(rows, start=1):
        if at % STEP == 1:
            progress(at - 1, len(rows))
        yield (str(at), *(column.words(row) for column in listing.columns))


def _keys(listing: Listing) -> tuple[str, ...]:
    return tuple(f"column_{at}" for at in range(1, len(listing.columns) + 1))


def _widths(characters: Sequence[int]) -> list[float]:
    """Millimetres by the width on screen, none too narrow to read; together with 序号 the whole line."""
    room = WIDTH_MM - COUNT_MM - LEAST_MM * len(characters)
    share = [max(0, width - 6) + 1 for width in characters]
    widths = [round(LEAST_MM + room * part / sum(share), 2) for part in share]
    return [round(WIDTH_MM - sum(widths), 2), *widths]


def _quoted(words: str) -> str:
    """A text as TOML has it; a key in braces would be taken for a place to fill."""
    return json.dumps(words.replace("{", "(").replace("}", ")"), ensure_ascii=False)


def _heading(desk: Desk, listing: Listing) -> str:
    parts = (listing.title, listing.conditions, f"截至 {desk.clock():%Y-%m-%d %H:%M}")
    return "　".join(filter(None, parts))


def _sheet(desk: Desk, session: Session, listing: Listing, rows: list[dict[str, str]]) -> Snapshot:
    organisation, now = desk.store.organisation(), desk.clock()
    return Snapshot(
        form=FORM,
        title=listing.title,
        layout="",  # made for this list; a list is not issued and not kept
        sheet_no=f"QD-{session.terminal}-{now:%y%m%d%H%M%S}",
        issued=now,
        issued_by=session.person.name,
        practice=organisation.practice,
        values={
            "county": organisation.county,
            "station": organisation.station_name(session.station),
            "conditions": listing.conditions,
            "today": f"{now:%Y-%m-%d %H:%M}",
            "count": str(len(rows)),
            "rows": rows,
        },
    )
