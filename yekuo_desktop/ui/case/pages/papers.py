"""单据: the sheets that were issued, and those that can be issued now."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from yekuo_desktop.domain.case import Paper
from yekuo_desktop.ui.case.pages.facts import CaseFacts
from yekuo_desktop.ui.case.pages.lists import clear, empty, put
from yekuo_desktop.ui.forms.elided import Elided
from yekuo_desktop.ui.forms.tone import WARNING, label, set_tone
from yekuo_desktop.ui.widgets.buttons import Button, allow
from yekuo_desktop.ui.widgets.flow import Flow
from yekuo_desktop.ui.widgets.scrolling import scrolling

DOSSIER = "封面、目录、全部单据和附件合成一个 PDF;导出会记入历史"
OVERTAKEN = "出具后登记有更正:{}。纸面内容已过时,请作废后重新出具"


class PapersPage(QWidget):
    """Issued sheets with preview, reprint and void; below them what can be issued."""

    preview = Signal(str)  # sheet number
    reprint = Signal(str, str)  # sheet number, title
    void = Signal(str, str)
    issue = Signal(str, str)  # form, title
    dossier = Signal()  # all of it, with every file, as one PDF

    def __init__(self) -> None:
        super().__init__()
        inside = QWidget()
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(0, 0, 8, 0)
        self._lines.setSpacing(0)
        self._offered = QWidget()
        self._forms = Flow(self._offered, 6)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        self._whole = _button("合订卷宗 PDF", DOSSIER)
        self._whole.clicked.connect(self.dossier)
        head = QHBoxLayout()
        head.addWidget(self._offered, 1)
        head.addWidget(self._whole, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(head)
        box.addWidget(scrolling(inside), 1)

    def show_facts(self, facts: CaseFacts) -> None:
        """Show the sheets of a case."""
        clear(self._lines)
        for paper in facts.case.papers:
            put(self._lines, self._line(paper, facts))
        if not facts.case.papers:
            put(self._lines, empty("还没有出具单据。正式受理后可打印登记表、回执和工单。"))
        self._lines.addStretch(1)
        why = facts.obstacles.get("case.dossier_taken", "")
        allow(self._whole, why)
        self._whole.setToolTip(why or DOSSIER)
        self._offer(facts)

    def _offer(self, facts: CaseFacts) -> None:
        while (item := self._forms.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if facts.forms:
            caption = label("可出具", "caption")
            caption.setMinimumHeight(_button("", "").sizeHint().height())
            self._forms.addWidget(caption)
        why = facts.obstacles.get("paper.issued", "")
        for form in facts.forms:
            button = _button(form.title, why or f"出具并预览《{form.title}》")
            button.setEnabled(not why)
            button.clicked.connect(lambda _=False, f=form: self.issue.emit(f.id, f.title))
            self._forms.addWidget(button)
            button.show()  # at once: Tab is led through what is there

    def _line(self, paper: Paper, facts: CaseFacts) -> QWidget:
        shown, row = QFrame(), QHBoxLayout()
        shown.setProperty("role", "entry")
        box = QVBoxLayout(shown)
        box.setContentsMargins(0, 7, 0, 7)
        box.setSpacing(2)
        title, number = Elided("value", own=True), Elided("moment", end=True)
        title.setText(f"《{paper.title}》")
        number.setText(paper.sheet_no)
        row.addWidget(title)
        row.addWidget(number, 1)
        for button in self._buttons(paper, facts):
            row.addWidget(button)
        box.addLayout(row)
        box.addWidget(label(_account(paper, facts), "quiet", wrap=True))
        if paper.overtaken and not paper.void:
            said = label(OVERTAKEN.format(paper.overtaken), "quiet", wrap=True)
            set_tone(said, WARNING)
            box.addWidget(said)
        return shown

    def _buttons(self, paper: Paper, facts: CaseFacts) -> list[QPushButton]:
        preview = _button("预览", f"看 {paper.sheet_no}")
        preview.clicked.connect(lambda: self.preview.emit(paper.sheet_no))
        if paper.void:
            return [preview]
        again, void = _button("补打", "再打一张,注明补打"), _button("作废", "作废这张单据")
        for button, kind in ((again, "paper.reprinted"), (void, "paper.voided")):
            why = facts.obstacles.get(kind, "")
            if why:
                allow(button, why)
        again.clicked.connect(lambda: self.reprint.emit(paper.sheet_no, paper.title))
        void.clicked.connect(lambda: self.void.emit(paper.sheet_no, paper.title))
        return [preview, again, void]


def _button(text: str, tip: str) -> QPushButton:
    button = Button(text)
    button.setProperty("role", "small")
    button.setToolTip(tip)
    return button


def _account(paper: Paper, facts: CaseFacts) -> str:
    parts = [f"{paper.issued:%Y-%m-%d %H:%M} {facts.name_of(paper.issued_by)} 出具"]
    parts += [f"盖章:{paper.seal}"] if paper.seal else []
    parts += [f"补打 {paper.reprints} 次"] if paper.reprints else []
    parts += [f"已作废:{paper.void}"] if paper.void else []
    return " · ".join(parts)
