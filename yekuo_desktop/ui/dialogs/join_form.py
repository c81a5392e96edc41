"""The first start of a computer that joins a county's centre: its address, the code, a password."""

from typing import NamedTuple

from PySide6.QtWidgets import QVBoxLayout, QWidget

from yekuo_desktop.domain.field import Problem
from yekuo_desktop.office.signing_in import SHORTEST_PASSWORD
from yekuo_desktop.ui.widgets.card import spaced, text
from yekuo_desktop.ui.widgets.inputs import Fields, entry

WORDS = "县里的管理员会给本机一个一次性的加入码。加入后，人员、规则和业务都从中心下载。"
QUESTIONS = (
    ("url", "中心地址", "例如 https://yekuo.example.cn", "问县里的管理员"),
    ("code", "加入码", "例如 7KQ2M4XA-9TWB3C8D", "24 小时内有效，只能用一次"),
)


class Joining(NamedTuple):
    """What was typed."""

    url: str
    code: str
    password: str


class JoinForm(QWidget):
    """Everything a computer must know to join."""

    def __init__(self) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        spaced(box)
        self.fields = Fields()
        self._entries = {
            key: self.fields.add(key, label, entry(label, example), hint)
            for key, label, example, hint in QUESTIONS
        }
        self.first = self._entries["url"]
        for key, label, hint in (
            ("password", "新密码", f"至少 {SHORTEST_PASSWORD} 位，以后在本机登录用"),
            ("again", "再输一次", ""),
        ):
            self._entries[key] = self.fields.add(key, label, entry(label, secret=True), hint)
        box.addWidget(text(WORDS, "quiet", wrap=True))
        box.addWidget(self.fields)
        box.addStretch(1)

    def put(self, key: str, words: str) -> None:
        """Type something into a field."""
        self._entries[key].setProperty("text", words)

    def problems(self) -> tuple[Problem, ...]:
        """What is missing here; the centre says the rest."""
        found = [
            Problem(key, f"请填写{label}") for key, label, _, _ in QUESTIONS if not self._raw(key).strip()
        ]
        if len(self._raw("password")) < SHORTEST_PASSWORD:
            found.append(Problem("password", f"密码至少 {SHORTEST_PASSWORD} 位"))
        if self._raw("password") != self._raw("again"):
            found.append(Problem("again", "两次输入的密码不一样"))
        return tuple(found)

    def joining(self) -> Joining:
        """As typed."""
        return Joining(self._raw("url").strip(), self._raw("code").strip(), self._raw("password"))

    def _raw(self, key: str) -> str:
        return str(self._entries[key].property("text"))
