"""One's own password, changed."""

from PySide6.QtWidgets import QWidget

from yekuo_desktop.domain.field import Problem
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.signing_in import SHORTEST_PASSWORD, change_password
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.errors import problems_of
from yekuo_desktop.ui.widgets.buttons import primary, secondary
from yekuo_desktop.ui.widgets.inputs import Fields, entry


class ChangePassword(Dialog):
    """Old one once, new one twice."""

    def __init__(
        self, desk: Desk, session: Session, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__("修改密码", parent, lead=f"{session.person.name}（{session.person.login}）")
        self._desk, self._session, self._background = desk, session, background
        self.old, self.new = entry("原密码", secret=True), entry("新密码", secret=True)
        self.again = entry("再输一次新密码", secret=True)
        self._fields = Fields()
        self._fields.add("password", "原密码", self.old)
        self._fields.add("new", "新密码", self.new, f"至少 {SHORTEST_PASSWORD} 位")
        self._fields.add("again", "再输一次", self.again)
        self.body.addWidget(self._fields)
        save = primary("修改", self._save)
        self.add_buttons(secondary("取消", self.reject), save, default=save)

    def _save(self) -> None:
        old, new = self.old.text(), self.new.text()
        if new != self.again.text():
            self._fields.show_problems((Problem("again", "两次输入的新密码不一样"),))
            return
        if len(new) < SHORTEST_PASSWORD:
            self._fields.show_problems((Problem("new", f"密码至少 {SHORTEST_PASSWORD} 位"),))
            return
        self._background.run(
            lambda: change_password(self._desk, self._session, old, new),
            lambda _done: self.accept(),
            self._refused,
            self,
        )

    def _refused(self, error: Exception) -> None:
        left = self._fields.show_problems(problems_of(error))
        self.notice.say("；".join(problem.text for problem in left))
