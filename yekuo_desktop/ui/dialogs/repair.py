"""What a start says when the data cannot be opened: one sentence, and the ways out."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from yekuo_desktop.office.backup_ports import Restored
from yekuo_desktop.office.ports import StoreTrouble
from yekuo_desktop.office.repairing import Surgeon
from yekuo_desktop.office.self_test import WAY_WORDS
from yekuo_desktop.office.self_test_ports import Ailment
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.backup import KIND
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.dialogs.restore import CODE_HINT, RestoreDialog
from yekuo_desktop.ui.errors import words_of
from yekuo_desktop.ui.widgets.buttons import allow, primary, secondary
from yekuo_desktop.ui.widgets.card import text
from yekuo_desktop.ui.widgets.inputs import Fields, entry

MENDS = {"mend": "修复", "marker": "修复", "key": "打开", "code": "打开"}
KEPT = "原来的文件不会被覆盖或删除。"


class StartTrouble(Dialog):
    """Accepted: the store is worth another try."""

    asked = Signal(object)

    def __init__(self, surgeon: Surgeon, background: Background, error: Exception, folder: str) -> None:
        super().__init__("数据打不开", None, lead=KEPT)
        self.setWindowTitle("业扩报装")
        self._surgeon, self._background = surgeon, background
        words = str(error) if isinstance(error, StoreTrouble) else words_of(error)
        self.words, self._way = text(words, wrap=True), text("正在检查…", "quiet", wrap=True)
        self._code = entry("恢复码")
        self._fields = Fields()
        self._fields.add("code", "恢复码", self._code, CODE_HINT)
        self._fields.hide()
        self.body.addWidget(self.words)
        if folder not in words:
            self.body.addWidget(text(f"数据文件夹 {folder}", "quiet", wrap=True))
        self.body.addWidget(self._way)
        self.body.addWidget(self._fields)
        self.add_left(secondary("写出资料包…", self._ask_bundle, name="save"))
        self._back = secondary("用备份恢复…", self._ask_restore, name="history")
        self.main = primary("重试", self.accept, name="refresh-cw")
        self.mending = primary("修复", self.mend, name="settings")
        self.mending.hide()
        self.viewing = False  # accepted, to look only
        self.look = secondary("只读查看", self._view, name="eye")
        self.look.hide()
        self.add_buttons(self._back, self.look, secondary("退出", self.reject), self.mending, self.main)
        self.wide(620, 240)
        self._background.files(partial(surgeon.ailment, error), self._seen, self._failed, self)

    def mend(self) -> None:
        """Set right what can be."""
        allow(self.mending, "正在修复")
        self.notice.say("正在修复,数据多时要几分钟,请不要关机", "notice")
        code = self._code.text().strip()
        self._background.files(lambda: list(self._surgeon.mend(code)), self._mended, self._failed, self)

    def write_bundle(self, path: str) -> None:
        """What support needs."""
        self._background.files(
            partial(self._surgeon.bundle, path),
            lambda _: self.notice.say(f"资料包已写出:{path}。里面没有客户和人员信息", "notice"),
            self._failed,
            self,
        )

    def restore(self, path: str) -> None:
        """Go back to a backup."""
        dialog = RestoreDialog(self._surgeon, self._surgeon.restore, self._background, path, self)
        dialog.restored.connect(self._went_back)
        dialog.finished.connect(dialog.deleteLater)
        self.asked.emit(dialog)
        dialog.open()

    def _seen(self, found: Ailment) -> None:
        self._way.setText(f"怎么办:{WAY_WORDS[found.way]}" if found.way in WAY_WORDS else "")
        self._fields.setVisible(found.way in ("key", "code"))
        self.words.setText(found.words)
        self.look.setVisible(found.way == "view")
        if found.way in MENDS:
            self.mending.setText(MENDS[found.way])
            self.mending.show()
            self.mending.setFocus()
            self.main.hide()

    def _mended(self, done: list[str]) -> None:
        self.notice.say("。".join(done), "notice")
        self._way.setText("已经修好，可以打开了。")
        self.mending.hide()
        self._fields.hide()
        self.main.setText("打开")
        self.main.show()
        self.main.setFocus()

    def _view(self) -> None:
        self.viewing = True
        self.accept()

    def _went_back(self, _restored: Restored) -> None:
        self.accept()

    def _failed(self, error: Exception) -> None:
        allow(self.mending, "")
        self.notice.say(words_of(error))

    def _ask_bundle(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, "写出资料包", "业扩自检资料包.zip", "压缩包 (*.zip)")
        if path:
            self.write_bundle(path)

    def _ask_restore(self) -> None:
        known = self._surgeon.backups()
        start = known[0].path if known else ""
        path, _ = QFileDialog.getOpenFileName(self, "用备份恢复", start, KIND)
        if path:
            self.restore(path)
