"""The tab of stage 4: the frame with the words of an empty queue."""

from yekuo_desktop.ui.case.frame import StageTab
from yekuo_desktop.ui.case.pages.counter import Counter

EMPTY = ("没有施工中的业务", "设计审查通过、进入施工的业务会出现在这里。")


class ConstructionTab(StageTab):
    """Stage 4."""

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter, "construction", EMPTY)
