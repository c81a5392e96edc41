"""Going back to a backup: what would be missing is shown before, and asked once."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from yekuo_desktop.office.backup_ports import WHY_WORDS, Lost, Preview, Restored
from yekuo_desktop.office.restoring import cost_words
from yekuo_desktop.office.syncing import what_of
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.errors import words_of
from yekuo_desktop.ui.widgets.buttons import allow, primary, secondary
from yekuo_desktop.ui.widgets.card import text
from yekuo_desktop.ui.widgets.columns import Column, moment
from yekuo_desktop.ui.widgets.empty import Empty
from yekuo_desktop.ui.widgets.inputs import Fields, entry
from yekuo_desktop.ui.widgets.table import Table

ASIDE = "现在的数据不会删除,另存在数据文件夹的 replaced 里。"
CODE_HINT = "首次设置时抄在纸上的那一串;大小写、横线不要紧"


class Goes(Protocol):
    """Looks at a backup and goes back to it: raises ``StoreTrouble`` in words."""

    def preview(self, path: str, code: str = "") -> Preview: ...


class RestoreDialog(Dialog):
    """Accepted: the restored store is ready for the next opening."""

    restored = Signal(object)  # Restored

    def __init__(
        self,
        goes: Goes,
        go: Callable[[str, str], Restored],
        background: Background,
        path: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("用备份恢复", parent, lead=ASIDE)
        self._goes, self._go, self._background, self._path = goes, go, background, path
        self._which, self._cost = text("", "quiet", wrap=True), text("正在比较…", "heading", wrap=True)
        self._code = entry("恢复码")
        self._fields = Fields()
        self._fields.add("code", "恢复码", self._code, CODE_HINT)
        self._fields.hide()
        self._code.returnPressed.connect(self.look)
        self.lost = Table(_columns(), "恢复后要补录的", Empty("check", "不会缺少什么", ""), whole=True)
        self.lost.hide()
        for widget in (self._which, self._cost, self._fields):
            self.body.addWidget(widget)
        self.body.addWidget(self.lost, 1)
        self._again = secondary("再看一次", self.look, name="refresh-cw")
        self._again.hide()
        self.yes = primary("恢复并重新打开", self.go, name="history")
        allow(self.yes, "正在比较")
        self.add_buttons(self._again, secondary("取消", self.reject), self.yes)
        self.wide(760, 300)
        self.look()

    def look(self) -> None:
        """What going back would cost."""
        preview = partial(self._goes.preview, self._path, self._code.text().strip())
        self._background.files(preview, self._show, self._refused, self)

    def go(self) -> None:
        """Make the store out of the backup."""
        allow(self.yes, "正在恢复")
        go = partial(self._go, self._path, self._code.text().strip())
        self._background.job("恢复", lambda _progress: go(), self._done, self._refused, self)

    def _show(self, found: Preview) -> None:
        made = found.manifest
        at, why = moment(made.made), WHY_WORDS[made.why]
        self._which.setText(
            f"备份 {at}({why}),终端 {made.terminal},流水 {made.entries} 条,业务 {made.cases} 件"
        )
        self._cost.setText(cost_words(found))
        self.notice.say("")
        self._again.hide()
        self.lost.setVisible(bool(found.entries))
        self.lost.set_rows(found.entries)
        if found.entries:
            self.wide(880, 560)
        allow(self.yes, "")

    def _refused(self, error: Exception) -> None:
        words = words_of(error)
        self._cost.setText("现在不能用这份备份恢复")
        self._fields.setVisible("恢复码" in words)
        self._again.setVisible("恢复码" in words)
        self.notice.say(words)
        allow(self.yes, words)

    def _done(self, restored: Restored) -> None:
        self.accept()
        self.restored.emit(restored)


def _columns() -> tuple[Column, ...]:
    def at(row: Lost) -> str:
        return moment(row.entry.recorded)

    return (
        Column("at", "登记时间", at, 14),
        Column("what", "事项", lambda row: what_of(row.entry), 20, grows=True),
        Column("number", "编号", lambda row: row.number, 27),
        Column("customer", "客户", lambda row: row.customer, 14),
    )
