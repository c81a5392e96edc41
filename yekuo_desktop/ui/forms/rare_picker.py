"""生僻字: a character found by its parts, strokes, pinyin or code point, and put where the cursor was."""

import lzma
from functools import cache
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from yekuo_desktop.domain.characters import Character, Characters, Wanted, character_of
from yekuo_desktop.runtime.paths import RESOURCES
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.buttons import primary, secondary
from yekuo_desktop.ui.widgets.card import row, spaced, text
from yekuo_desktop.ui.widgets.inputs import entry

LEAD = "输入知道的任何一项：部件（如 龙天）、拼音、笔画或编码。双击或回车填入。"
ASK = "还没有输入要找的字的部件、拼音、笔画或编码"
NONE = "没有找到。可以少写一个部件，或放宽笔画"
NO_GLYPH = (
    "这个字字库里没有，打印不出来（打印会显示〓）。请登记为同音字并在备注里说明，或联系系统管理员补字库"
)
CELL, SIGN = 52, 26  # pixels at scale 1


@cache
def table(folder: Path = RESOURCES / "characters") -> Characters:
    """Read when the first rare character is looked for."""
    return Characters(lzma.decompress((folder / "characters.txt.xz").read_bytes()).decode("utf-8"))


class RareCharacters(QDialog):
    """Ask on top, look in the middle; what is chosen is told by ``chosen``."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("生僻字")
        self.parts, self.pinyin = entry("部件", "龙天"), entry("拼音", "yan")
        self.code = entry("编码", "U+4DAE")
        self.least, self.most = QSpinBox(), QSpinBox()
        self.list, self.about = QListWidget(), text("", "quiet", wrap=True)
        self._take = primary("填入", self.take)
        self._lay_out()
        for line in (self.parts, self.pinyin, self.code):
            line.textChanged.connect(self.look)
            line.returnPressed.connect(self._enter)
        for number in (self.least, self.most):
            number.valueChanged.connect(self.look)
        self.list.currentItemChanged.connect(self._tell)
        self.list.itemActivated.connect(lambda _item: self.take())
        self.look()

    def _lay_out(self) -> None:
        for number, name in ((self.least, "最少笔画"), (self.most, "最多笔画")):
            number.setRange(0, 64)
            number.setSpecialValueText("不限")
            number.setAccessibleName(name)
        asked = QHBoxLayout()
        for title, widget in (("部件", self.parts), ("拼音", self.pinyin), ("编码", self.code)):
            asked.addWidget(text(title, "label"))
            asked.addWidget(widget, 1)
        asked.addWidget(text("笔画", "label"))
        asked.addWidget(self.least)
        asked.addWidget(text("到", "quiet"))
        asked.addWidget(self.most)
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setUniformItemSizes(True)
        self.list.setGridSize(QSize(px(CELL), px(CELL)))
        self.list.setAccessibleName("找到的字")
        large = self.list.font()
        large.setPixelSize(px(SIGN))
        self.list.setFont(large)
        close = secondary("关闭", self.reject)
        for button in (close, self._take):
            button.setAutoDefault(False)  # Enter goes from what is asked to what was found
        box = QVBoxLayout(self)
        spaced(box, 20, 12)
        box.addWidget(text("生僻字", "title"))
        box.addWidget(text(LEAD, "quiet", wrap=True))
        box.addLayout(asked)
        box.addWidget(self.list, 1)
        box.addWidget(self.about)
        box.addLayout(row(None, close, self._take))
        free = self.screen().availableGeometry()
        self.resize(min(px(760), free.width() - px(40)), min(px(520), free.height() - px(60)))

    def wanted(self) -> Wanted:
        """What is asked for."""
        least, most = self.least.value(), self.most.value()
        strokes = (least, most or 64) if least or most else None
        return Wanted(self.parts.text(), self.pinyin.text(), strokes, self.code.text().strip())

    def look(self) -> None:
        """Show what answers."""
        wanted = self.wanted()
        found = table().find(wanted)
        self.list.clear()
        for each in found:
            item = QListWidgetItem(each.text)
            item.setData(Qt.ItemDataRole.UserRole, each)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{each.text} {words(each)}")
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            item.setSizeHint(QSize(px(CELL), px(CELL)))
            self.list.addItem(item)
        self._take.setEnabled(bool(found))
        if found:
            self.list.setCurrentRow(0)
        else:
            self.about.setText(_nothing(wanted))

    def take(self) -> None:
        """Put the chosen one where it was asked for."""
        item = self.list.currentItem()
        if item is not None:
            self.chosen.emit(item.text())
            self.accept()

    def _enter(self) -> None:
        """From what is asked to what was found; a single one is taken."""
        if self.list.count() == 1:
            self.take()
        else:
            self.list.setFocus()

    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.about.setText(words(item.data(Qt.ItemDataRole.UserRole)))


def words(each: Character) -> str:
    """What is known of a character."""
    spoken = "、".join(each.readings) or "读音未收录"
    radical = f"{each.radical_text}部 · " if each.radical else ""
    return f"{spoken} · {radical}{each.strokes} 画 · {each.code}"


def _nothing(wanted: Wanted) -> str:
    if wanted.empty:
        return ASK
    return NO_GLYPH if wanted.code and character_of(wanted.code) else NONE
