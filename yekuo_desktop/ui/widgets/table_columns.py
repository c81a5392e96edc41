"""How the columns of a table stand: read from the header, and put back."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHeaderView, QTableView

from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.columns import Arrangement, Column

CHARACTER = 8  # pixels of half a Chinese character, with a little air
LEAST = CHARACTER * 8
FINE = 1000  # for a scale without rounding


def whole(column: Column) -> int:
    """The designed width in pixels at scale 1."""
    return CHARACTER * column.width


def arrangement(view: QTableView, columns: Sequence[Column]) -> Arrangement:
    """The columns as they stand now; widths of those that share the rest of the room are not theirs."""
    header, scale = view.horizontalHeader(), px(FINE) / FINE
    order = [header.logicalIndex(at) for at in range(header.count())]
    shown = [at for at in order if not header.isSectionHidden(at)]
    own = [at for at in shown if header.sectionResizeMode(at) is QHeaderView.ResizeMode.Interactive]
    if header.stretchLastSection() and shown and own and own[-1] == shown[-1]:
        own.pop()
    return Arrangement(
        tuple(columns[at].id for at in order),
        {columns[at].id: round(header.sectionSize(at) / scale) for at in own},
        tuple(column.id for at, column in enumerate(columns) if header.isSectionHidden(at)),
    )


def apply(view: QTableView, columns: Sequence[Column], wanted: Arrangement) -> None:
    """Arrange the columns; one that was not known then stays as designed, behind the others."""
    header = view.horizontalHeader()
    places = {column.id: at for at, column in enumerate(columns)}
    order = [places[id_] for id_ in wanted.order if id_ in places]
    order += [at for at in range(len(columns)) if at not in order]
    for at, index in enumerate(order):
        header.moveSection(header.visualIndex(index), at)
    for index, column in enumerate(columns):
        if column.id in wanted.order:
            header.setSectionHidden(index, index > 0 and column.id in wanted.hidden)
        if column.id in wanted.widths:
            header.resizeSection(index, max(px(LEAST), px(wanted.widths[column.id])))
