"""The locked screen: it covers the window, and the half-typed form waits behind it untouched."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QVBoxLayout, QWidget

from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.signing_in import sign_in
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.frame import Notice
from yekuo_desktop.ui.dialogs.sign_in import PasswordEdit
from yekuo_desktop.ui.errors import words_of
from yekuo_desktop.ui.icons import pixmap
from yekuo_desktop.ui.theme import colours, px
from yekuo_desktop.ui.widgets.buttons import primary, secondary
from yekuo_desktop.ui.widgets.card import Card, row, spaced, text

UNLOCKED, SWITCH = 1, 2  # results


class ScreenLock(QDialog):
    """Ends with ``UNLOCKED`` or ``SWITCH``; Esc and the window's cross do nothing."""

    def __init__(self, desk: Desk, session: Session, background: Background, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._session, self._background = desk, session, background
        self.setWindowFlags(Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setWindowTitle("已锁屏")
        self.password, self.notice = PasswordEdit(), Notice()
        self.password.setPlaceholderText("密码")
        self._unlock = primary("解锁", self._try)
        self._build()
        self.setGeometry(window.geometry())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        spaced(outer)
        ground = QFrame()
        ground.setProperty("role", "lock")
        outer.addWidget(ground)
        middle = QVBoxLayout(ground)
        middle.addStretch(1)
        middle.addWidget(self._card(), alignment=Qt.AlignmentFlag.AlignCenter)
        middle.addStretch(1)

    def _card(self) -> Card:
        card = Card(margin=28)
        card.setMinimumWidth(px(380))
        picture = QLabel()
        picture.setPixmap(pixmap("lock", colours().accent, 32))
        card.body.addWidget(picture)
        card.body.addWidget(text(f"{self._session.person.name}，已锁屏", "title"))
        card.body.addWidget(text("没填完的内容都在，解锁后接着填。", "quiet"))
        card.body.addWidget(self.password)
        card.body.addWidget(self.password.caps)
        card.body.addWidget(self.notice)
        switch = secondary("切换用户", lambda: self.done(SWITCH), role="quiet")
        card.body.addLayout(row(switch, None, self._unlock))
        self._unlock.setDefault(True)
        self.password.setFocus()
        return card

    def _try(self) -> None:
        password, login = self.password.text(), self._session.person.login
        self._unlock.setEnabled(False)
        self._background.run(
            lambda: sign_in(self._desk, login, password),
            lambda _session: self.done(UNLOCKED),
            self._refused,
            self,
        )

    def _refused(self, error: Exception) -> None:
        self._unlock.setEnabled(True)
        self.password.clear()
        self.password.setFocus()
        self.notice.say(words_of(error))
