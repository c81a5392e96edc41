"""The tab of stage 5: the frame with the words of an empty queue."""

from yekuo_desktop.ui.case.frame import StageTab
from yekuo_desktop.ui.case.pages.counter import Counter

EMPTY = ("没有等待竣工验收的业务", "客户报验后,业务会出现在这里。")


class CompletionTab(StageTab):
    """Stage 5."""

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter, "completion", EMPTY)
