"""What the frame of the window says is true: entries not sent, the printer there is, why nothing is found."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinterInfo

from tests.ui.conftest import HOUSEHOLD, AtWindow
from yekuo_desktop.office import accepting
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.ports import Drawn
from yekuo_desktop.office.practice.way import sit_down
from yekuo_desktop.ui.dialogs.about import WorksAlone
from yekuo_desktop.ui.dialogs.print_preview import PrintPreview
from yekuo_desktop.ui.tabs.acceptance.tab import AcceptanceTab
from yekuo_desktop.ui.widgets.search_box import TOO_SHORT

Sit = Callable[[str], AtWindow]


def test_every_entry_of_the_journal_waits(sit: Sit, desk: Desk, accepted: accepting.Accepted) -> None:
    entries = desk.store.rebuild()
    assert entries > 1  # the founding, the people, the case, its work order
    person = sit("wangli")
    assert person.window.header.sync_words() == f"离线工作 · 待上传 {entries} 条"
    accepting.register(desk, sit_down(desk, "wangli"), HOUSEHOLD, {})
    person.window.refresh()
    person.settle()
    assert person.window.header.sync_words() == f"离线工作 · 待上传 {entries + 1} 条"
    person.window.header.sync_asked.emit()
    told = person.dialog()
    assert isinstance(told, WorksAlone)
    assert any(
        f"现在待上传 {entries + 1} 条" in label.text() for label in told.findChildren(type(told.heading))
    )
    told.accept()


def printer(monkeypatch: pytest.MonkeyPatch, names: list[str], default: str) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: names)
    monkeypatch.setattr(QPrinterInfo, "defaultPrinterName", lambda: default)


@pytest.mark.parametrize(
    ("names", "default", "last", "words"),
    [
        ([], "", "", "未安装打印机，单据可存为 PDF"),
        ([], "", "老打印机", "未安装打印机，单据可存为 PDF"),
        (["A", "柜台针打"], "柜台针打", "", "打印机 柜台针打（系统默认）"),
        (["A", "B"], "", "", "打印机 A（未设默认，取第一台）"),
        (["A", "B"], "A", "B", "打印机 B（上次使用）"),
        (["A"], "A", "老打印机", "打印机 A（系统默认）"),
    ],
)
def test_the_bottom_line_names_the_printer_there_is(
    sit: Sit,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    names: list[str],
    default: str,
    last: str,
    words: str,
) -> None:
    printer(monkeypatch, names, default)
    desk.store.save_setting("window.printer", last)
    person = sit("wangli")
    person.window.lookout.poll()
    person.until(lambda: person.window.status.words()[0] == words)


def test_a_printer_that_was_plugged_in_is_noticed_after_the_preview(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer(monkeypatch, [], "")
    person = sit("wangli")
    person.window.papers.look()
    assert person.window.status.words()[0].startswith("未安装打印机")
    person.window.registers.day_book()
    book = person.dialog()
    person.window.papers.show("营业日志", Drawn(BLANK, ()))
    preview = person.dialog()
    assert isinstance(preview, PrintPreview)
    printer(monkeypatch, ["A"], "A")
    preview.reject()
    assert person.window.status.words()[0] == "打印机 A（系统默认）"
    book.reject()


BLANK = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>"
)


def test_one_letter_says_that_two_are_needed(sit: Sit, accepted: accepting.Accepted) -> None:
    person = sit("wangli")
    person.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    search = person.window.header.search
    person.bot.keyClicks(search, "z")
    person.until(search.told)
    assert search.told() == TOO_SHORT
    assert search.hits() == ()
    person.press(Qt.Key.Key_Return, widget=search)
    assert person.window.toast.words() == ""
    assert search.text() == "z"
    person.bot.keyClicks(search, "x")
    person.until(search.hits)
    assert [row.customer for row in search.hits()] == ["张秀英"]
    assert search.told() != TOO_SHORT


@pytest.mark.parametrize("typed", ["张", "1"])
def test_one_character_or_digit_is_enough(sit: Sit, accepted: accepting.Accepted, typed: str) -> None:
    person = sit("wangli")
    person.window.look_for()
    search = person.window.header.search
    search.setText(typed)
    search.textEdited.emit(typed)
    person.until(search.hits)


def test_one_letter_leaves_the_list_and_says_why(sit: Sit, accepted: accepting.Accepted) -> None:
    person = sit("wangli")
    person.window.show_stage("acceptance")
    person.settle()
    tab = person.window.deck.tab("acceptance")
    assert isinstance(tab, AcceptanceTab)
    queue = tab.queue
    person.bot.keyClicks(queue.search, "z")
    person.until(lambda: queue._total.text() == TOO_SHORT)
    assert queue.table.model.total == 1
    person.bot.keyClicks(queue.search, "q")
    person.until(lambda: queue.table.model.total == 0)
