"""The tab of stage 3: the frame with the words of an empty queue."""

from yekuo_desktop.ui.case.frame import StageTab
from yekuo_desktop.ui.case.pages.counter import Counter

EMPTY = ("没有等待设计审查的业务", "供电方案答复后需要设计审查的业务会出现在这里。")


class DesignTab(StageTab):
    """Stage 3."""

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter, "design", EMPTY)
