"""From the preview through the queue to the printer, and the queue after something went wrong."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from tests.office.spooler import Printer
from tests.ui.conftest import MINUTE, AtWindow
from yekuo_desktop import bootstrap
from yekuo_desktop.office import accepting, printing
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.ports import Drawn
from yekuo_desktop.office.practice.way import sit_down
from yekuo_desktop.office.print_ports import NoSpooler
from yekuo_desktop.office.print_queue import Wish, ask
from yekuo_desktop.office.print_run import WINDOW
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.print_preview import FOR_MAIL, WHOLE, PrintPreview
from yekuo_desktop.ui.dialogs.print_queue import PrintQueue
from yekuo_desktop.ui.print_room import PrintRoom
from yekuo_desktop.ui.printing import Errand, printer_for

Sit = Callable[[str], AtWindow]


@pytest.fixture
def printer() -> Printer:
    return Printer()


@pytest.fixture
def desk(desk: Desk, printer: Printer) -> Iterator[Desk]:
    """The desk beside a printer."""
    yield replace(desk, spooler=printer)


def order(desk: Desk, accepted: accepting.Accepted) -> Drawn:
    case = accepted.case
    return printing.pdf(desk, sit_down(desk, "wangli"), case, (accepted.sheets[0].sheet_no,))


def previewed(sit: Sit, desk: Desk, accepted: accepting.Accepted) -> tuple[AtWindow, PrintPreview]:
    person = sit("wangli")
    person.window.papers.look()
    person.settle()
    person.window.papers.show("打印单据", order(desk, accepted))
    preview = person.dialog()
    assert isinstance(preview, PrintPreview)
    assert preview.copies.value() == 2  # 本单一式两份
    preview.copies.setValue(1)
    return person, preview


def rows(desk: Desk) -> list[tuple[str, int, int]]:
    return [(row.state, row.reprint, row.copy) for row in desk.store.prints.rows()]


def test_f9_queues_sends_and_the_printer_confirms(
    sit: Sit, desk: Desk, accepted: accepting.Accepted, printer: Printer
) -> None:
    person, preview = previewed(sit, desk, accepted)
    assert preview.printer.currentText() == "柜台"
    assert "没有登记图片" in preview.notice.words()
    preview.copies.setValue(2)
    preview.duplex.setChecked(True)
    person.press(Qt.Key.Key_F9, widget=preview)
    person.until(lambda: len(printer.jobs) == 2)
    printer.print_out()
    person.until(lambda: person.window.toast.words() == "2 张已打印,打印机已确认")
    assert rows(desk) == [("done", 0, 1), ("done", 0, 2)]
    assert person.window.status.queue_words() == "打印队列 0 张"
    person.window.papers.show("打印单据", order(desk, accepted))
    again = person.dialog()
    assert isinstance(again, PrintPreview)
    assert (again.copies.value(), again.duplex.isChecked()) == (2, True)  # as this form was printed last
    again.reject()


def test_what_was_printed_asks_for_the_reason_of_a_reprint(
    sit: Sit, desk: Desk, accepted: accepting.Accepted, printer: Printer
) -> None:
    person, preview = previewed(sit, desk, accepted)
    person.press(Qt.Key.Key_F9, widget=preview)
    person.until(lambda: printer.jobs)
    printer.print_out()
    person.until(lambda: rows(desk) == [("done", 0, 1)])
    person.window.papers.show("打印单据", order(desk, accepted))
    again = person.dialog()
    assert isinstance(again, PrintPreview)
    person.until(again.reason.isVisible)
    assert not again._print.isEnabled()
    assert "已打印" in again._again.text()
    person.bot.keyClicks(again.reason, "x")
    again.reason.setText("途中淋湿")
    person.press(Qt.Key.Key_F9, widget=again)
    person.until(lambda: len(printer.jobs) == 2)
    printer.print_out()
    person.until(lambda: rows(desk) == [("done", 0, 1), ("done", 1, 1)])
    case = desk.store.case(accepted.case.id)
    assert case is not None
    assert case.papers[0].reprints == 1


def test_a_printer_without_paper_is_said_before_and_holds_the_queue(
    sit: Sit, desk: Desk, accepted: accepting.Accepted, printer: Printer
) -> None:
    printer.facts = replace(printer.facts, trouble="缺纸")
    person, preview = previewed(sit, desk, accepted)
    person.until(preview.printer_words.isVisible)
    assert "缺纸" in preview.printer_words.text()
    person.press(Qt.Key.Key_F9, widget=preview)
    status = person.window.status
    person.until(lambda: status.queue_words() == "打印队列 1 张：打印机 柜台 缺纸")
    printer.facts = replace(printer.facts, trouble="")
    person.window.papers.room.step()
    person.until(lambda: printer.jobs)
    printer.print_out()
    person.until(lambda: rows(desk) == [("done", 0, 1)])


def interrupted(desk: Desk, accepted: accepting.Accepted, printer: Printer) -> None:
    """Yesterday's batch: one sheet given away and forgotten by the print system, one not sent."""
    clerk = sit_down(desk, "wangli")
    sheets = [accepted.sheets[0].sheet_no]
    sheets.append(printing.issue(desk, clerk, accepted.case.id, "acceptance_receipt").sheet_no)
    case = desk.store.case(accepted.case.id)
    assert case is not None
    ask(desk, clerk, printing.pdf(desk, clerk, case, sheets), Wish(printer="柜台"))
    first = desk.store.prints.rows()[0]
    desk.store.prints.change(first.now("sent", first.changed, job=77), "waiting")
    printer.remembers = False


def test_after_a_restart_the_queue_says_how_it_stands_and_goes_on_when_told(
    sit: Sit, desk: Desk, accepted: accepting.Accepted, printer: Printer
) -> None:
    interrupted(desk, accepted, printer)
    person = sit("wangli")
    person.window.papers.look()
    said = "确定已印出 0 张,可能已印出 1 张,没有印出 1 张"
    person.until(lambda: said in person.window.toast.words())
    person.until(lambda: person.window.status.queue_words() == "打印队列 2 张，1 张要确认")
    person.press(Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    queue = person.dialog()
    assert isinstance(queue, PrintQueue)
    person.until(lambda: queue.table.model.total == 2)
    assert printer.jobs == []  # nothing prints by itself
    queue.pills.choose("maybe")
    queue.table.view.selectAll()
    assert "看打印机" in queue.table.selected()[0].reason
    person.press(Qt.Key.Key_F8, widget=queue)
    person.until(lambda: rows(desk)[0][0] == "done")
    person.press(Qt.Key.Key_F9, widget=queue)
    person.until(lambda: printer.jobs)
    printer.print_out()
    person.until(lambda: [state for state, _, _ in rows(desk)] == ["done", "done"])
    person.until(lambda: queue.table.model.total == 0)
    queue.pills.choose("latest")
    assert [row.settled_by for row in queue.table.model.rows()] == ["wangli", "system"]
    queue.reject()


def test_giving_up_what_waits(sit: Sit, desk: Desk, accepted: accepting.Accepted, printer: Printer) -> None:
    interrupted(desk, accepted, printer)
    person = sit("wangli")
    person.press(Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    queue = person.dialog()
    assert isinstance(queue, PrintQueue)
    person.until(lambda: queue.table.model.total == 2)
    queue.table.choose(1)
    queue._drop.click()
    person.until(lambda: [state for state, _, _ in rows(desk)] == ["sent", "cancelled"])
    queue.reject()


@pytest.mark.parametrize("good", [True, False])
def test_where_no_print_system_is_sheets_are_painted_and_a_person_confirms(
    qtbot: QtBot, desk: Desk, accepted: accepting.Accepted, background: Background, tmp_path: Path, good: bool
) -> None:
    """Through Qt, into a file; a printer that takes nothing leaves the sheet in the queue."""

    def make(errand: Errand) -> QPrinter:
        printer = printer_for(errand)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "out.pdf" if good else tmp_path / "no" / "out.pdf"))
        return printer

    alone, clerk, said = replace(desk, spooler=NoSpooler()), sit_down(desk, "wangli"), []
    batch = ask(alone, clerk, order(alone, accepted), Wish(printer="文件", copies=2))
    room = PrintRoom(alone, background, bootstrap.PageImages(), make=make)
    room.said.connect(lambda words, tone: said.append((words, tone)))
    room.unsure.connect(lambda words, rows: said.append((words, str(len(rows)))))
    room.release([batch])
    qtbot.waitUntil(lambda: bool(said), timeout=MINUTE)
    room.stop()
    if good:
        assert [state for state, _, _ in rows(alone)] == ["sent", "sent"]
        assert said == [("2 张已送打印机,请看纸张,在打印队列里确认", "2")]
        assert len(PdfReader(tmp_path / "out.pdf").pages) == 1
        assert [row.settled_by for row in alone.store.prints.rows()] == ["", ""]
    else:
        assert [state for state, _, _ in rows(alone)] == ["failed", "failed"]
        assert said[0][1] == "warning"
        assert "没有接受任务" in alone.store.prints.rows()[0].reason


def test_a_wrong_form_of_the_countys_own_is_told_once(
    sit: Sit, desk: Desk, accepted: accepting.Accepted, tmp_path: Path
) -> None:
    own = tmp_path / "store" / "forms"
    own.mkdir()
    (own / "work_order.toml").write_text('form = "work_order"\ntitle = ""\n', encoding="utf-8")
    person = sit("wangli")
    person.window.papers.look()
    box = person.dialog()
    assert isinstance(box, QMessageBox)
    assert "已改用自带的版式" in box.text()
    assert "缺少 title" in box.informativeText()
    box.accept()
    person.window.papers.look()
    person.settle()
    assert len(person.dialogs) == 1
    assert order(desk, accepted).pdf.startswith(b"%PDF")


def test_a_sheet_is_saved_whole_or_small(
    sit: Sit, desk: Desk, accepted: accepting.Accepted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, preview = previewed(sit, desk, accepted)
    for kind, name in ((WHOLE, "工单"), (FOR_MAIL, "小工单.pdf")):
        answer = (str(tmp_path / name), kind)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, given=answer: given)
        preview._save.click()
        person.settle()
    whole, small = ((tmp_path / name).read_bytes() for name in ("工单.pdf", "小工单.pdf"))
    assert len(small) <= len(whole)
    assert [len(PdfReader(tmp_path / name).pages) for name in ("工单.pdf", "小工单.pdf")] == [1, 1]
    preview.reject()


def test_a_batch_shows_how_far_it_is_and_can_be_stopped(
    sit: Sit, desk: Desk, accepted: accepting.Accepted, printer: Printer
) -> None:
    person, preview = previewed(sit, desk, accepted)
    preview.copies.setValue(20)
    person.press(Qt.Key.Key_F9, widget=preview)
    progress = person.window.progress
    person.until(lambda: len(printer.jobs) == WINDOW)
    person.until(progress.isVisible)
    printer.print_out()
    person.until(lambda: f"{WINDOW * 2}/20" in progress._words.text())
    progress._stop.click()
    assert not progress.isVisible()
    assert "还在打印队列里" in person.window.toast.words()
    person.settle()  # a step that was under way still counts
    printer.print_out()
    person.until(lambda: [state for state, _, _ in rows(desk)].count("done") == WINDOW * 2)
    person.until(lambda: person.window.status.queue_words() == f"打印队列 {20 - WINDOW * 2} 张")
    assert len(printer.jobs) == WINDOW * 2
    person.window.papers.room.release([row.batch for row in desk.store.prints.rows(("waiting", "made"))])
    person.until(lambda: len(printer.jobs) == 20)
    printer.print_out()
    person.until(lambda: {state for state, _, _ in rows(desk)} == {"done"})


def test_one_press_confirms_what_the_print_system_cannot(
    sit: Sit, desk: Desk, accepted: accepting.Accepted
) -> None:
    clerk = sit_down(desk, "wangli")
    ask(desk, clerk, order(desk, accepted), Wish(printer="柜台"))
    (row,) = desk.store.prints.rows()
    desk.store.prints.change(row.now("sent", row.changed), "waiting")
    person = sit("wangli")
    person.window.papers.room.unsure.emit("1 张已送打印机", (row.id,))
    assert person.window.toast.words() == "1 张已送打印机"
    person.window.toast._button.click()
    person.until(lambda: rows(desk) == [("done", 0, 1)])
    assert desk.store.prints.rows()[0].settled_by == "wangli"
