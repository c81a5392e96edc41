"""The dialogs of the synchronisation: how far both sides are, joining a centre, exchange by stick."""

from PySide6.QtWidgets import QWidget

from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.runtime.later import later
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.desks.desk import OfficeDesk
from yekuo_desktop.ui.overview import Overview
from yekuo_desktop.ui.ports import Tools
from yekuo_desktop.ui.syncing import Syncing

with later():
    from yekuo_desktop.ui.dialogs import about, sync_county, sync_join, sync_page, sync_parcel


class SyncDesk(OfficeDesk):
    """Opens them over the window, and keeps ``syncing`` going."""

    def __init__(
        self, desk: Desk, session: Session, background: Background, tools: Tools, window: QWidget
    ) -> None:
        super().__init__(desk, session, background, tools, window)
        self.syncing = Syncing(desk, background, self)

    def explain(self, seen: Overview | None) -> None:
        """What the light means."""
        if seen is not None and seen.sync.kind != "alone":
            self.page()
            return
        told = about.WorksAlone(seen.unsent if seen else 0, self._window)
        told.join_wanted.connect(self.join)
        self._open(told)

    def page(self) -> None:
        """How far this computer and the centre are, and what is to be decided."""
        page = sync_page.SyncPage(self._desk, self._session, self._background, self._window)
        page.now_wanted.connect(self.syncing.now)
        page.join_wanted.connect(self.join)
        self.syncing.changed.connect(page.refresh)
        self._open(page)

    def county(self) -> None:
        """How the computers of the whole county are."""
        self._open(sync_county.SyncCounty(self._desk, self._background, self._window))

    def join(self) -> None:
        """Make this computer one of a centre's."""
        dialog = sync_join.SyncJoin(self._desk, self._background, self._window)
        dialog.accepted.connect(self._joined)
        self._open(dialog)

    def exchange(self) -> None:
        """What waits on a stick, and the centre's answer from it."""
        self._open(sync_parcel.SyncParcel(self._desk, self._background, self._window))

    def _joined(self) -> None:
        self.said.emit("已加入中心，正在上传", "good")
        self.syncing.now()
