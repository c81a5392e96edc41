"""The tab of stage 7: the frame with the words of an empty queue, and the files on the shelf."""

from yekuo_desktop.ui.case.frame import StageTab
from yekuo_desktop.ui.case.pages.counter import Counter
from yekuo_desktop.ui.case.queue import COMMON
from yekuo_desktop.ui.widgets.buttons import Pill

EMPTY = ("没有等待归档的业务", "送电后,业务会出现在这里;已归档的点“已归档”查找。")
PILLS = (*COMMON, Pill("archived", "已归档"))


class ArchiveTab(StageTab):
    """Stage 7; files that were closed are lent, returned and changed here."""

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter, "archive", EMPTY, PILLS)
