"""The bar in the accent colour: whose office this is, the search, the sync light, the person."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.people import ROLE_LABELS, Person
from yekuo_desktop.office.sync_light import SyncLight
from yekuo_desktop.ui.icons import icon, pixmap
from yekuo_desktop.ui.theme import colours, px
from yekuo_desktop.ui.widgets.card import spaced, text
from yekuo_desktop.ui.widgets.search_box import SearchBox

PRODUCT = "业扩报装"
PICTURES = {
    "alone": "cloud-off",
    "good": "cloud-check",
    "busy": "refresh-cw",
    "away": "cloud-off",
    "wanted": "triangle-alert",
}
"""Of the light of the synchronisation."""


class Elided(QLabel):
    """A text that gives way: its beginning is cut with … where there is no room."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._words) + px(8), px(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(24), px(28))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.width() - px(2)
        self.setText(self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideLeft, width))


class Header(QFrame):
    """The head of the window."""

    sync_asked = Signal()

    def __init__(self, office: str, person: str, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("role", "header")
        self.search = SearchBox(window)
        self.search.setMinimumWidth(px(180))
        self.search.setMaximumWidth(px(520))
        self._light = _tool("light")
        self._light.clicked.connect(self.sync_asked)
        self._person = _tool("")
        self._person.setText(f" {shortened(person)}  ▾")
        self._person.setToolTip(person)
        self._person.setIcon(icon("user", colours().on_header))
        self._person.setAccessibleName(f"当前用户 {person}")
        self._person.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._build(office)
        self.show_sync(SyncLight("alone", "离线工作", ""))

    def set_menu(self, menu: QMenu) -> None:
        """The menu of the signed-in person."""
        self._person.setMenu(menu)

    def show_sync(self, light: SyncLight) -> None:
        """How far this computer and the centre are."""
        self._light.setIcon(icon(PICTURES[light.kind], colours().on_header))
        self._light.setText(f" {light.words}")
        self._light.setAccessibleName(f"同步状态:{light.words}")
        self._light.setToolTip(light.tip)

    def sync_words(self) -> str:
        """What the light says."""
        return self._light.text().strip()

    def _build(self, office: str) -> None:
        mark = QLabel()
        mark.setPixmap(pixmap("zap", colours().on_header, 22))
        box = QHBoxLayout(self)
        spaced(box, 8, 10)
        box.setContentsMargins(px(16), px(8), px(10), px(8))
        box.addWidget(mark)
        box.addWidget(text(PRODUCT, "heading"))
        box.addWidget(Elided(office), 2)
        box.addWidget(self.search, 5)
        box.addStretch(1)
        box.addWidget(self._light)
        box.addWidget(self._person)


def _tool(role: str) -> QToolButton:
    made = QToolButton()
    made.setProperty("role", role)
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.setIconSize(QSize(px(18), px(18)))
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def shortened(person: str) -> str:
    """Who has many roles is named by the first: the search wants the room."""
    first, *rest = person.split("、")
    return f"{first} 等" if rest else first


def office_words(organisation: Organisation, station: str) -> str:
    """County · station."""
    return " · ".join(part for part in (organisation.county, organisation.station_name(station)) if part)


def roles_words(person: Person) -> str:
    """The roles of a person."""
    return "、".join(ROLE_LABELS[role] for role in person.roles)
