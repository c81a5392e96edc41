"""The tabs of stages 2 to 7: the same frame; their own acts come with their own issues."""

from typing import NamedTuple

from yekuo_desktop.domain.vocabulary import STAGES
from yekuo_desktop.ui.tabs.frame import StageTab
from yekuo_desktop.ui.tabs.pages.counter import Counter


class Words(NamedTuple):
    """What stands where no case waits."""

    title: str
    hint: str


EMPTY = {
    "survey": Words("没有等待勘查的业务", "项目经理签收工单后,业务会出现在这里。"),
    "design": Words("没有等待设计审查的业务", "供电方案答复后需要设计审查的业务会出现在这里。"),
    "construction": Words("没有施工中的业务", "设计审查通过、进入施工的业务会出现在这里。"),
    "completion": Words("没有等待竣工验收的业务", "客户报验后,业务会出现在这里。"),
    "energization": Words("没有等待送电的业务", "验收合格、合同签订后,业务会出现在这里。"),
    "archive": Words("没有等待归档的业务", "送电后,业务会出现在这里。"),
}


def later_stage(counter: Counter, stage: str) -> StageTab:
    """The tab of a later stage."""
    if stage not in STAGES:
        raise ValueError(stage)
    return StageTab(counter, stage, EMPTY[stage])
