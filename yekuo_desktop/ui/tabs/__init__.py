"""The tabs of the window, in order."""

from collections.abc import Callable
from typing import NamedTuple

from yekuo_desktop.runtime.later import later
from yekuo_desktop.ui.case.pages.counter import Counter
from yekuo_desktop.ui.tabs.workbench.tab import Workbench

with later():  # a tab is loaded when it is first shown
    from yekuo_desktop.ui.case import frame
    from yekuo_desktop.ui.tabs.acceptance import tab as acceptance
    from yekuo_desktop.ui.tabs.archive import tab as archive
    from yekuo_desktop.ui.tabs.completion import tab as completion
    from yekuo_desktop.ui.tabs.construction import tab as construction
    from yekuo_desktop.ui.tabs.design import tab as design
    from yekuo_desktop.ui.tabs.energization import tab as energization
    from yekuo_desktop.ui.tabs.survey import tab as survey


class TabKind(NamedTuple):
    """One tab: its id (that of the stage), its words, and its widget."""

    id: str
    title: str
    short: str  # where the window is narrow
    widget: "Callable[[], Callable[[Counter], Workbench | frame.StageTab]]"

    def make(self, counter: Counter) -> "Workbench | frame.StageTab":
        """The tab itself, whose code is loaded only now."""
        return self.widget()(counter)


ALL_TABS: tuple[TabKind, ...] = (
    TabKind("workbench", "工作台", "工作台", lambda: Workbench),
    TabKind("acceptance", "1 业务受理", "1 受理", lambda: acceptance.AcceptanceTab),
    TabKind("survey", "2 勘查与方案", "2 方案", lambda: survey.SurveyTab),
    TabKind("design", "3 设计审查", "3 设计", lambda: design.DesignTab),
    TabKind("construction", "4 施工与检查", "4 施工", lambda: construction.ConstructionTab),
    TabKind("completion", "5 竣工验收", "5 验收", lambda: completion.CompletionTab),
    TabKind("energization", "6 送电", "6 送电", lambda: energization.EnergizationTab),
    TabKind("archive", "7 归档", "7 归档", lambda: archive.ArchiveTab),
)
