"""离线交换包: what waits goes onto a stick, the centre's answer comes from it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.sync_ports import Went
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.errors import words_of
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.buttons import allow, primary, secondary
from yekuo_desktop.ui.widgets.card import text

STEPS = (
    "1. 写出交换包:把待上传的登记和附件写成一个加密文件,存到 U 盘。",
    "2. 把 U 盘带到县中心,由管理员导入,并带回回执文件。",
    "3. 读入回执:本机就知道哪些已收下,并得到中心的更新。",
)
HINT = "没有读入回执之前,登记仍是“待上传”;重复带去也只算一次。文件只有中心能打开。"
KIND_OUT, KIND_IN = "离线交换包 (*.ykp)", "回执 (*.yka *.ykp);;所有文件 (*)"


class SyncParcel(Dialog):
    """``said`` tells what was written or read."""

    said = Signal(str, str)

    def __init__(self, desk: Desk, background: Background, parent: QWidget | None = None) -> None:
        super().__init__("离线交换包", parent, lead="没有网络的供电所,用 U 盘与中心交换。")
        self._desk, self._background = desk, background
        self._waiting = text("", "heading")
        self._out = secondary("写出交换包…", self._ask_out, name="save")
        self._in = primary("读入回执…", self._ask_in, name="folder-open")
        for words in STEPS:
            self.body.addWidget(text(words, wrap=True))
        self.body.addWidget(text(HINT, "quiet", wrap=True))
        self.body.addWidget(self._waiting)
        self.add_buttons(secondary("关闭", self.reject), self._out, self._in)
        self.setMinimumWidth(px(560))
        self._look()

    def write_to(self, path: str) -> None:
        """Write the parcel."""
        self._background.line(
            lambda: self._desk.line.write_parcel(path),
            lambda count: self.said.emit(f"已写出 {count} 条登记到 {path}", "good"),
            self._failed,
            self,
        )

    def read_from(self, path: str) -> None:
        """Read the answer."""
        self._background.line(
            lambda: self._desk.line.read_answer(path),
            self._read,
            self._failed,
            self,
            changed=lambda went: (("office",) if went.office else (), went.cases),
        )

    def _look(self) -> None:
        known, tally = self._desk.store.centre.centre(), self._desk.store.centre.tally()
        why = "" if known else "本机尚未加入中心,请先在 系统 → 连接中心 加入"
        self._waiting.setText(f"现在待上传 {tally.unsent} 条,附件 {tally.files} 个")
        for button in (self._out, self._in):
            allow(button, why)
        if why:
            self.notice.say(why, "notice")

    def _ask_out(self) -> None:
        day = self._desk.clock().astimezone(CHINA)
        name = f"交换包-{self._desk.store.identity.terminal}-{day:%Y%m%d-%H%M}.ykp"
        path, _ = QFileDialog.getSaveFileName(self, "写出交换包", name, KIND_OUT)
        if path:
            self.write_to(path)

    def _ask_in(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "读入回执", "", KIND_IN)
        if path:
            self.read_from(path)

    def _read(self, went: Went) -> None:
        self._look()
        if went.trouble:
            self.notice.say(went.trouble)
        else:
            self.said.emit(f"回执已读入:中心收下 {went.sent} 条,下载更新 {went.read} 条", "good")

    def _failed(self, error: Exception) -> None:
        self.notice.say(words_of(error))
