"""Lists of applications in and out of workbooks, with refusals as the rest of the program knows them."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.codes import CodeTable
from yekuo_desktop.domain.field import Field, Sheet
from yekuo_desktop.domain.lists.addresses import Places
from yekuo_desktop.domain.lists.reading import ListError, ListTable, Trade
from yekuo_desktop.domain.lists.reading import read_list as read_grid_list
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.acceptance.fields import BY_KEY, FIELDS, HOUSEHOLD_COLUMNS
from yekuo_desktop.office.lists import ListResult, RowResult
from yekuo_desktop.runtime.collector import collector_at_rest
from yekuo_desktop.sheets import answer, template
from yekuo_desktop.sheets.errors import ListUnreadable
from yekuo_desktop.sheets.reader import read_grids

VILLAGE_ENDINGS = ("村", "社区", "居委会", "村委会")
TEMPLATE_KEYS = (
    "customer_name",
    "identity_kind",
    "identity_number",
    "mobile",
    "landline",
    "klass",
    "business",
    "category",
    "capacity",
    "address_county",
    "address_town",
    "address_village",
    "address_group",
    "address_door",
    "account_no",
    "existing_capacity",
    "supply_mode",
    "wished_date",
    "agent_name",
    "agent_identity",
    "agent_mobile",
    "authorised",
    "channel",
    "channel_reference",
    "remarks",
)


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


def read_list(path: Path, trade: Trade) -> ListTable:
    """The applications in a workbook. Raises Refused with the reason when it holds no list."""
    return read_rows(path, FIELDS, trade, "customer_name")


def read_households(path: Path, trade: Trade) -> ListTable:
    """The households of a batch in a workbook. Raises Refused."""
    return read_rows(path, HOUSEHOLD_COLUMNS, trade, "name")


def read_rows(path: Path, fields: Sequence[Field], trade: Trade, must: str) -> ListTable:
    """Rows of any kind; ``must`` is the column no such list is without. Raises Refused."""
    try:
        with collector_at_rest():
            return read_grid_list(read_grids(path), fields, trade, must)
    except (ListUnreadable, ListError) as error:
        raise refuse(f"{path.name}:{error}") from error


def write_answer(path: Path, table: ListTable, result: ListResult) -> None:
    """The list with what became of each row. Raises Refused when the file cannot be written."""
    answers = (_answer(table.rows[row.row - 1].source_row, row) for row in result.rows)
    with collector_at_rest():
        answer.write_answer(path, table, answers)


def _answer(source_row: int, row: RowResult) -> answer.Answer:
    words = "此前已受理" if row.repeated else "已受理" if row.accepted else "未受理"
    return answer.Answer(source_row, words, row.number or "", ";".join(row.reasons), good=row.accepted)


def write_template(path: Path, codes: dict[str, CodeTable]) -> None:
    """Our own empty list of applications. Raises Refused when it cannot be written."""
    fields = tuple(BY_KEY[key] for key in TEMPLATE_KEYS)
    template.write_template(path, "用电申请清单", fields, Sheet.RESIDENT, codes)
