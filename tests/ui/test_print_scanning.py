"""A scanned sheet in the search box: its case opens, and the window says what the sheet is worth."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from tests.paper.reading import codes_of
from tests.ui.conftest import AtWindow
from yekuo_desktop.office import accepting, printing
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.handover import hand_over, sign
from yekuo_desktop.office.practice.way import sit_down
from yekuo_desktop.ui.dialogs.handover import HandOver

Sit = Callable[[str], AtWindow]


def printed_code(desk: Desk, accepted: accepting.Accepted) -> str:
    """What stands in the QR code of the printed work order."""
    pdf = printing.draw_copy(desk, "王丽", accepted.case.id, accepted.sheets[0].sheet_no, 1, 0).pdf
    (text,) = codes_of(pdf)
    return text


def scan(person: AtWindow, text: str) -> None:
    """A scanner types into the search box and presses Enter."""
    person.window.look_for()
    search = person.window.header.search
    search.clear()
    person.bot.keyClicks(search, text)
    person.press(Qt.Key.Key_Return, widget=search)


def test_a_clerk_reads_that_it_is_genuine(sit: Sit, desk: Desk, accepted: accepting.Accepted) -> None:
    person = sit("wangli")
    scan(person, printed_code(desk, accepted))
    person.until(lambda: person.window.toast.words() == "《业扩报装工单》有效:2026-03-10 09:30 出具,第 1 份")
    assert person.window.deck.shown == "acceptance"
    assert person.dialogs == []


def test_a_false_sheet_cannot_be_overlooked_nor_signed_for(
    sit: Sit, desk: Desk, accepted: accepting.Accepted
) -> None:
    person = sit("liming")
    text = printed_code(desk, accepted)
    scan(person, text[:-1] + ("A" if text[-1] != "A" else "B"))
    box = person.dialog()
    assert isinstance(box, QMessageBox)
    assert box.icon() == QMessageBox.Icon.Critical
    assert box.text().startswith("《业扩报装工单》伪造或被改动:")
    person.bot.keyClick(box, Qt.Key.Key_Return)
    person.settle()
    case = desk.store.case(accepted.case.id)
    assert case is not None
    assert case.delivery is not None
    assert case.delivery.received is None
    scan(person, text)
    offer = person.dialog()
    assert isinstance(offer, QMessageBox)
    assert offer.windowTitle() == "签收工单"
    assert "有效" in offer.informativeText()
    offer.reject()


def test_a_void_sheet_says_what_counts_instead(sit: Sit, desk: Desk, accepted: accepting.Accepted) -> None:
    clerk, text = sit_down(desk, "wangli"), printed_code(desk, accepted)
    printing.void(desk, clerk, accepted.case.id, accepted.sheets[0].sheet_no, "户名写错")
    fresh = printing.issue(desk, clerk, accepted.case.id, "work_order")
    person = sit("liming")
    scan(person, text)
    said = f"《业扩报装工单》已作废:户名写错,现行的是 {fresh.sheet_no}"
    person.until(lambda: person.window.toast.words() == said)
    assert person.dialogs == []  # the void sheet is not offered for signing


def test_a_sheet_of_another_station_is_said_to_be_unknown(sit: Sit) -> None:
    person = sit("wangli")
    scan(person, "YEKUO:2:YK4101-XX09-260310-0001-1:AAA:1.1.0:ABCDEFGHIJKL")
    person.until(lambda: "无法核验" in person.window.toast.words())


def test_a_hand_over_list_opens_what_is_to_be_signed_for(
    sit: Sit, desk: Desk, accepted: accepting.Accepted
) -> None:
    made = hand_over(desk, sit_down(desk, "wangli"), [accepted.case.id], "赵军")
    (text,) = codes_of(made.drawn.pdf)
    assert made.list_no in text
    person = sit("liming")
    scan(person, text)
    dialog = person.dialog()
    assert isinstance(dialog, HandOver)
    person.until(lambda: f"{made.list_no}：还有 1 张工单没有签收" in person.window.toast.words())
    dialog.reject()
    sign(desk, sit_down(desk, "liming"), accepted.case.number)
    scan(person, text)
    person.until(lambda: "工单都已签收" in person.window.toast.words())
