"""档案借阅登记 at the window: what is out, what is late, what was lent this year; on paper and to Excel."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import FixedClock
from tests.domain.test_archive_shelf import BACK, LOAN
from tests.office.closed import closed
from tests.ui.conftest import AtWindow
from yekuo_desktop.domain.case import Case
from yekuo_desktop.office import tasks
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.practice.way import sit_down
from yekuo_desktop.ui.dialogs.loans import LoansDialog
from yekuo_desktop.ui.dialogs.print_preview import PrintPreview

Sit = Callable[[str], AtWindow]


@pytest.fixture
def late(desk: Desk, clock: FixedClock) -> Case:
    """A file lent twice: back the first time, overdue the second."""
    archivist = sit_down(desk, "xuemei")
    case = closed(desk, sit_down(desk, "wangli"), clock, "lv_resident", "supply_rules_2024")
    until = (clock().date() + timedelta(days=3)).isoformat()
    tasks.record(desk, archivist, case.id, "archive.lent", LOAN | {"loan_until": until})
    clock.advance(hours=1)
    tasks.record(desk, archivist, case.id, "archive.loan_returned", BACK)
    clock.advance(hours=1)
    lent = LOAN | {"loan_until": until, "loan_borrower": "周芳"}
    tasks.record(desk, archivist, case.id, "archive.lent", lent)
    clock.advance(days=5)
    return case


def opened(person: AtWindow) -> LoansDialog:
    """The register, from its menu."""
    person.window.actions_by_words["档案借阅登记…"].trigger()
    dialog = person.dialog()
    assert isinstance(dialog, LoansDialog)
    return dialog


def borrowers(dialog: LoansDialog) -> list[tuple[str, str]]:
    """Who stands in the list, and how."""
    stands, _until, borrower = dialog.table.shown()[:3]
    return [(borrower.text(line), stands.text(line)) for line in dialog.table.model.rows()]


def test_a_late_file_stands_out_and_the_year_shows_every_loan(sit: Sit, late: Case, tmp_path: Path) -> None:
    person = sit("xuemei")
    dialog = opened(person)
    assert borrowers(dialog) == [("周芳", "逾期未还")]
    dialog.pills.choose("late")
    assert borrowers(dialog) == [("周芳", "逾期未还")]
    dialog.pills.choose("year")
    assert borrowers(dialog) == [("孙浩", "已归还"), ("周芳", "逾期未还")]
    dialog.out.export_to(str(tmp_path / "loans.xlsx"))
    person.until(lambda: "已导出 2 条" in person.window.toast.words())
    dialog.out.print()
    preview = person.dialog()
    assert isinstance(preview, PrintPreview)
    preview.reject()
    dialog.table.choose(0)
    dialog.table.opened.emit(dialog.table.selected()[0])
    person.until(lambda: person.window.deck.shown == "archive")
    assert late.number


def test_a_register_without_loans_says_so(sit: Sit) -> None:
    dialog = opened(sit("xuemei"))
    assert dialog.table.model.total == 0
    assert dialog.table.empty.isVisible()
    assert not dialog._print.isEnabled()
    dialog.reject()
