"""Lists out of workbooks: choose one, say what it leaves out, look at every row, mend it or leave it out,
then take them. One dialog for every kind of list; what differs is told by its work."""

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from yekuo_desktop.domain.lists.reading import ListRow, ListTable
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.list_check import answer_path
from yekuo_desktop.office.list_files import ListFiles
from yekuo_desktop.ui.background import Background, Cancelled, Job
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.dialogs.list_mend import RowMend
from yekuo_desktop.ui.dialogs.list_rows import ALL, WRONG, Line, pills_of, remarks
from yekuo_desktop.ui.dialogs.list_sorting import NO_LINES, Looked, Taken, looking, taking
from yekuo_desktop.ui.dialogs.list_work import ListWork
from yekuo_desktop.ui.errors import words_of
from yekuo_desktop.ui.widgets.buttons import PillBar, allow, primary, secondary
from yekuo_desktop.ui.widgets.card import row, text
from yekuo_desktop.ui.widgets.empty import Empty
from yekuo_desktop.ui.widgets.progress_strip import ProgressStrip
from yekuo_desktop.ui.widgets.table import Table

EMPTY = ("还没有选择清单", "按 Ctrl+O 选择 Excel 或 CSV 文件；没有现成的清单，可先下载空白模板填写")
KINDS = "清单 (*.xlsx *.xls *.csv)"
BOOK = "Excel 工作簿 (*.xlsx)"
PAUSE_MS = 150  # between a choice and the next look at the rows
LEAVE, TAKE_BACK = "不要这一行  Delete", "恢复这一行  Delete"


class ListImport(Dialog):
    """Stays open for the next list, except where its rows have gone into a form; ``said`` tells what was
    done."""

    said = Signal(str, str)

    def __init__(
        self,
        desk: Desk,
        background: Background,
        files: ListFiles,
        work: ListWork,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(work.title, parent, lead=work.lead)
        self._desk, self._background, self._files, self._work = desk, background, files, work
        self._path, self._answer = "", ""
        self._list: ListTable | None = None
        self._lines = NO_LINES
        self._remarks: Sequence[str] = ()
        self._job: Job | None = None
        self._looked = False  # the rows of this file were looked at before
        self.accepting = False
        self.options = work.options
        verb = work.kind.verb
        self.pills = PillBar(pills_of(work.kind))
        self.table = Table(work.columns(), "清单各行", Empty("file-spreadsheet", *EMPTY), whole=True)
        self.progress = ProgressStrip()
        self._file: QLabel = text("", "quiet")
        self._choose = secondary("选择清单…", self.ask_list, name="folder-open")
        self._choose.setShortcut("Ctrl+O")
        self._template = secondary("空白模板…", self.ask_template, name="download")
        self._mend = secondary("改这一行  Enter", self.mend_row, role="small")
        self._leave = secondary(LEAVE, self.leave_out, role="small")
        self._show_answer = secondary("打开答复清单", self._open_answer, name="file-spreadsheet")
        self._accept = primary(verb, self.accept_rows, name="check", shortcut="F9")
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
        self._path, self._list, self._lines, self._answer, self._looked = path, None, NO_LINES, "", False
        self._file.setText(Path(path).name)
        self.notice.say("")
        desk, kind = self._desk, self._work.kind
        self._background.files(lambda: self._files.read(desk, path, kind), self._was_read, self._failed, self)

    def check(self) -> None:
        """Look at every row again, as it would be taken with what is chosen now."""
        if self._list is None or self.accepting:
            return
        self._stop()
        work = looking(self._work, self._list)
        self._job = self._background.job("检查清单", work, self._checked, self._check_failed, self)
        self._tell()

    def accept_rows(self) -> None:
        """Take what can be taken; the answer goes beside the list."""
        if self._list is None:
            return
        self._answer = answer_path(self._path, self._work.kind.verb)
        changes = self._work.changes
        work = taking(self._work, self._list, self._answer, self._lines)
        self.accepting = True
        self.notice.say("")
        self._job = self._background.job(
            f"{self._work.kind.verb}清单",
            work,
            self._accepted,
            self._failed,
            self,
            changed=(lambda _result: (changes, ())) if changes else None,
        )
        self._tell()

    def mend_row(self) -> None:
        """The current row as a form, with what is wrong beside its fields."""
        line = self.table.current()
        if self._list is None or line is None or self._frozen(line):
            return
        found = self._list.rows[line.check.row - 1]
        fields, sheet = self._work.fields(line.check.values)
        dialog = RowMend(self._desk, self._list, found, line.check, fields, sheet, self)
        sound = not line.check.errors
        dialog.taken.connect(lambda values: self._replace(found.mended(values, sound=sound)))
        dialog.open()

    def leave_out(self) -> None:
        """The chosen rows are not wanted, or wanted again."""
        if self._list is None or self.accepting:
            return
        chosen = [line for line in self.table.selected() if not self._frozen(line)]
        out = not all(line.check.left_out for line in chosen)
        rows = [self._list.rows[line.check.row - 1] for line in chosen]
        if rows:
            self._replace(*(replace(found, left_out=out) for found in rows))

    def ask_template(self) -> None:
        """Save an empty list."""
        kind = self._work.kind
        path, _ = QFileDialog.getSaveFileName(self, "保存空白模板", f"{kind.title}.xlsx", BOOK)
        if path:
            self._background.files(
                lambda: self._files.write_template(path, kind),
                lambda _none: self.notice.say(f"空白模板已保存到 {path}", "notice"),
                self._failed,
                self,
            )

    def reject(self) -> None:
        """While rows are being taken, closing first stops after the current row."""
        if self.accepting:
            self._stop()
            self.notice.say("正在停止：当前这一行办完后写答复清单", "notice")
            return
        self._stop()
        super().reject()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Delete on a row of the list."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Delete:
            if event.type() == QEvent.Type.KeyPress:
                self.leave_out()
            return True
        return super().eventFilter(watched, event)

    def _frozen(self, line: Line) -> bool:
        return self.accepting or line.result is not None or bool(line.check.known)

    def _replace(self, *rows: ListRow) -> None:
        """Other rows in the place of those of the same number, and another look."""
        if self._list is None:
            return
        changed = {found.row: found for found in rows}
        kept = tuple(changed.get(found.row, found) for found in self._list.rows)
        self._list = replace(self._list, rows=kept)
        self.check()

    def _was_read(self, table: ListTable) -> None:
        self._list, self._remarks = table, remarks(table)
        self.check()

    def _checked(self, looked: Looked) -> None:
        self._job, self._lines, checked = None, looked.lines, looked.checked
        self._answer = ""
        self.notice.say("；".join((*self._remarks, *checked.remarks)), "notice")
        wrong = bool(self._lines.wrong)
        if wrong and not self._looked:
            self.pills.choose(WRONG)
        elif not wrong and self.pills.current() == WRONG:
            self.pills.choose(ALL)
        self._looked = True
        self._show()

    def _accepted(self, taken: Taken) -> None:
        self.accepting, self._job, self._lines = False, None, taken.lines
        result = taken.result
        self.pills.choose(ALL)
        self._show()
        verb = self._work.kind.verb
        stopped = "，其余未办" if result.stopped else ""
        words = f"已{verb} {result.accepted} 行，未{verb} {result.refused} 行{stopped}"
        after = self._work.taken(result)
        self.notice.say(f"{words}。答复清单：{self._answer}。{after}", "notice")
        self.said.emit(words, "warning" if result.refused or result.stopped else "good")
        if self._work.whole:
            self.accept()

    def _show(self) -> None:
        for pill, lines in self._lines.by.items():
            self.pills.set_count(pill, len(lines))
        self._filter()
        self._tell()

    def _filter(self) -> None:
        self.table.set_rows(self._lines.by[self.pills.current()])
        self._tell_row()

    def _tell(self) -> None:
        ready, done = self._lines.ready, self._lines.done
        verb = self._work.kind.verb
        self._accept.setText(f"{verb} {ready} 行  F9" if ready else f"{verb}  F9")
        self._accept.setShortcut("F9")
        allow(self._accept, self._obstacle(ready, done))
        self._show_answer.setVisible(done)
        for widget in (self._work.widget(), self._choose):
            widget.setEnabled(not self.accepting)
        self._tell_row()

    def _tell_row(self) -> None:
        """What can be done with the current row."""
        line = self.table.current()
        free = line is not None and not self._frozen(line)
        self._mend.setEnabled(free)
        self._leave.setEnabled(free)
        self._leave.setText(TAKE_BACK if free and line.check.left_out else LEAVE)

    def _obstacle(self, ready: int, done: bool) -> str:
        verb = self._work.kind.verb
        wrong = self._lines.wrong
        if self._list is None:
            return "请先选择清单"
        if self._job is not None:
            return f"正在{verb}" if self.accepting else "正在检查"
        if done:
            return "这份清单已经办过；改好后请重新选择"
        if self._work.whole and wrong:
            return f"还有 {wrong} 行有问题，请改正或不要这几行"
        return self.options.obstacle() or ("" if ready else f"没有可以{verb}的行，请按说明改好清单")

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
        self.table.opened.connect(lambda _line: self.mend_row())
        self.table.chosen.connect(lambda _line: self._tell_row())
        self.table.view.installEventFilter(self)
        self._background.started.connect(self.progress.begin)
        self._background.progressed.connect(self.progress.advance)
        self._background.ended.connect(self.progress.end)
        self.progress.cancelled.connect(self._background.cancel)

    def _build(self) -> None:
        self.body.addLayout(row(self._choose, self._file, None, self._template))
        self.body.addWidget(self._work.widget())
        over = row(self.pills, self._mend, self._leave)
        over.setStretch(0, 1)
        self.body.addLayout(over)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.progress)
        self.add_buttons(secondary("关闭", self.reject), self._show_answer, self._accept)
        self.wide(1240, 700)
        self._choose.setFocus(Qt.FocusReason.OtherFocusReason)
