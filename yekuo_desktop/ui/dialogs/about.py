"""What this program is, its version and the licences of what it is made of; and why it works alone."""

from importlib.metadata import version

from PySide6.QtCore import Signal, qVersion
from PySide6.QtWidgets import QWidget

from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.buttons import primary, secondary
from yekuo_desktop.ui.widgets.card import text

PARTS = (
    "Qt 与 PySide6（LGPL-3.0）",
    "SQLite 与 SQLCipher（公有领域、BSD）",
    "ReportLab（BSD）、pypdfium2（BSD、Apache-2.0）",
    "Noto Sans SC、Noto Serif SC（OFL-1.1）",
    "Lucide 图标（ISC）",
)
ALONE = (
    "这台电脑还没有加入县中心，没有上传和下载。",
    "您办的每一件业务都已经加密保存在这台电脑上，不会因为断网而停办或丢失。",
    "“待上传”是本机日志里还没有送到中心的条数。加入中心后会按顺序自动补传，不需要重新录入。",
    "在此之前，请按所里的规定备份数据文件夹。",
)


class About(Dialog):
    """Version and licences."""

    def __init__(self, folder: str, parent: QWidget | None = None) -> None:
        lead = "县级供电企业业扩报装柜台程序：从客户申请到送电归档，断网也能办。"
        super().__init__("业扩报装", parent, lead=lead)
        self.setWindowTitle("关于业扩报装")
        self.body.addWidget(text(f"版本 {version('yekuo-desktop')}　Qt {qVersion()}"))
        place = text(f"数据文件夹 {folder}", "quiet", wrap=True)
        self.body.addWidget(place)
        for part in PARTS:
            self.body.addWidget(text(part, "caption"))
        _closing(self)


class WorksAlone(Dialog):
    """What the sync light means while there is no centre."""

    join_wanted = Signal()

    def __init__(self, waiting: int, parent: QWidget | None = None) -> None:
        super().__init__("离线工作", parent)
        for words in ALONE:
            self.body.addWidget(text(words, wrap=True))
        self.body.addWidget(text(f"现在待上传 {waiting} 条。", "heading"))
        self.add_left(secondary("连接中心…", self._join, name="cloud-check"))
        _closing(self)

    def _join(self) -> None:
        self.accept()
        self.join_wanted.emit()


def _closing(dialog: Dialog) -> None:
    close = primary("知道了", dialog.accept)
    dialog.add_buttons(close, default=close)
    dialog.setMinimumWidth(px(460))
