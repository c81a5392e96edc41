"""Who sits at the counter: a name and a password, checked offline."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from yekuo_desktop.domain.people import Person, Role
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.signing_in import PRACTICE_PASSWORD, people, sign_in
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.errors import problems_of
from yekuo_desktop.ui.forms.initials import initials
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.buttons import primary, secondary
from yekuo_desktop.ui.widgets.card import restyle, text
from yekuo_desktop.ui.widgets.header import office_words, roles_words
from yekuo_desktop.ui.widgets.inputs import Fields

CAPS = "大写锁定已打开"
NAME = int(Qt.ItemDataRole.UserRole) + 1


class PasswordEdit(QLineEdit):
    """A password; notices when letters arrive in the wrong case because Caps Lock is on."""

    def __init__(self, name: str = "密码") -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAccessibleName(name)
        self.caps = text("", "caption", tone="warning")
        self.caps.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        if typed.isalpha() and typed.isascii():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._warn(typed.isupper() != shifted)
        elif event.key() == Qt.Key.Key_CapsLock:
            self._warn(False)
        super().keyPressEvent(event)

    def _warn(self, on: bool) -> None:
        self.caps.setText(CAPS if on else "")
        self.caps.setVisible(on)


class SignIn(Dialog):
    """Accepted with ``session`` set."""

    def __init__(
        self, desk: Desk, background: Background, parent: QWidget | None = None, *, login: str = ""
    ) -> None:
        organisation = desk.store.organisation()
        super().__init__("业扩报装", parent, lead=office_words(organisation, desk.store.identity.station))
        self.setWindowTitle("业扩报装 · 登录")
        self._desk, self._background = desk, background
        self.session: Session | None = None
        known, practice = people(desk), organisation.practice
        self.who, self.password = _people_box(known), PasswordEdit()
        at = self.who.findData(login) if login else -1
        self.who.setCurrentIndex(at if at >= 0 else _first(known, practice=practice))
        self.enter = primary("登录", self._try)
        self._build(practice)
        (self.password if at >= 0 else self.who).setFocus()

    def refuse(self, error: Exception) -> None:
        """Show why signing in failed."""
        self.setEnabled(True)
        self.password.clear()
        left = self._fields.show_problems(problems_of(error))
        self.notice.say("；".join(p.text for p in left))
        if not self._fields.message("login"):
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self, practice: bool) -> None:
        if practice:
            ribbon = text("演练　数据不作数", "ribbon")
            ribbon.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.body.addWidget(ribbon)
        self._fields = Fields()
        self._fields.add("login", "用户", self.who)
        hint = f"演练人员的初始密码都是 {PRACTICE_PASSWORD}" if practice else ""
        self._fields.add("password", "密码", self.password, hint)
        self._fields.setMinimumWidth(px(360))
        self.body.addWidget(self._fields)
        self.body.addWidget(self.password.caps)
        self.body.addStretch(1)
        self.add_buttons(secondary("退出", self.reject), self.enter, default=self.enter)

    def _try(self) -> None:
        login, password = login_of(self.who), self.password.text()
        if not password and self.who.hasFocus():  # Enter behind the name: on to the password
            self.password.setFocus(Qt.FocusReason.TabFocusReason)
            return
        self.notice.say("")
        restyle(self.password, tone="")
        self.setEnabled(False)
        self._background.run(lambda: sign_in(self._desk, login, password), self._signed_in, self.refuse, self)

    def _signed_in(self, session: Session) -> None:
        self.session = session
        self.accept()


def login_of(box: QComboBox) -> str:
    """The sign-in name: of the person chosen, as typed, or of the only one with that name or initials."""
    typed = box.currentText().strip()
    at = box.findText(typed)
    if at >= 0:
        return str(box.itemData(at))
    logins = [str(box.itemData(at)) for at in range(box.count())]
    names = [str(box.itemData(at, NAME)) for at in range(box.count())]
    called = [
        login for login, name in zip(logins, names, strict=True) if typed.lower() in (name, initials(name))
    ]
    return called[0] if typed not in logins and len(called) == 1 else typed


def _first(known: Sequence[Person], *, practice: bool) -> int:
    """Whom to offer where nobody signed in before: in the practice county a clerk, as there is most to do."""
    clerks = [at for at, person in enumerate(known) if Role.CLERK in person.roles]
    return clerks[0] if practice and clerks else 0


def _people_box(known: Sequence[Person]) -> QComboBox:
    box = QComboBox()
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setAccessibleName("用户,选择姓名,或输入登录名、姓名首字母")
    for person in known:
        box.addItem(f"{person.name}（{person.login}）　{roles_words(person)}", person.login)
        box.setItemData(box.count() - 1, person.name, NAME)
    return box
