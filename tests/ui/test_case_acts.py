"""What is done with a case besides its stage: files, sheets reprinted, voided, another manager, a pause."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget

from tests.ui.conftest import AtWindow
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.qr import sheet_code
from yekuo_desktop.office import accepting
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.handover import sign
from yekuo_desktop.office.practice.way import sit_down
from yekuo_desktop.ui.case.case_view import CaseView
from yekuo_desktop.ui.dialogs.case_reason import ChoiceReasonDialog, ReasonDialog
from yekuo_desktop.ui.dialogs.print_preview import PrintPreview
from yekuo_desktop.ui.tabs.acceptance.tab import AcceptanceTab

Sit = Callable[[str], AtWindow]
CTRL = Qt.KeyboardModifier.ControlModifier


class AtCase:
    """A person before an accepted case."""

    def __init__(self, person: AtWindow, desk: Desk, case_id: str) -> None:
        self.person, self.desk, self.id = person, desk, case_id
        person.window.finder.open_case(case_id)
        person.settle()
        tab = person.window.deck.tab("acceptance")
        assert isinstance(tab, AcceptanceTab)
        self.view: CaseView = tab.case_view

    @property
    def case(self) -> Case:
        found = self.desk.store.case(self.id)
        assert found is not None
        return found

    def turn_to(self, page: QWidget) -> None:
        """To an inner page by Ctrl+PgDn; the keyboard stays where it was."""
        while self.view.pages.currentWidget() is not page:
            self.person.press(Qt.Key.Key_PageDown, CTRL)

    def dialog(self, kind: type[QDialog]) -> Any:
        """The dialog of an act, a child of the case."""
        self.person.settle()
        (found,) = [w for w in self.view.findChildren(kind) if w.isVisible()]
        return found

    def confirm(self, dialog: Any, reason: str) -> None:
        """Type a reason and press the button."""
        self.person.bot.keyClicks(dialog.reason.input, reason)
        dialog.confirm.click()
        self.person.settle()

    def press(self, words: str, at: int = 0) -> None:
        """Press one of the buttons of that name that are shown."""
        self.person.until(lambda: len(self.buttons(words)) > at)
        self.buttons(words)[at].click()
        self.person.settle()

    def buttons(self, words: str) -> list[QPushButton]:
        """The buttons of that name that are shown."""
        found: Any = self.view.findChildren(QPushButton)
        return [button for button in found if button.text() == words and button.isVisible()]

    def shows(self, words: str) -> bool:
        """Wait until a text is shown."""

        def shown() -> bool:
            labels: Any = self.view.findChildren(QLabel)
            return any(words in label.text() for label in labels if label.isVisible())

        self.person.until(shown)
        return True

    def choose(self, kind: str) -> None:
        """An entry behind 更多."""
        self.view.bar._actions[kind].trigger()
        self.person.settle()


@pytest.fixture
def clerk(sit: Sit, desk: Desk, accepted: accepting.Accepted) -> AtCase:
    return AtCase(sit("wangli"), desk, accepted.case.id)


def picture() -> QImage:
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    return image


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drag(page: QWidget, data: QMimeData) -> bool:
    """Drag over the page and, where it is taken, drop."""
    args = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    over = QDragEnterEvent(QPointF(5, 5).toPoint(), *args)
    over.setAccepted(False)
    QApplication.sendEvent(page, over)
    if over.isAccepted():
        QApplication.sendEvent(page, QDropEvent(QPointF(5, 5), *args))
    return over.isAccepted()


def test_a_screenshot_is_pasted_wherever_the_keyboard_is(clerk: AtCase) -> None:
    clerk.turn_to(clerk.view.attachments)
    QGuiApplication.clipboard().setImage(picture())
    clerk.person.press(Qt.Key.Key_V, CTRL)
    (file,) = clerk.case.attachments
    assert file.name == "截图 03-10 09.30.00.png"
    content = clerk.desk.store.blob(file.sha256)
    assert content is not None
    assert QImage.fromData(content).size() == picture().size()
    assert "已添加 截图" in clerk.person.window.toast.words()
    assert clerk.shows("截图 03-10 09.30.00.png")


def test_ctrl_v_attaches_nothing_while_another_page_shows(clerk: AtCase) -> None:
    QGuiApplication.clipboard().setImage(picture())
    clerk.person.press(Qt.Key.Key_V, CTRL)
    assert clerk.case.attachments == ()


def test_files_are_pasted_for_their_material(clerk: AtCase, tmp_path: Path) -> None:
    clerk.turn_to(clerk.view.attachments)
    page = clerk.view.attachments
    material = clerk.view.facts().wanted[0]  # type: ignore[union-attr]
    page._material.set_value(material.id)
    for name in ("身份证正面.jpg", "身份证反面.jpg"):
        (tmp_path / name).write_bytes(name.encode())
    QGuiApplication.clipboard().setMimeData(files(tmp_path / "身份证正面.jpg", tmp_path / "身份证反面.jpg"))
    clerk.person.press(Qt.Key.Key_V, CTRL)
    assert [(f.name, f.media_type, f.material) for f in clerk.case.attachments] == [
        ("身份证正面.jpg", "image/jpeg", material.id),
        ("身份证反面.jpg", "image/jpeg", material.id),
    ]
    assert clerk.shows(f"资料:{material.label}")


def test_an_empty_clipboard_is_said(clerk: AtCase) -> None:
    clerk.turn_to(clerk.view.attachments)
    QGuiApplication.clipboard().setText("只有文字")
    clerk.person.press(Qt.Key.Key_V, CTRL)
    assert clerk.view.attachments._problem.text() == "剪贴板里没有图片或文件"
    assert clerk.case.attachments == ()


def test_files_are_dropped_and_folders_refused(clerk: AtCase, tmp_path: Path) -> None:
    clerk.turn_to(clerk.view.attachments)
    page = clerk.view.attachments
    (tmp_path / "产权证.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "文件夹").mkdir()
    assert not drag(page, QMimeData())
    assert drag(page, files(tmp_path / "产权证.pdf", tmp_path / "文件夹"))
    clerk.person.settle()
    assert [file.name for file in clerk.case.attachments] == ["产权证.pdf"]
    assert "文件夹" in page._problem.text()


def test_nothing_is_dropped_on_a_case_that_takes_no_files(clerk: AtCase, tmp_path: Path) -> None:
    clerk.choose("case.withdrawn")
    clerk.confirm(clerk.dialog(ReasonDialog), "by the customer")
    clerk.turn_to(clerk.view.attachments)
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    assert not drag(clerk.view.attachments, files(tmp_path / "a.pdf"))
    QGuiApplication.clipboard().setImage(picture())
    clerk.person.press(Qt.Key.Key_V, CTRL)
    assert clerk.case.attachments == ()
    assert clerk.view.attachments._problem.text()


def test_a_reprint_has_its_reason_and_is_marked(clerk: AtCase) -> None:
    clerk.turn_to(clerk.view.papers)
    clerk.press("补打")
    dialog = clerk.dialog(ReasonDialog)
    dialog.confirm.click()
    assert dialog._problem.text() == "请写明原因"
    dialog._use("原件污损")
    dialog.confirm.click()
    preview = clerk.person.dialog()
    assert isinstance(preview, PrintPreview)
    clerk.person.until(lambda: preview.count)
    preview.reject()
    paper = clerk.case.papers[0]
    assert paper.reprints == 1
    assert clerk.shows("补打 1 次")
    clerk.press("补打")
    clerk.confirm(clerk.dialog(ReasonDialog), "lost again")
    clerk.person.dialog().reject()
    assert clerk.case.papers[0].reprints == 2


def test_a_void_sheet_stays_and_can_only_be_looked_at(clerk: AtCase) -> None:
    clerk.turn_to(clerk.view.papers)
    sheets = len(clerk.case.papers)
    clerk.press("作废")
    clerk.confirm(clerk.dialog(ReasonDialog), "smeared")
    void = clerk.case.papers[0]
    assert (void.form, void.void) == ("work_order", "smeared")
    assert len(clerk.case.papers) == sheets
    assert clerk.shows("已作废:smeared")
    assert len(clerk.buttons("作废")) == sheets - 1


def test_a_new_work_order_after_a_void_one_is_what_the_manager_signs(
    clerk: AtCase, desk: Desk, accepted: accepting.Accepted
) -> None:
    clerk.turn_to(clerk.view.papers)
    clerk.press("作废")
    clerk.confirm(clerk.dialog(ReasonDialog), "smeared")
    clerk.press("业扩报装工单")
    clerk.person.dialog().reject()
    new = clerk.case.standing("work_order")[-1]
    case = sign(desk, sit_down(desk, "liming"), sheet_code(new.sheet_no, clerk.case.number), "scan")
    assert case.delivery is not None
    assert case.delivery.received_by == "liming"


def test_another_project_manager_takes_the_order(clerk: AtCase, desk: Desk) -> None:
    clerk.choose("work_order.reassigned")
    dialog = clerk.dialog(ChoiceReasonDialog)
    assert "liming" not in dialog._ids
    edit = dialog.choice.input
    edit.setFocus()
    edit.selectAll()
    clerk.person.bot.keyClicks(edit, "zf")
    clerk.person.bot.keyClick(edit, Qt.Key.Key_Return)
    assert dialog.choice.value() == "zhoufang"
    clerk.confirm(dialog, "liming is ill")
    case = clerk.case
    assert case.project_manager == "zhoufang"
    assert case.delivery is not None
    assert (case.delivery.project_manager, case.delivery.dispatched) == ("zhoufang", None)
    assert "已改派" in clerk.person.window.toast.words()
    assert clerk.shows("工单待交项目经理 周芳")
    assert clerk.view.facts().history[-1].words == "改派项目经理:liming is ill"  # type: ignore[union-attr]


def test_a_reassignment_to_nobody_is_refused_and_keeps_what_was_typed(clerk: AtCase) -> None:
    clerk.choose("work_order.reassigned")
    dialog = clerk.dialog(ChoiceReasonDialog)
    dialog.choice.input.clear()
    clerk.confirm(dialog, "for a reason")
    assert dialog._problem.text() == "请选择项目经理"
    assert dialog.reason.value() == "for a reason"
    dialog.reject()
    assert clerk.case.project_manager == "liming"


def test_a_pause_has_its_reason_and_f9_goes_on(clerk: AtCase, clock: Any) -> None:
    person, bar = clerk.person, clerk.view.bar
    bar.pause.click()
    dialog = clerk.dialog(ChoiceReasonDialog)
    assert dialog.choice.value() == "customer_side"
    dialog.confirm.click()
    assert dialog._problem.text() == "请写明原因"
    clerk.confirm(dialog, "customer is away")
    assert "证明材料" in dialog._problem.text()
    assert clerk.case.state == "open"
    person.bot.keyClicks(dialog.evidence.input, "letter no. 7")
    dialog.confirm.click()
    person.settle()
    assert clerk.case.state == "suspended"
    assert bar.primary.text() == "恢复办理  F9"
    assert not bar.pause.isVisible()  # to go on is said once
    assert clerk.shows("已暂停")
    clock.advance(days=2)
    person.press(Qt.Key.Key_F9)
    clerk.confirm(clerk.dialog(ReasonDialog), "customer is back")
    assert clerk.case.state == "open"
    assert bar.pause.isVisible()
    pause = clerk.case.pauses[-1]
    assert pause.end is not None
    assert (pause.end - pause.start).days == 2
    words = "".join(line.words for line in clerk.view.facts().history)  # type: ignore[union-attr]
    assert "customer is away" in words
    assert "customer is back" in words


def test_an_auditor_changes_nothing(sit: Sit, desk: Desk, accepted: accepting.Accepted) -> None:
    auditor = AtCase(sit("luoxin"), desk, accepted.case.id)
    assert not auditor.view.bar.pause.isEnabled()
    assert auditor.view.bar.pause.toolTip()
    auditor.turn_to(auditor.view.papers)
    auditor.person.until(lambda: auditor.buttons("补打"))
    for button in (*auditor.buttons("补打"), *auditor.buttons("作废")):
        assert not button.isEnabled()
        assert button.toolTip()
