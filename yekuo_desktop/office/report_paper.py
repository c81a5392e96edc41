"""A report on paper: A4 landscape, figures, charts and tables of every section, page x of y."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from yekuo_desktop.domain.papers import Print, Snapshot
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.ports import Drawn, Part
from yekuo_desktop.office.report import UNITS, Figure, Report, Section, Table

FORM = "monthly_report"
WIDTH_MM = 260.0  # of the form
FIGURES_A_ROW = 4
CHART_MM = {"bars": 8.0, "columns": 62.0, "lines": 52.0}  # bars: least, they take what they need
NUMERALS = "一二三四五六七八九十"


def drawn(desk: Desk, session: Session, report: Report) -> Drawn:
    """The whole report as one PDF."""
    sheet = _sheet(desk, session, report)
    printing = Print(at=sheet.issued, by=session.person.name)
    made = desk.printery.draw([(sheet, printing, layout(desk.printery.layout(FORM), report), None)])
    return replace(made, parts=(Part(title=report.title, sheet_no=sheet.sheet_no, form=FORM),))


def layout(form: str, report: Report) -> str:
    """The form file with every section behind it."""
    places = {table.id: f"rows_{at}" for at, table in enumerate(_tables(report), start=1)}
    blocks = [block for at, section in enumerate(report.sections) for block in _section(at, section, places)]
    notes = [_text(f"注 {at}　{line}", size=8, gap=1) for at, line in enumerate(report.method, start=1)]
    return "\n".join((form, *blocks, *notes))


def _section(at: int, section: Section, places: dict[str, str]) -> Iterator[str]:
    yield _heading(f"{NUMERALS[at]}、{section.title}", size=12, gap=4 if at else 0)
    if section.figures:
        yield _figures(section.figures)
    if section.note:
        yield _text(section.note, size=9.5, gap=1.5)
    for chart in section.charts:
        if not chart.empty:
            yield _heading(chart.title, size=10, gap=2)
            yield _block([WIDTH_MM], [f"[{{ chart = {_key(chart.id)}, height = {CHART_MM[chart.kind]} }}]"])
    for table in section.tables:
        yield _heading(table.title, size=10, gap=2)
        yield from _table(table, places[table.id])


def _text(words: str, *, size: float, gap: float) -> str:
    return f"[[block]]\ntext = {_quoted(words)}\nframe = false\nsize = {size}\ngap = {gap}"


def _heading(words: str, *, size: float, gap: float) -> str:
    """Words that stay with what follows them."""
    return f"{_text(words, size=size, gap=gap)}\ntogether = true"


def _block(columns: Sequence[float], rows: Sequence[str], *, gap: float = 1.0) -> str:
    return f"[[block]]\ncolumns = {json.dumps(list(columns))}\ngap = {gap}\nrows = [\n{','.join(rows)}\n]"


def _figures(figures: Sequence[Figure]) -> str:
    """Four side by side: words, the figure, and how it changed."""
    width = WIDTH_MM / FIGURES_A_ROW
    rows: list[str] = []
    for start in range(0, len(figures), FIGURES_A_ROW):
        part = figures[start : start + FIGURES_A_ROW]
        empty = ['""'] * (FIGURES_A_ROW - len(part))
        rows.append(_cells([_centred(f"#{each.label}") for each in part] + empty))
        rows.append(_cells([_large(each) for each in part] + empty))
        rows.append(_cells([_centred(_changes(each), size=8) for each in part] + empty))
    return _block([width] * FIGURES_A_ROW, rows, gap=1.5)


def _cells(cells: Sequence[str]) -> str:
    return f"[{', '.join(cells)}]"


def _centred(words: str, size: float = 9.5) -> str:
    return f'{{ text = {_quoted(words)}, align = "center", size = {size} }}'


def _large(figure: Figure) -> str:
    unit = "" if figure.kind == "percent" or figure.value is None else f" {UNITS[figure.kind]}"
    return f'{{ text = {_quoted(figure.text + unit)}, align = "center", size = 14, bold = true }}'


def _changes(figure: Figure) -> str:
    return "　".join(f"{change.against} {change.words}" for change in figure.changes) or "制表时"


def _table(table: Table, place: str) -> Iterator[str]:
    """Its head comes again on every page; what sums it up closes it."""
    widths = _widths([column.width for column in table.columns])
    head = _cells([_centred(f"#{column.title}") for column in table.columns])
    shown = enumerate(table.columns, start=1)
    body = _cells([_value(f"{{column_{at}}}", column.kind == "text") for at, column in shown])
    yield "\n".join(
        (
            f"[[block]]\ncolumns = {json.dumps(widths)}\ngap = 1\n[block.table]",
            f"rows = {json.dumps(place)}\nheight = 7\nhead = {head}\nbody = {body}",
        )
    )
    for cells in table.rows[len(table.rows) - table.totals :]:
        paired = zip(cells, table.columns, strict=True)
        words = [_value(_plain(cell.text), column.kind == "text", bold=True) for cell, column in paired]
        yield _block(widths, [_cells(words)], gap=0)


def _tables(report: Report) -> list[Table]:
    return [table for section in report.sections for table in section.tables]


def _lines(table: Table) -> list[dict[str, str]]:
    """The rows of a table as the form fills them in."""
    keys = [f"column_{at}" for at in range(1, len(table.columns) + 1)]
    shown = table.rows[: len(table.rows) - table.totals]
    return [dict(zip(keys, (cell.text for cell in row), strict=True)) for row in shown]


def _value(words: str, left: bool, *, bold: bool = False) -> str:
    side, weight = "left" if left else "right", "true" if bold else "false"
    return f'{{ text = {json.dumps(words, ensure_ascii=False)}, align = "{side}", bold = {weight} }}'


def _widths(characters: Sequence[int]) -> list[float]:
    whole = sum(characters)
    widths = [round(WIDTH_MM * each / whole, 2) for each in characters]
    return [*widths[:-1], round(WIDTH_MM - sum(widths[:-1]), 2)]


def _key(chart: str) -> str:
    return _quoted(f"chart_{chart}")


def _quoted(words: str) -> str:
    """A text as TOML has it."""
    return json.dumps(_plain(words), ensure_ascii=False)


def _plain(words: str) -> str:
    """A key in braces would be taken for a place to fill."""
    return words.replace("{", "(").replace("}", ")")


def _sheet(desk: Desk, session: Session, report: Report) -> Snapshot:
    organisation, now = desk.store.organisation(), desk.clock()
    charts = [chart for section in report.sections for chart in section.charts]
    values: dict[str, Any] = {f"chart_{chart.id}": _bare(chart) for chart in charts}
    values |= {f"rows_{at}": _lines(table) for at, table in enumerate(_tables(report), start=1)}
    return Snapshot(
        form=FORM,
        title=f"{report.title}（{report.period}）",
        layout="",  # made for this report; it is not issued and not kept
        sheet_no=f"TJ-{session.terminal}-{now:%y%m%d%H%M%S}",
        issued=now,
        issued_by=session.person.name,
        practice=organisation.practice,
        values={
            "county": organisation.county,
            "station": organisation.station_name(session.station),
            "conditions": f"{report.period}　{report.scope}",
            "today": f"{now:%Y-%m-%d %H:%M}",
            **values,
        },
    )


def _bare(chart: Any) -> dict[str, Any]:
    """The chart as plain values, without what lies behind its figures."""
    series = tuple(
        replace(each, marks=tuple(replace(mark, opens=None) for mark in each.marks)) for each in chart.series
    )
    bare: dict[str, Any] = msgspec.to_builtins(replace(chart, series=series))
    return bare
