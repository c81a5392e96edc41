"""Lists in and out of workbooks, with refusals as the rest of the program knows them."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.codes import CodeTable
from yekuo_desktop.domain.lists.addresses import Places
from yekuo_desktop.domain.lists.kinds import ListKind
from yekuo_desktop.domain.lists.reading import ListError, ListRow, ListTable, Trade
from yekuo_desktop.domain.lists.reading import read_list as read_grid_list
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.office.lists import ListResult, RowResult
from yekuo_desktop.runtime.collector import collector_at_rest
from yekuo_desktop.sheets import answer, template
from yekuo_desktop.sheets.errors import ListUnreadable
from yekuo_desktop.sheets.reader import read_grids

VILLAGE_ENDINGS = ("村", "社区", "居委会", "村委会")


def trade_of(reference: Reference, organisation: Organisation, today: date) -> Trade:
    """What reading a list looks up: code tables, and the places this county knows."""
    return Trade(codes=reference.codes, today=today, places=places_of(organisation))


def places_of(organisation: Organisation) -> Places:
    """The names that an address of this county may begin with."""
    areas = tuple(area for person in organisation.people.values() for area in person.areas)
    villages = tuple(area for area in areas if area.endswith(VILLAGE_ENDINGS))
    towns = tuple(area for area in areas if area not in villages)
    county = organisation.county.removesuffix("供电公司")
    return Places(counties=(county,) if county else (), towns=towns, villages=villages)


def read_list(path: Path, kind: ListKind, trade: Trade) -> ListTable:
    """The rows of a list in a workbook. Raises Refused with the reason when it holds none of that kind."""
    try:
        with collector_at_rest():
            return read_grid_list(read_grids(path), kind.fields, trade, kind.must)
    except (ListUnreadable, ListError) as error:
        raise refuse(f"{path.name}:{error}") from error


def write_answer(path: Path, table: ListTable, result: ListResult, kind: ListKind) -> None:
    """The list with what became of each row. Raises Refused when the file cannot be written."""
    labels = {field.key: field.label for field in kind.fields}
    answers = (_answer(table.rows[row.row - 1], row, kind, labels) for row in result.rows)
    with collector_at_rest():
        answer.write_answer(path, table, answers)


def _answer(read: ListRow, row: RowResult, kind: ListKind, labels: Mapping[str, str]) -> answer.Answer:
    words = kind.known if row.repeated else f"已{kind.verb}" if row.accepted else f"未{kind.verb}"
    reasons = (*row.reasons, *(_mended(read, labels) if row.accepted and not row.repeated else ()))
    return answer.Answer(read.source_row, words, row.number or "", ";".join(reasons), good=row.accepted)


def _mended(read: ListRow, labels: Mapping[str, str]) -> Iterator[str]:
    """What was taken otherwise than the sheet says."""
    if read.said is None:
        return
    keys = [key for key in labels if read.said.get(key, "") != read.values.get(key, "")]
    if keys:
        yield f"导入时改过:{'、'.join(labels[key] for key in keys)}"


def write_template(path: Path, kind: ListKind, codes: Mapping[str, CodeTable]) -> None:
    """Our own empty list of that kind. Raises Refused when it cannot be written."""
    template.write_template(path, kind.title, kind.offered, kind.sheet, codes)
