"""What a registered application has besides its form: attachments, history, notes, withdrawal."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from yekuo_desktop.ui.case.pages.acts import CaseActs
from yekuo_desktop.ui.case.pages.attachments import AttachmentsPage
from yekuo_desktop.ui.case.pages.counter import Counter
from yekuo_desktop.ui.case.pages.facts import CaseFacts
from yekuo_desktop.ui.case.pages.files import Files
from yekuo_desktop.ui.case.pages.history import HistoryPage
from yekuo_desktop.ui.case.pages.tabs import Pages


class RegisteredPart(QObject):
    """Two more pages, shown once there is a case to attach to."""

    done = Signal(str)

    def __init__(self, counter: Counter, pages: Pages, window: QWidget) -> None:
        super().__init__(window)
        self._pages = pages
        self._facts: CaseFacts | None = None
        self.attachments, self.history = AttachmentsPage(counter), HistoryPage()
        self.acts, self.files = CaseActs(counter, window), Files(counter, window)
        pages.add("附件", self.attachments)
        pages.add("历史", self.history)
        self.attachments.added.connect(self._attach)
        self.attachments.withdraw.connect(self._detach)
        self.attachments.opened.connect(self.files.open)
        self.attachments.saved.connect(self._save)
        self.acts.done.connect(self.done)
        self.files.done.connect(self.done)
        self.show_facts(None)

    def show_facts(self, facts: CaseFacts | None) -> None:
        """Show what belongs to the case; nothing for a new application."""
        self._facts = facts
        for page in (self.attachments, self.history):
            self._pages.setTabVisible(self._pages.indexOf(page), facts is not None)
        if facts is not None:
            self.attachments.show_facts(facts)
            self.history.show_facts(facts)
            files = sum(not file.withdrawn for file in facts.case.attachments)
            self._pages.title(self.attachments, f"附件 {files}" if files else "附件")

    def withdraw(self) -> None:
        """撤回申请."""
        if self._facts is not None:
            self.acts.with_reason("case.withdrawn", self._facts)

    def note(self) -> None:
        """备注."""
        if self._facts is not None:
            self.acts.note(self._facts)

    def obstacle(self, kind: str) -> str:
        """Why an act cannot be done now."""
        return self._facts.obstacles.get(kind, "") if self._facts else "请先暂存登记"

    def _attach(self, new: tuple[str, bytes, str, str]) -> None:
        if self._facts is not None:
            self.acts.attach(self._facts, new, self.attachments.tell)

    def _save(self, sha256: str, path: str) -> None:
        if self._facts is not None:
            self.files.save(self._facts.case, sha256, path)

    def _detach(self, attachment: str, name: str) -> None:
        if self._facts is not None:
            self.acts.withdraw_attachment(self._facts, attachment, name)
