"""The tab of stage 7: the frame with the words of an empty queue."""

from yekuo_desktop.ui.case.frame import StageTab
from yekuo_desktop.ui.case.pages.counter import Counter

EMPTY = ("没有等待归档的业务", "送电后,业务会出现在这里。")


class ArchiveTab(StageTab):
    """Stage 7."""

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter, "archive", EMPTY)
