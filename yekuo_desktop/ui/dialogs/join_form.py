"""The first start of a computer that joins a county's centre: its address, the code, a password."""

from typing import NamedTuple

from PySide6.QtWidgets import QVBoxLayout

from yekuo_desktop.office.signing_in import SHORTEST_PASSWORD
from yekuo_desktop.ui.dialogs.first_questions import FirstQuestions
from yekuo_desktop.ui.widgets.card import spaced, text

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


class JoinForm(FirstQuestions):
    """Everything a computer must know to join."""

    def __init__(self) -> None:
        super().__init__(QUESTIONS, ("新密码", f"至少 {SHORTEST_PASSWORD} 位，以后在本机登录用"))
        box = QVBoxLayout(self)
        spaced(box)
        box.addWidget(text(WORDS, "quiet", wrap=True))
        box.addWidget(self.fields)
        box.addStretch(1)

    def joining(self) -> Joining:
        """As typed."""
        return Joining(self.said("url"), self.said("code"), self.secret())
