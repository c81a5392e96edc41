"""The first start: practice or real; and for a real store who and where we are."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QProgressBar,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from yekuo_desktop.office.setting_up import Founding
from yekuo_desktop.office.signing_in import SHORTEST_PASSWORD
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.first_questions import FirstQuestions
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.dialogs.join_form import JoinForm
from yekuo_desktop.ui.errors import problems_of, words_of
from yekuo_desktop.ui.ports import Administrator, Opener
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.buttons import Button, primary, secondary
from yekuo_desktop.ui.widgets.card import spaced, text
from yekuo_desktop.ui.widgets.scrolling import scrolling

PRACTICE = (
    "演练",
    "一个虚构的县，带人员和 40 件业务。随便练，数据不作数，也不会混进正式数据。",
)
REAL = ("正式使用", "填写本单位、本终端和第一位管理员，从空白开始，办真实的业务。")
JOIN = ("加入县里的中心", "县里已经在用：填中心地址和管理员给的加入码，数据从中心下载。")
TALL, MIDDLE, LOW = 720, 500, 400  # of the pages; the form scrolls where the screen is lower
QUESTIONS = (
    ("county", "县公司名称", "例如 示例县供电公司", "印在单据和印章上"),
    ("station_name", "供电所或营业厅", "例如 河口供电所", ""),
    ("station", "所代码", "例如 HK", "字母或数字"),
    ("terminal", "终端代码", "例如 HK01", "每台电脑一个，不要重复；写进业务编号"),
    ("number_org", "编号前缀", "例如 YK4101", "业务编号的开头"),
    ("contact", "联系电话", "印在回执上，可以不填", ""),
    ("name", "管理员姓名", "", ""),
    ("login", "登录名", "例如 admin", ""),
)


class SetupWizard(Dialog):
    """Accepted once there is a store to open."""

    def __init__(self, opener: Opener, background: Background, parent: QWidget | None = None) -> None:
        super().__init__("欢迎使用业扩报装", parent, lead="第一次启动，请先选择用法。")
        self._opener, self._background = opener, background
        self._pages = QStackedWidget()
        self.body.addWidget(self._pages, 1)
        self.choice, self.form, self.join = Choice(), RealForm(), JoinForm()
        self.waiting, self.recovery = Waiting(), Recovery()
        for page in (self.choice, self.form, self.join, self.waiting, self.recovery):
            self._pages.addWidget(page)
        self.choice.practice.clicked.connect(self._make_practice)
        self.choice.real.clicked.connect(lambda: self._ask("正式使用", "建立", self.form))
        self.choice.join.clicked.connect(lambda: self._ask("加入县里的中心", "加入", self.join))
        self._back = secondary("返回", self._return)
        self.next = primary("建立", self._go_on)
        self.recovery.noted.toggled.connect(self.next.setEnabled)
        self.add_buttons(secondary("退出", self.reject), self._back, self.next, default=self.next)
        self._turn(self.choice)

    def page(self) -> QWidget:
        """The page that is shown."""
        return self._pages.currentWidget()

    def _turn(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        self.wide(640, {self.form: TALL, self.join: MIDDLE, self.choice: MIDDLE}.get(page, LOW))
        self._back.setVisible(page in (self.form, self.join))
        self.next.setVisible(page in (self.form, self.join, self.recovery))
        self.lead.setVisible(page is self.choice)
        firsts = {
            self.choice: self.choice.practice,
            self.form: self.form.first,
            self.join: self.join.first,
        }
        first = firsts.get(page)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _return(self) -> None:
        self.heading.setText("欢迎使用业扩报装")
        self._turn(self.choice)

    def _ask(self, heading: str, doing: str, page: QWidget) -> None:
        self.heading.setText(heading)
        self.next.setText(doing)
        self._turn(page)

    def _make_practice(self) -> None:
        self.waiting.words.setText("正在准备演练用的县、人员和业务，约需半分钟……")
        self._turn(self.waiting)
        self._background.run(
            self._opener.create_practice, lambda _made: self.accept(), self._failed_practice, self
        )

    def _failed_practice(self, error: Exception) -> None:
        self._turn(self.choice)
        self.notice.say(words_of(error))

    def _go_on(self) -> None:
        if self.page() is self.recovery:
            self.accept()
        elif self.page() is self.join:
            self._join()
        else:
            self._make_real()

    def _make_real(self) -> None:
        founding, administrator = self.form.founding(), self.form.administrator()
        self._make(
            self.form,
            "正在建立加密的数据文件……",
            lambda: self._opener.create_real(founding, administrator),
        )

    def _join(self) -> None:
        said = self.join.joining()
        words = "正在加入中心并下载数据，数据多时要几分钟……"
        self._make(self.join, words, lambda: self._opener.join(said.url, said.code, said.password))

    def _make(self, form: "RealForm | JoinForm", words: str, work: Callable[[], str]) -> None:
        self.notice.say("")
        if problems := form.problems():
            form.fields.show_problems(problems)
            return
        self.waiting.words.setText(words)
        self._turn(self.waiting)
        self._background.run(work, self._made_real, lambda error: self._failed(form, error), self)

    def _failed(self, form: "RealForm | JoinForm", error: Exception) -> None:
        self._turn(form)
        left = form.fields.show_problems(problems_of(error))
        self.notice.say("；".join(problem.text for problem in left))

    def _made_real(self, code: str) -> None:
        if not code:  # the system's own key store keeps the key
            self.accept()
            return
        self.heading.setText("请抄下恢复码")
        self.recovery.show_code(code)
        self.next.setText("开始使用")
        self.next.setEnabled(False)
        self._turn(self.recovery)


class Choice(QWidget):
    """Practice or real, alone or with the centre of the county."""

    def __init__(self) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        spaced(box, 0, 12)
        self.practice, self.real, self.join = (ChoiceButton(*each) for each in (PRACTICE, REAL, JOIN))
        for button in (self.practice, self.real, self.join):
            box.addWidget(button)
        box.addStretch(1)


class RealForm(FirstQuestions):
    """Everything a real store must know."""

    def __init__(self) -> None:
        super().__init__(QUESTIONS, ("密码", f"至少 {SHORTEST_PASSWORD} 位"), optional=("contact",))
        box = QVBoxLayout(self)
        spaced(box)
        self._area = scrolling(self.fields)
        box.addWidget(self._area)
        for widget in self._entries.values():
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field with the cursor is seen, with what stands below it."""
        if event.type() is QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._area.ensureWidgetVisible(watched, 0, px(40))
        return super().eventFilter(watched, event)

    def founding(self) -> Founding:
        """The office as typed."""
        return Founding(
            county=self.said("county"),
            station_name=self.said("station_name"),
            station=self.said("station"),
            terminal=self.said("terminal"),
            number_org=self.said("number_org"),
            contact=self.said("contact"),
        )

    def administrator(self) -> Administrator:
        """The first person as typed."""
        return Administrator(self.said("login"), self.said("name"), self.secret())


class Waiting(QWidget):
    """Something is being made."""

    def __init__(self) -> None:
        super().__init__()
        self.words = text("", wrap=True)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName("正在建立")
        box = QVBoxLayout(self)
        spaced(box, 0, 12)
        box.addStretch(1)
        box.addWidget(self.words)
        box.addWidget(bar)
        box.addStretch(2)


class Recovery(QWidget):
    """The code that opens the data when this computer's key is lost."""

    def __init__(self) -> None:
        super().__init__()
        self.code = text("", "code", wrap=True)
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.code.setAccessibleName("恢复码")
        self.noted = QCheckBox("我已抄在纸上，交给负责人保管")
        words = "换电脑、重装系统后，只有这串恢复码能打开数据。它不会再显示第二次，也没有别的办法找回。"
        box = QVBoxLayout(self)
        spaced(box, 0, 12)
        for widget in (text(words, wrap=True), self.code, self.noted):
            box.addWidget(widget)
        box.addWidget(secondary("复制", self._copy, name="copy"), alignment=Qt.AlignmentFlag.AlignLeft)
        box.addStretch(1)

    def show_code(self, code: str) -> None:
        """Show the code, once."""
        self.code.setText(code)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code.text())


class ChoiceButton(Button):
    """A big button that says what choosing it means."""

    def __init__(self, title: str, words: str) -> None:
        super().__init__()
        self.setProperty("role", "choice")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        box = QVBoxLayout(self)
        spaced(box, 20, 4)
        for label in (text(title, "heading"), text(words, "quiet", wrap=True)):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            box.addWidget(label)

    def sizeHint(self) -> QSize:
        return QSize(px(400), px(116))
