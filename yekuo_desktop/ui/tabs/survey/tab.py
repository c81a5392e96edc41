"""The tab of stage 2: the frame with the words of an empty queue."""

from yekuo_desktop.ui.case.frame import StageTab
from yekuo_desktop.ui.case.pages.counter import Counter

EMPTY = ("没有等待勘查的业务", "项目经理签收工单后,业务会出现在这里。")


class SurveyTab(StageTab):
    """Stage 2."""

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter, "survey", EMPTY)
