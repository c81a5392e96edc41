"""The tabs behind each other: made when first shown, looked at again only when they are seen."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from yekuo_desktop.office.workbench import Bench
from yekuo_desktop.runtime.later import later
from yekuo_desktop.ui.case.pages.counter import Counter
from yekuo_desktop.ui.tabs import TabKind
from yekuo_desktop.ui.tabs.workbench.tab import Workbench

with later():
    from yekuo_desktop.ui.case import frame
    from yekuo_desktop.ui.tabs.acceptance import tab as acceptance


class TabDeck(QStackedWidget):
    """All tabs of a window; their signals joined."""

    said = Signal(str)
    opened = Signal(str)
    drawn = Signal(str, object)
    print_requested = Signal(str, tuple)
    new_wanted = Signal()
    handover_wanted = Signal()
    turned = Signal(str)

    def __init__(self, counter: Counter, kinds: Sequence[TabKind], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counter = counter
        self._kinds = {kind.id: kind for kind in kinds}
        self._made: dict[str, Workbench | frame.StageTab] = {}
        self._pages: dict[str, QScrollArea] = {}
        self._stale: set[str] = set()
        self._shown = ""

    @property
    def shown(self) -> str:
        """The id of the tab in front."""
        return self._shown

    def tab(self, id_: str) -> "Workbench | frame.StageTab":
        """A tab, made now if nobody has looked at it yet."""
        if id_ not in self._made:
            made = self._kinds[id_].make(self._counter)
            self._made[id_] = made
            self._join(made)
            self._pages[id_] = _scrolling(made)
            self.addWidget(self._pages[id_])
            self._stale.add(id_)
        return self._made[id_]

    def turn_to(self, id_: str, seen: Bench | None = None) -> None:
        """Bring a tab to the front. ``seen``: what the work bench shows, where that is known already."""
        if id_ not in self._kinds:
            return
        tab = self.tab(id_)
        before = tab.focusWidget()  # Qt gives the keyboard to the first button of a page that had none
        self.setCurrentWidget(self._pages[id_])
        _focus(tab, before)
        self._shown = id_
        if seen is not None and isinstance(tab, Workbench):
            self._stale.discard(id_)
            tab.show_bench(seen)
        elif id_ in self._stale:
            self._stale.discard(id_)
            tab.refresh()
        self.turned.emit(id_)

    def show_case(self, stage: str, case_id: str) -> None:
        """Show a case in the tab of its stage."""
        self.turn_to(stage)
        tab = self._made.get(stage)
        if isinstance(tab, frame.StageTab):
            tab.bring_case(case_id)

    def start_new(self) -> None:
        """Begin a new application."""
        self.turn_to("acceptance")
        tab = self._made["acceptance"]
        if isinstance(tab, acceptance.AcceptanceTab):
            tab.new_application()

    def refresh(self) -> None:
        """Something was committed: look again at the tab in front, later at the others."""
        self._stale.update(self._made)
        self._stale.discard(self._shown)
        if self._shown:
            self._made[self._shown].refresh()

    def focus_tab(self) -> None:
        """Put the keyboard into the tab in front."""
        tab = self._made[self._shown]
        _focus(tab, tab.focusWidget())

    def _join(self, tab: "Workbench | frame.StageTab") -> None:
        if isinstance(tab, Workbench):
            tab.opened.connect(self.opened)
            tab.new_wanted.connect(self.new_wanted)
            tab.handover_wanted.connect(self.handover_wanted)
            tab.said.connect(self.said)
            tab.drawn.connect(self.drawn)
            return
        tab.said.connect(self.said)
        tab.drawn.connect(self.drawn)
        tab.print_requested.connect(self.print_requested)
        tab.followed.connect(self.show_case)


def _scrolling(tab: QWidget) -> QScrollArea:
    """A tab that scrolls where the screen is too small for it, for example at 150 %."""
    area = QScrollArea()
    area.setViewport(QWidget())  # our own: for a widget Qt made, PySide would load every class it could be
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(tab)
    return area


def _focus(tab: "Workbench | frame.StageTab", before: QWidget | None) -> None:
    """To where the person was in this tab; at first to its figures or its list."""
    if before is not None and before.isVisibleTo(tab):
        before.setFocus(Qt.FocusReason.OtherFocusReason)
    elif isinstance(tab, Workbench):
        tab.chosen_tile().setFocus(Qt.FocusReason.OtherFocusReason)
    else:
        tab.queue.take_keyboard()
