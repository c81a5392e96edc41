"""The tabs of the window, in order."""

from collections.abc import Callable
from typing import NamedTuple

from yekuo_desktop.ui.case.frame import StageTab
from yekuo_desktop.ui.case.pages.counter import Counter
from yekuo_desktop.ui.tabs.acceptance.tab import AcceptanceTab
from yekuo_desktop.ui.tabs.archive.tab import ArchiveTab
from yekuo_desktop.ui.tabs.completion.tab import CompletionTab
from yekuo_desktop.ui.tabs.construction.tab import ConstructionTab
from yekuo_desktop.ui.tabs.design.tab import DesignTab
from yekuo_desktop.ui.tabs.energization.tab import EnergizationTab
from yekuo_desktop.ui.tabs.survey.tab import SurveyTab
from yekuo_desktop.ui.tabs.workbench.tab import Workbench


class TabKind(NamedTuple):
    """One tab: its id (that of the stage), its words, and how it is made."""

    id: str
    title: str
    short: str  # where the window is narrow
    make: Callable[[Counter], Workbench | StageTab]


ALL_TABS: tuple[TabKind, ...] = (
    TabKind("workbench", "工作台", "工作台", Workbench),
    TabKind("acceptance", "1 业务受理", "1 受理", AcceptanceTab),
    TabKind("survey", "2 勘查与方案", "2 方案", SurveyTab),
    TabKind("design", "3 设计审查", "3 设计", DesignTab),
    TabKind("construction", "4 施工与检查", "4 施工", ConstructionTab),
    TabKind("completion", "5 竣工验收", "5 验收", CompletionTab),
    TabKind("energization", "6 送电", "6 送电", EnergizationTab),
    TabKind("archive", "7 归档", "7 归档", ArchiveTab),
)
