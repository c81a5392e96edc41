"""Joining a centre: its address and the one-time code its administrator gave out."""

from PySide6.QtWidgets import QWidget

from yekuo_desktop.office.desk import Desk
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.errors import problems_of
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.buttons import primary, secondary
from yekuo_desktop.ui.widgets.card import text
from yekuo_desktop.ui.widgets.inputs import Fields, entry

LEAD = "加入后,本机的登记会按顺序自动上传,别的供电所的更新会自动下载;断网时照常办理。"
HINT = "加入码一次有效。本机已有数据,请向管理员要“自带数据”的加入码(以 NEW 开头)。"


class SyncJoin(Dialog):
    """Accepted once the centre has taken this computer."""

    def __init__(self, desk: Desk, background: Background, parent: QWidget | None = None) -> None:
        super().__init__("连接中心", parent, lead=LEAD)
        self._desk, self._background = desk, background
        self.url, self.code = entry("中心地址", "https://yekuo.example.cn"), entry("加入码", "NEW-XXXXX-…")
        self.fields = Fields()
        self._go = primary("加入", self.join, name="cloud-check")
        known = desk.store.centre.centre()
        self.fields.add("url", "中心地址", self.url)
        self.fields.add("code", "加入码", self.code)
        self.body.addWidget(self.fields)
        self.body.addWidget(text(HINT, "quiet", wrap=True))
        if known is not None:
            self.url.setText(known.url)
            self.notice.say("本机已经加入中心;只有更换中心地址时才需要再次加入。", "notice")
        self.add_buttons(secondary("取消", self.reject), self._go, default=self._go)
        self.setMinimumWidth(px(520))

    def join(self) -> None:
        """Ask the centre; what is wrong stands beside its field."""
        url, code = self.url.text(), self.code.text()
        self._go.setEnabled(False)
        self._background.line(
            lambda: self._desk.line.join(url, code), lambda _: self.accept(), self._failed, self
        )

    def _failed(self, error: Exception) -> None:
        self._go.setEnabled(True)
        rest = self.fields.show_problems(problems_of(error))
        self.notice.say("；".join(problem.text for problem in rest))
