"""The line below a table of rows: how many they are, what their numbers come to, what is wrong or open."""

from decimal import Decimal

from yekuo_desktop.domain.field import Kind
from yekuo_desktop.ui.forms.rows_model import RowsModel

SUMMED = (Kind.CAPACITY, Kind.COUNT, Kind.MONEY)


def sum_words(model: RowsModel) -> str:
    """The words; "" for an empty table."""
    rows, faults, empty = len(model.rows()), model.faults(), model.missing()
    if not rows:
        return ""
    sums = (column for column in model.columns if column.kind in SUMMED)
    parts = [f"共 {rows} 行"]
    parts += [f"{column.label} {_plain(model.sum_of(column))} {column.unit}".strip() for column in sums]
    parts += [f"{empty} 格待填"] if empty else []
    return " · ".join([*parts, *([f"{faults} 格有误"] if faults else [])])


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
