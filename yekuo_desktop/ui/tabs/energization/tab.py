"""The tab of stage 6: the frame with the words of an empty queue."""

from yekuo_desktop.ui.case.frame import StageTab
from yekuo_desktop.ui.case.pages.counter import Counter

EMPTY = ("没有等待送电的业务", "验收合格、合同签订后,业务会出现在这里。")


class EnergizationTab(StageTab):
    """Stage 6."""

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter, "energization", EMPTY)
