"""What can go wrong with a workbook, in the clerk's words."""

from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.field import Problem


class ListUnreadable(Refused):
    """A file that cannot be read as a list. The message says what to do about it."""

    def __init__(self, text: str) -> None:
        super().__init__((Problem("", text),))


class NotWritten(Refused):
    """A workbook that could not be written. The message says why; nothing half written is left."""

    def __init__(self, text: str) -> None:
        super().__init__((Problem("", text),))
