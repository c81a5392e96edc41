"""合订卷宗: the whole file of a case as one PDF, made behind the window, with progress and a way to stop."""

from pathlib import Path
from typing import Any

from yekuo_desktop.runtime.later import later
from yekuo_desktop.ui.background import Cancelled
from yekuo_desktop.ui.case.pages.asking import Asking
from yekuo_desktop.ui.case.pages.facts import CaseFacts

with later():
    from yekuo_desktop.ui import file_names

KIND = "case.dossier_taken"


class DossierOut(Asking):
    """Asks where to, then writes; what could not be bound is said at the end."""

    def ask_file(self, facts: CaseFacts) -> None:
        """Where the PDF is to go."""
        customer = facts.case.values.get("customer_name", "")
        name = file_names.fit(f"卷宗-{facts.case.number or facts.case.id[:8]}-{customer}.pdf")
        path = file_names.pdf(self._window, "合订卷宗", name)
        if path:
            self.write_to(facts, path)

    def write_to(self, facts: CaseFacts, path: str) -> None:
        """Bind the case and write it there."""
        desk, session, case_id = self._counter.desk, self._counter.session, facts.case.id
        write = self._counter.files.write_dossier
        self._counter.background.job(
            f"合订卷宗 {facts.case.number}",
            lambda progress: write(desk, session, case_id, path, progress),
            lambda bound: self.done.emit(_told(bound, path)),
            self._failed,
            self,
            changed=lambda _bound: ((KIND,), (case_id,)),
        )

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self.done.emit("已停止,没有留下文件")
        else:
            self.refuse(None, error)


def _told(bound: Any, path: str) -> str:
    left = len(bound.warnings)
    words = f";有 {left} 处没有合入,页上写明了原因" if left else ""
    return f"卷宗 {bound.pages} 页,已存为 {Path(path).name}{words}"
