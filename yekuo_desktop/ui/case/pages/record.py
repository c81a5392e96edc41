"""登记: what was registered, to be read."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from yekuo_desktop.ui.forms.record import Record
from yekuo_desktop.ui.widgets.scrolling import scrolling


class RecordPage(QWidget):
    """The registration, block by block."""

    def __init__(self) -> None:
        super().__init__()
        self.record = Record()
        box = QVBoxLayout(self)
        box.addWidget(scrolling(self.record))
