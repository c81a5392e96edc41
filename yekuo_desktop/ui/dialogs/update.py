"""更新程序: which program runs, a signed package from a USB stick, and the way back to the former one."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.updating import Signed, Standing, called
from yekuo_desktop.ui.background import Background, Progress
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.errors import words_of
from yekuo_desktop.ui.ports import Updates
from yekuo_desktop.ui.widgets.buttons import allow, primary, secondary
from yekuo_desktop.ui.widgets.card import text

LEAD = "更新包由发布单位签名,可以用 U 盘带来。安装前自动备份,上一版保留,不需要系统管理权限。"
KIND = "业扩更新包 (*.yekuo-update)"
FIRST = "请先选更新包"
NO_WAY_BACK = "没有可以退回的上一版"


class UpdateDialog(Dialog):
    """What is chosen is checked at once; nothing of the running program is touched."""

    said = Signal(str, str)

    def __init__(
        self,
        updates: Updates,
        desk: Desk,
        background: Background,
        why_not: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """``why_not``: why this person may not change the program, "" when he may."""
        super().__init__("更新程序", parent, lead=LEAD)
        self._updates, self._desk, self._background = updates, desk, background
        self._why_not, self._file = why_not, ""
        self._now, self.found = text("", wrap=True), text("", "heading", wrap=True)
        self.notes = text("", "quiet", wrap=True)
        for widget in (self._now, self.found, self.notes):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self._choose = secondary("选择更新包…", self._ask_file, name="folder-open")
        self.back = secondary("退回上一版", self.go_back, name="history")
        self.yes = primary("备份并安装", self.install, name="download")
        allow(self._choose, why_not)
        allow(self.yes, why_not or FIRST)
        self.add_left(self.back)
        self.add_buttons(secondary("关闭", self.reject), self._choose, self.yes)
        self.wide(640, 300)
        self._look()

    def choose(self, file: str) -> None:
        """Check a package and say what it brings."""
        self._file = file
        self.found.setText("正在检查更新包…")
        allow(self.yes, "正在检查更新包")
        self._background.files(partial(self._updates.look, file), self._show, self._refused, self)

    def install(self) -> None:
        """Back up and put it in."""
        allow(self.yes, "正在安装")
        file = self._file

        def work(progress: Progress) -> Signed:
            return self._updates.install(self._desk, file, progress)

        self._background.job("更新程序", work, self._installed, self._refused, self)

    def go_back(self) -> None:
        """The former one with the next start."""
        self._background.files(self._updates.go_back, self._went_back, self._refused, self)

    def _look(self) -> None:
        self._background.files(self._updates.standing, self._stand, self._refused, self)

    def _stand(self, found: Standing) -> None:
        words = [f"正在运行:版本 {found.running}"]
        if found.next != found.running:
            words.append(f"下次启动:{called(found.next)}")
        if found.failed:
            words.append(f"版本 {found.failed} 两次没能启动,已自动退回")
        self._now.setText(";".join(words))
        self.back.setToolTip("" if found.former is None else f"下次启动改用{called(found.former)}")
        allow(self.back, self._why_not or (NO_WAY_BACK if found.former is None else ""))

    def _show(self, signed: Signed) -> None:
        release = signed.release
        self.found.setText(f"版本 {release.version}({release.made[:10]},{signed.signer}),签名正确,可以安装")
        self.notes.setText(release.notes)
        self.notice.say("")
        allow(self.yes, self._why_not)

    def _installed(self, signed: Signed) -> None:
        words = f"版本 {signed.release.version} 已装好,关闭程序再打开就是新版"
        self.found.setText(words)
        self.said.emit(words, "good")
        allow(self.yes, FIRST)
        self._look()

    def _went_back(self, found: Standing) -> None:
        self.found.setText(f"已退回,关闭程序再打开就是{called(found.next)}")
        self.notes.setText("")
        self._stand(found)

    def _refused(self, error: Exception) -> None:
        self.found.setText("")
        self.notes.setText("")
        self.notice.say(words_of(error))
        allow(self.yes, self._why_not or FIRST)

    def _ask_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "选择更新包", "", KIND)
        if path:
            self.choose(path)
