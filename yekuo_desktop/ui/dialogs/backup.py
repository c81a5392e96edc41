"""备份与恢复: what was kept, another one now, a second place, and the way back."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from yekuo_desktop.office.backup_ports import WHY_WORDS, Backup, Kept
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.ui.background import Background, Progress
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.dialogs.restore import RestoreDialog
from yekuo_desktop.ui.errors import words_of
from yekuo_desktop.ui.widgets.buttons import allow, primary, secondary
from yekuo_desktop.ui.widgets.card import row, text
from yekuo_desktop.ui.widgets.columns import Column, moment
from yekuo_desktop.ui.widgets.empty import Empty
from yekuo_desktop.ui.widgets.table import Table

LEAD = "开机、升级前和每晚自动备份,加密并核对;留 7 天、4 周、12 个月。换电脑时凭恢复码打开。"
KIND = "业扩备份 (*.yekuo-backup)"
ONLY_HERE = "第二份:没有设。本机磁盘坏了,数据和备份会一起没有——请另选一块盘、U 盘或共享文件夹"


class BackupDialog(Dialog):
    """``restored``: another store is ready and wants to be opened."""

    said = Signal(str, str)
    asked = Signal(object)
    restored = Signal(object)  # Restored

    def __init__(
        self, desk: Desk, background: Background, why_not: str = "", parent: QWidget | None = None
    ) -> None:
        """``why_not``: why this person may not restore or choose a place, "" when he may."""
        super().__init__("备份与恢复", parent, lead=LEAD)
        self._desk, self._background, self._why_not = desk, background, why_not
        self.table = Table(_columns(), "备份", Empty("database", "还没有备份", "点“立即备份”"), whole=True)
        self.table.chosen.connect(self._chosen)
        self._place = text("", "quiet", wrap=True)
        self.body.addWidget(self.table, 1)
        self._choose = secondary("第二备份位置…", self._ask_place, name="folder-open")
        place = row(self._place, self._choose)
        place.setStretch(0, 1)
        self.body.addLayout(place)
        self._file = secondary("从文件恢复…", self._ask_file, name="file-text")
        self._back = secondary("恢复到所选…", self._restore_chosen, name="history")
        self.now = primary("立即备份", self.back_up, name="save")
        for button in (self._choose, self._file):
            allow(button, why_not)
        self.add_buttons(secondary("关闭", self.reject), self._file, self._back, self.now, default=self.now)
        self.wide(880, 540)
        self.look()

    def look(self) -> None:
        """Read again what there is."""
        keeper = self._desk.keeper
        self._background.run(
            lambda: (tuple(keeper.backups()), keeper.standing()), self._show, self._failed, self
        )

    def back_up(self) -> None:
        """Another one now, and its copy in the second place."""
        allow(self.now, "正在备份")
        keeper = self._desk.keeper

        def work(progress: Progress) -> Kept:
            return keeper.send_on(keeper.back_up("by_hand", progress))

        self._background.job("备份", work, self._backed_up, self._failed, self)

    def choose_place(self, place: str) -> None:
        """From now on also there."""
        work = partial(self._desk.keeper.choose_place, place)
        self._background.run(work, self._placed, self._failed, self)

    def restore(self, path: str) -> None:
        """Show what going back to a backup would cost, and ask."""
        keeper = self._desk.keeper
        dialog = RestoreDialog(keeper, keeper.prepare, self._background, path, self)
        dialog.restored.connect(self._went_back)
        dialog.finished.connect(dialog.deleteLater)
        self.asked.emit(dialog)
        dialog.open()

    def _went_back(self, restored: object) -> None:
        self.accept()
        self.restored.emit(restored)

    def _show(self, found: tuple[tuple[Backup, ...], Kept]) -> None:
        backups, kept = found
        self.table.set_rows(backups)
        if backups and self.table.current() is None:  # as the list shows it once it has the focus
            self.table.choose(0)
        self._place.setText(_place_words(kept))
        self._chosen(self.table.current())
        allow(self.now, "")

    def _chosen(self, chosen: Backup | None) -> None:
        why = self._why_not or ("请先选一份备份" if chosen is None else chosen.trouble)
        allow(self._back, why)

    def _restore_chosen(self) -> None:
        chosen = self.table.current()
        if isinstance(chosen, Backup):
            self.restore(chosen.path)

    def _ask_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "从文件恢复", "", KIND)
        if path:
            self.restore(path)

    def _ask_place(self) -> None:
        place = QFileDialog.getExistingDirectory(self, "第二备份位置", self._desk.keeper.place())
        if place:
            self.choose_place(place)

    def _backed_up(self, kept: Kept) -> None:
        self.look()
        trouble = kept.trouble or kept.place_trouble
        self.notice.say(trouble, "notice")
        self.said.emit(trouble or "已备份并核对", "warning" if trouble else "good")

    def _placed(self, warning: str) -> None:
        self.notice.say(warning, "notice")
        self.look()

    def _failed(self, error: Exception) -> None:
        allow(self.now, "")
        self.notice.say(words_of(error))


def _place_words(kept: Kept) -> str:
    if not kept.place:
        return ONLY_HERE
    if kept.place_trouble:
        return f"第二份:{kept.place_trouble}"
    return (
        f"第二份:{kept.place},最近 {moment(kept.copied)}"
        if kept.copied
        else f"第二份:{kept.place},下次备份时写入"
    )


def _columns() -> tuple[Column, ...]:
    def result(row: Backup) -> str:
        if row.manifest is None:
            return f"读不出:{row.trouble}"
        notes = f"({'、'.join(row.manifest.notes)})" if row.manifest.notes else ""
        return f"✓ 完好{notes}" if row.good else f"✕ {row.manifest.faults[0]}"

    return (
        Column("at", "时间", lambda row: moment(row.manifest.made) if row.manifest else "—", 16),
        Column("why", "原因", lambda row: WHY_WORDS[row.manifest.why] if row.manifest else "", 8),
        Column("result", "核对结果", result, 24, grows=True, tip=result),
        Column("cases", "业务", lambda row: str(row.manifest.cases) if row.manifest else "", 8, right=True),
        Column(
            "entries", "流水", lambda row: str(row.manifest.entries) if row.manifest else "", 9, right=True
        ),
        Column("size", "大小", lambda row: f"{row.bytes / 1024**2:.1f} MB", 9, right=True),
    )
