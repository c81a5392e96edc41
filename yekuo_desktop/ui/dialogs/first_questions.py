"""What the forms of a first start share: questions, a password typed twice, and what is missing."""

from collections.abc import Collection, Sequence

from PySide6.QtWidgets import QWidget

from yekuo_desktop.domain.field import Problem
from yekuo_desktop.office.signing_in import SHORTEST_PASSWORD
from yekuo_desktop.ui.widgets.inputs import Fields, entry

Question = tuple[str, str, str, str]  # key, label, example, hint


class FirstQuestions(QWidget):
    """``fields`` is placed by the form itself; ``optional`` names the questions that may stay empty."""

    def __init__(
        self,
        questions: Sequence[Question],
        password: tuple[str, str],
        optional: Collection[str] = (),
    ) -> None:
        """``password``: label and hint of the first of the two."""
        super().__init__()
        self.fields = Fields()
        self._asked = [(key, label) for key, label, _, _ in questions if key not in optional]
        self._entries = {
            key: self.fields.add(key, label, entry(label, example), hint)
            for key, label, example, hint in questions
        }
        for key, (label, hint) in (("password", password), ("again", ("再输一次", ""))):
            self._entries[key] = self.fields.add(key, label, entry(label, secret=True), hint)
        self.first = self._entries[questions[0][0]]

    def put(self, key: str, words: str) -> None:
        """Type something into a field."""
        self._entries[key].setProperty("text", words)

    def problems(self) -> tuple[Problem, ...]:
        """What is missing here; the rest is checked where the answers are used."""
        found = [Problem(key, f"请填写{label}") for key, label in self._asked if not self.said(key)]
        if len(self.secret()) < SHORTEST_PASSWORD:
            found.append(Problem("password", f"密码至少 {SHORTEST_PASSWORD} 位"))
        if self.secret() != self._raw("again"):
            found.append(Problem("again", "两次输入的密码不一样"))
        return tuple(found)

    def said(self, key: str) -> str:
        """An answer, without blanks around it."""
        return self._raw(key).strip()

    def secret(self) -> str:
        """The password as typed."""
        return self._raw("password")

    def _raw(self, key: str) -> str:
        return str(self._entries[key].property("text"))
