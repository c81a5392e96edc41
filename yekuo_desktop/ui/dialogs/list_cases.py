"""Lists that make cases, for the dialog of lists: applications to accept, orders of 95598 to register."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.field import Field, Kind, Sheet
from yekuo_desktop.domain.lists.reading import ListTable
from yekuo_desktop.domain.stages.acceptance.guards import sheet_for
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.list_check import accept_checked, check_list
from yekuo_desktop.office.list_files import ListFiles
from yekuo_desktop.office.list_orders import ORDERING
from yekuo_desktop.office.list_taking import Taking
from yekuo_desktop.office.lists import APPLYING, ListResult
from yekuo_desktop.ui.background import Progress
from yekuo_desktop.ui.dialogs.list_options import ListOptions, OrderOptions
from yekuo_desktop.ui.dialogs.list_rows import order_columns, row_columns
from yekuo_desktop.ui.dialogs.list_work import Checked
from yekuo_desktop.ui.widgets.columns import Column

APPLICATIONS_LEAD = (
    "村里或其他单位报来的申请清单：先逐行检查，看过再受理。答复清单保存在原清单旁边，原清单不改动。"
)
ORDERS_LEAD = (
    "95598 下派的工单：按工单号逐条登记为“待受理”，带渠道和外部工单号；同一工单号不会登记两次。"
    "缺的内容在柜台补齐后再正式受理。"
)


class CasesWork:
    """Each row becomes a case, or is refused alone."""

    changes: tuple[str, ...] = ("case.accepted",)
    whole = False

    def __init__(self, desk: Desk, session: Session, files: ListFiles, taking: Taking) -> None:
        self._desk, self._session, self._files, self._taking = desk, session, files, taking
        self.kind = taking.kind
        self.title, self.lead = "从 Excel 受理", APPLICATIONS_LEAD
        self.options: ListOptions | OrderOptions = self._make_options()

    def columns(self) -> Sequence[Column]:
        """What is shown of a row."""
        return row_columns(self._desk.store.organisation())

    def widget(self) -> QWidget:
        """The options."""
        return self.options

    def checking(self, table: ListTable) -> Callable[[Progress], Checked]:
        """Look at every row."""
        desk, session, given, taking = self._desk, self._session, self.options.given(), self._taking
        return lambda told: Checked(check_list(desk, session, table, given, told, taking))

    def taking(self, table: ListTable, answer: str) -> Callable[[Progress], ListResult]:
        """Take row after row; the answer goes beside the list."""
        desk, session, given, taking = self._desk, self._session, self.options.given(), self._taking
        return lambda told: accept_checked(desk, session, table, given, answer, self._files, told, taking)

    def taken(self, _result: ListResult) -> str:
        """What comes next."""
        return "工单请按 F4 交接"

    def fields(self, values: dict[str, Any]) -> tuple[Sequence[Field], Sheet]:
        """Those of the row's registration form."""
        sheet = sheet_for(values)
        return [f for f in self.kind.fields if sheet in f.on and f.kind is not Kind.ROWS], sheet

    def _make_options(self) -> ListOptions | OrderOptions:
        return ListOptions(self._desk, self._desk.reference.owed_until(self._today()))

    def _today(self) -> Any:
        return self._desk.clock().astimezone(CHINA).date()


class OrdersWork(CasesWork):
    """Work orders of 95598 become registered applications."""

    changes = ("case.registered",)

    def __init__(self, desk: Desk, session: Session, files: ListFiles) -> None:
        super().__init__(desk, session, files, ORDERING)
        self.title, self.lead = "登记 95598 工单清单", ORDERS_LEAD

    def columns(self) -> Sequence[Column]:
        return order_columns()

    def taken(self, _result: ListResult) -> str:
        return "登记的工单在“业务受理”的“待受理”里"

    def fields(self, _values: dict[str, Any]) -> tuple[Sequence[Field], Sheet]:
        return self.kind.fields, Sheet.RESIDENT

    def _make_options(self) -> ListOptions | OrderOptions:
        return OrderOptions(self._desk)


def applications(desk: Desk, session: Session, files: ListFiles) -> CasesWork:
    """Applications to be accepted."""
    return CasesWork(desk, session, files, APPLYING)
