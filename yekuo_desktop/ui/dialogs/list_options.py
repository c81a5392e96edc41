"""What a list does not say, said once for all its rows."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QGridLayout, QWidget

from yekuo_desktop.domain.vocabulary import BUSINESSES, CLASSES
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.list_taking import Given
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.card import spaced, text

UNSAID, SEEN, OWED = "", "seen", "owed"
MATERIALS = (
    (UNSAID, "请选择…"),
    (SEEN, "必备资料的原件都已核验并复印"),
    (OWED, "主体资格证明已核验，可容缺的以后补齐"),
)
COLUMNS = 3
REMOTE = "95598"  # code of resources/codes/channels.toml
Choices = Iterable[tuple[str, str]]


class ListOptions(QWidget):
    """``changed`` when something else was chosen."""

    changed = Signal()

    def __init__(self, desk: Desk, owed_until: date) -> None:
        super().__init__()
        codes = desk.reference.codes
        managers = [(p.id, p.name) for p in desk.store.organisation().project_managers()]
        self.klass = _box("客户类别", (("", "按证件判断"), *CLASSES.items()))
        self.business = _box(
            "业务类型", (("", "新装"), *((k, v) for k, v in BUSINESSES.items() if k != "new"))
        )
        self.channel = _box("受理渠道", _coded(codes["channels"].choices()))
        self.category = _box(
            "用电类别", (("", "居民生活或一般工商业"), *_coded(codes["categories"].choices()))
        )
        self.manager = _box("项目经理", (("", "按片区推荐"), *managers))
        self.materials = _box("资料", MATERIALS)
        self.until = QDateEdit(QDate(owed_until.year, owed_until.month, owed_until.day))
        self.until.setDisplayFormat("yyyy-MM-dd")
        self.until.setCalendarPopup(True)
        self.until.setAccessibleName("补齐日期")
        self.channel.setCurrentIndex(max(0, self.channel.findData(desk.store.setting("channel", "counter"))))
        self._build()
        self._tell()

    def given(self) -> Given:
        """What is chosen. Where nobody said what became of the papers, they count as seen: the rest of
        the rows can be looked at, and ``obstacle`` keeps them from being accepted."""
        boxes = {"klass": self.klass, "business": self.business, "channel": self.channel}
        boxes["category"] = self.category
        day, owed = self.until.date(), self._state() == OWED
        return Given(
            values={key: _chosen(box) for key, box in boxes.items() if _chosen(box)},
            manager=_chosen(self.manager),
            seen=("*",),
            owed=("*",) if owed else (),
            owed_until=date(day.year(), day.month(), day.day()) if owed else None,
        )

    def obstacle(self) -> str:
        """What must still be said, "" for nothing."""
        return "" if self._state() else "请说明资料收到了没有"

    def _state(self) -> str:
        return _chosen(self.materials)

    def _tell(self) -> None:
        self.until.setEnabled(self._state() == OWED)
        self.changed.emit()

    def _build(self) -> None:
        grid = QGridLayout(self)
        spaced(grid)
        grid.setHorizontalSpacing(px(12))
        rows: tuple[tuple[QWidget, ...], ...] = (
            (self.klass, self.business, self.channel),
            (self.category, self.manager),
            (self.materials, self.until),
        )
        for at, widgets in enumerate(rows):
            wide = 2 * (COLUMNS - len(widgets)) + 1  # the first takes the room that is left
            column = 0
            for widget in widgets:
                caption, span = text(widget.accessibleName(), "field"), 1 if column else wide
                caption.setBuddy(widget)
                grid.addWidget(caption, at, column)
                grid.addWidget(widget, at, column + 1, 1, span)
                column += 1 + span
        for column in range(COLUMNS):
            grid.setColumnStretch(column * 2 + 1, 1)
        for box in (self.klass, self.business, self.channel, self.category, self.manager, self.materials):
            box.currentIndexChanged.connect(lambda _at: self._tell())
        self.until.dateChanged.connect(lambda _day: self.changed.emit())


class OrderOptions(QWidget):
    """What a list of 95598 does not say. ``changed`` when something else was chosen."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        channels = desk.reference.codes["channels"].choices()
        remote = [item for item in channels if REMOTE in (item.code, item.parent)]
        self.channel = _box("受理渠道", _coded(remote))
        self.klass = _box("客户类别", CLASSES.items())
        self.business = _box("业务类型", BUSINESSES.items())
        grid = QGridLayout(self)
        spaced(grid)
        grid.setHorizontalSpacing(px(12))
        for at, box in enumerate((self.channel, self.klass, self.business)):
            caption = text(box.accessibleName(), "field")
            caption.setBuddy(box)
            grid.addWidget(caption, 0, 2 * at)
            grid.addWidget(box, 0, 2 * at + 1)
            grid.setColumnStretch(2 * at + 1, 1)
            box.currentIndexChanged.connect(lambda _at: self.changed.emit())

    def given(self) -> Given:
        """What is chosen."""
        boxes = {"channel": self.channel, "klass": self.klass, "business": self.business}
        return Given(values={key: _chosen(box) for key, box in boxes.items()})

    def obstacle(self) -> str:
        """Nothing must be said."""
        return ""


def _coded(items: Iterable[Any]) -> Choices:
    return [(item.code, item.label) for item in items]


def _chosen(box: QComboBox) -> str:
    return str(box.currentData() or "")


def _box(name: str, choices: Choices) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setMinimumContentsLength(12)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    for id_, words in choices:
        made.addItem(words, id_)
    return made
