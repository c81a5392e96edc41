"""从 Excel 受理: choose a list, say what it leaves out, look at every row, then accept them."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.lists.reading import ListTable
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.list_check import (
    RowCheck,
    accept_checked,
    answer_path,
    check_list,
)
from yekuo_desktop.office.list_files import ListFiles
from yekuo_desktop.office.lists import ListResult
from yekuo_desktop.ui.background import Background, Cancelled, Job
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.dialogs.list_options import ListOptions
from yekuo_desktop.ui.dialogs.list_rows import BEFORE, READY, WRONG, Line, row_columns
from yekuo_desktop.ui.errors import words_of
from yekuo_desktop.ui.widgets.buttons import Pill, PillBar, allow, primary, secondary
from yekuo_desktop.ui.widgets.card import row, text
from yekuo_desktop.ui.widgets.empty import Empty
from yekuo_desktop.ui.widgets.progress_strip import ProgressStrip
from yekuo_desktop.ui.widgets.table import Table

LEAD = "95598 或村里报来的清单：先逐行检查，看过再受理。答复清单保存在原清单旁边，原清单不改动。"
EMPTY = ("还没有选择清单", "按 Ctrl+O 选择 Excel 或 CSV 文件；没有现成的清单，可先下载空白模板填写")
KINDS = "清单 (*.xlsx *.xls *.csv)"
BOOK = "Excel 工作簿 (*.xlsx)"
ALL = "all"
PILLS = (Pill(ALL, "全部"), Pill(READY, "可受理"), Pill(WRONG, "有问题", "error"), Pill(BEFORE, "此前已受理"))
PAUSE_MS = 150  # between a choice and the next look at the rows


class ListImport(Dialog):
    """Stays open for the next list; ``said`` tells what was done."""

    said = Signal(str, str)

    def __init__(
        self,
        desk: Desk,
        session: Session,
        background: Background,
        files: ListFiles,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("从 Excel 受理", parent, lead=LEAD)
        self._desk, self._session, self._background, self._files = desk, session, background, files
        self._path, self._answer = "", ""
        self._list: ListTable | None = None
        self._lines: Sequence[Line] = ()
        self._job: Job | None = None
        self.accepting = False
        self.options = ListOptions(desk, desk.reference.owed_until(desk.clock().astimezone(CHINA).date()))
        self.pills = PillBar(PILLS)
        columns = row_columns(desk.store.organisation())
        self.table = Table(columns, "清单各行", Empty("file-spreadsheet", *EMPTY), whole=True)
        self.progress = ProgressStrip()
        self._file: QLabel = text("", "quiet")
        self._choose = secondary("选择清单…", self.ask_list, name="folder-open")
        self._choose.setShortcut("Ctrl+O")
        self._template = secondary("空白模板…", self.ask_template, name="download")
        self._show_answer = secondary("打开答复清单", self._open_answer, name="file-spreadsheet")
        self._accept = primary("受理", self.accept_rows, name="check", shortcut="F9")
        self._later = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._build()
        self._connect()
        self._tell()

    def ask_list(self) -> None:
        """Choose a file."""
        path, _ = QFileDialog.getOpenFileName(self, "选择清单", "", KINDS)
        if path:
            self.open_list(path)

    def open_list(self, path: str) -> None:
        """Read a list and look at its rows."""
        self._path, self._list, self._lines, self._answer = path, None, (), ""
        self._file.setText(Path(path).name)
        self.notice.say("")
        self._background.files(lambda: self._files.read(self._desk, path), self._was_read, self._failed, self)

    def check(self) -> None:
        """Look at every row again, as it would be accepted with what is chosen now."""
        if self._list is None or self.accepting:
            return
        self._stop()
        desk, session, table, given = self._desk, self._session, self._list, self.options.given()
        self._job = self._background.job(
            "检查清单",
            lambda told: check_list(desk, session, table, given, told),
            self._checked,
            self._check_failed,
            self,
        )
        self._tell()

    def accept_rows(self) -> None:
        """Accept what can be accepted; the answer goes beside the list."""
        if self._list is None:
            return
        desk, session, table, given = self._desk, self._session, self._list, self.options.given()
        answer, files = answer_path(self._path), self._files
        self.accepting, self._answer = True, answer
        self.notice.say("")
        self._job = self._background.job(
            "受理清单",
            lambda told: accept_checked(desk, session, table, given, answer, files, told),
            self._accepted,
            self._failed,
            self,
            changed=lambda _result: (("case.accepted",), ()),
        )
        self._tell()

    def ask_template(self) -> None:
        """Save an empty list."""
        path, _ = QFileDialog.getSaveFileName(self, "保存空白模板", "用电申请清单.xlsx", BOOK)
        if path:
            self._background.files(
                lambda: self._files.write_template(path),
                lambda _none: self.notice.say(f"空白模板已保存到 {path}", "notice"),
                self._failed,
                self,
            )

    def reject(self) -> None:
        """While rows are being accepted, closing first stops after the current row."""
        if self.accepting:
            self._stop()
            self.notice.say("正在停止：当前这一行办完后写答复清单", "notice")
            return
        self._stop()
        super().reject()

    def _was_read(self, table: ListTable) -> None:
        self._list = table
        for words in _remarks(table):
            self.notice.say(words, "notice")
        self.check()

    def _checked(self, rows: Sequence[RowCheck]) -> None:
        self._job, self._lines = None, [Line(check) for check in rows]
        self._answer = ""
        if any(line.kind == WRONG for line in self._lines):
            self.pills.choose(WRONG)
        self._show()

    def _accepted(self, result: ListResult) -> None:
        self.accepting, self._job = False, None
        ends = {end.row: end for end in result.rows}
        self._lines = [line._replace(result=ends.get(line.check.row)) for line in self._lines]
        self.pills.choose(ALL)
        self._show()
        stopped = "，其余未办" if result.stopped else ""
        words = f"已受理 {result.accepted} 行，未受理 {result.refused} 行{stopped}"
        self.notice.say(f"{words}。答复清单：{self._answer}。工单请按 F4 交接", "notice")
        self.said.emit(words, "warning" if result.refused or result.stopped else "good")

    def _show(self) -> None:
        for id_ in (READY, WRONG, BEFORE):
            self.pills.set_count(id_, sum(line.kind == id_ for line in self._lines))
        self.pills.set_count(ALL, len(self._lines))
        self._filter()
        self._tell()

    def _filter(self) -> None:
        wanted = self.pills.current()
        self.table.set_rows([line for line in self._lines if wanted in (ALL, line.kind)])

    def _tell(self) -> None:
        ready = sum(line.check.ready and line.result is None for line in self._lines)
        done = any(line.result for line in self._lines)
        self._accept.setText(f"受理 {ready} 行  F9" if ready else "受理  F9")
        self._accept.setShortcut("F9")
        allow(self._accept, self._obstacle(ready, done))
        self._show_answer.setVisible(done)
        for widget in (self.options, self._choose):
            widget.setEnabled(not self.accepting)

    def _obstacle(self, ready: int, done: bool) -> str:
        if self._list is None:
            return "请先选择清单"
        if self._job is not None:
            return "正在受理" if self.accepting else "正在检查"
        if done:
            return "这份清单已经办过；改好后请重新选择"
        return self.options.obstacle() or ("" if ready else "没有可以受理的行，请按说明改好清单")

    def _stop(self) -> None:
        if self._job is not None:
            self._background.cancel(self._job.number)

    def _check_failed(self, error: Exception) -> None:
        if not isinstance(error, Cancelled):
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        self.accepting, self._job, self._answer = False, None, ""
        self.notice.say(words_of(error))
        self._show()

    def _open_answer(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._answer))

    def _connect(self) -> None:
        self.options.changed.connect(self._later.start)
        self.options.changed.connect(self._tell)
        self._later.timeout.connect(self.check)
        self.pills.chosen.connect(lambda _id: self._filter())
        self._background.started.connect(self.progress.begin)
        self._background.progressed.connect(self.progress.advance)
        self._background.ended.connect(self.progress.end)
        self.progress.cancelled.connect(self._background.cancel)

    def _build(self) -> None:
        self.body.addLayout(row(self._choose, self._file, None, self._template))
        self.body.addWidget(self.options)
        self.body.addWidget(self.pills)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.progress)
        self.add_buttons(secondary("关闭", self.reject), self._show_answer, self._accept)
        self.wide(1240, 700)
        self._choose.setFocus(Qt.FocusReason.OtherFocusReason)


def _remarks(table: ListTable) -> Sequence[str]:
    """What the reader left out, in one line; nothing where it read everything."""
    parts = []
    if table.unknown:
        parts.append(f"没有读的栏目：{'、'.join(table.unknown)}")
    if table.totals_skipped:
        parts.append(f"跳过合计行 {table.totals_skipped} 行")
    if table.other_sheets:
        parts.append(f"另有工作表没有读：{'、'.join(table.other_sheets)}")
    return ("；".join(parts),) if parts else ()
