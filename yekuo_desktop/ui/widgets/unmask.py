"""A masked value on the screen, and the eye beside it that asks for the whole of it."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from yekuo_desktop.domain.display import value_text
from yekuo_desktop.domain.field import Field, Kind, Value
from yekuo_desktop.domain.privacy import Sight
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.ui.icons import icon
from yekuo_desktop.ui.theme import colours, px
from yekuo_desktop.ui.widgets.buttons import Button

KEYS, SIZE = "Ctrl+U", 15
PROSE = frozenset({Kind.TEXT, Kind.LONG_TEXT})


class Hidden(str):
    """The masked text of a value this person does not see whole."""

    __slots__ = ()


class Eye(Button):
    """Beside a masked value; reached with Tab like any other button."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("role", "eye")
        self.setIcon(icon("eye", colours().accent))
        self.setIconSize(QSize(px(SIZE), px(SIZE)))
        self.setAutoDefault(False)
        self.setToolTip(f"查看完整的{name}  {KEYS}")
        self.setAccessibleName(f"查看完整的{name}")


class Shielded(QWidget):
    """A label and its eye."""

    wanted = Signal()

    def __init__(self, name: str, shown: QLabel) -> None:
        super().__init__()
        self.eye = Eye(name)
        self.eye.clicked.connect(self.wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(4))
        row.addWidget(shown)
        row.addWidget(self.eye)
        row.addStretch(1)


def text_of(
    field: Field,
    value: Value,
    reference: Reference,
    sight: Sight,
    *,
    names: Mapping[str, str] | None = None,
    unit: str | None = None,
) -> str:
    """A value in words as this person may see it; ``Hidden`` where something of it is masked."""
    masked = sight.masks(field, value)
    words = value_text(field, value, reference, masked=masked, people=names, unit=unit)
    shown = sight.prose(words) if field.kind in PROSE else words
    return Hidden(shown) if shown and (masked or shown != words) else shown
