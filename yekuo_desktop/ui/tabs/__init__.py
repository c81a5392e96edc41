"""The tabs of the window, in order."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from yekuo_desktop.ui.tabs.acceptance.tab import AcceptanceTab
from yekuo_desktop.ui.tabs.frame import StageTab
from yekuo_desktop.ui.tabs.pages.counter import Counter
from yekuo_desktop.ui.tabs.stages import later_stage
from yekuo_desktop.ui.tabs.workbench.tab import Workbench


class TabKind(NamedTuple):
    """One tab: its id (that of the stage), its words, and how it is made."""

    id: str
    title: str
    short: str  # where the window is narrow
    make: Callable[[Counter], Workbench | StageTab]


def _later(stage: str, title: str, short: str) -> TabKind:
    return TabKind(stage, title, short, partial(later_stage, stage=stage))


ALL_TABS: tuple[TabKind, ...] = (
    TabKind("workbench", "工作台", "工作台", Workbench),
    TabKind("acceptance", "1 业务受理", "1 受理", AcceptanceTab),
    _later("survey", "2 勘查与方案", "2 方案"),
    _later("design", "3 设计审查", "3 设计"),
    _later("construction", "4 施工与检查", "4 施工"),
    _later("completion", "5 竣工验收", "5 验收"),
    _later("energization", "6 送电", "6 送电"),
    _later("archive", "7 归档", "7 归档"),
)
