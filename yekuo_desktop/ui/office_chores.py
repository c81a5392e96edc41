"""The small acts that belong to no tab: password, settings, verification, registers, handbook."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from yekuo_desktop.domain.entries import Fault
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.ports import TableWriter
from yekuo_desktop.runtime.later import later
from yekuo_desktop.ui.background import Background, Progress
from yekuo_desktop.ui.errors import words_of
from yekuo_desktop.ui.ports import OfficeFiles
from yekuo_desktop.ui.settings import Settings, save_settings
from yekuo_desktop.ui.theme import install

with later():
    from yekuo_desktop.ui.dialogs import (
        about,
        firms,
        handbook,
        list_import,
        oversight,
        password,
        people,
        seal_register,
        seals,
    )
    from yekuo_desktop.ui.dialogs import settings as settings_dialog


class Chores(QObject):
    """Opens dialogs and runs jobs for the menus."""

    dialog = Signal(object)  # to be opened by the window
    drawn = Signal(str, object)
    opened = Signal(str)  # a case
    said = Signal(str, str)
    set = Signal(object)  # Settings
    asked = Signal(object)  # a dialog that opened over one of ours

    def __init__(
        self, desk: Desk, session: Session, background: Background, files: OfficeFiles, window: QWidget
    ) -> None:
        super().__init__(window)
        self._desk, self._session, self._background, self._window = desk, session, background, window
        self._files = files

    def change_password(self) -> None:
        """One's own password."""
        dialog = password.ChangePassword(self._desk, self._session, self._background, self._window)
        dialog.accepted.connect(lambda: self.said.emit("密码已修改，下次登录用新密码", "good"))
        self._open(dialog)

    def change_settings(self, settings: Settings) -> None:
        """Colours, size, lock."""
        dialog = settings_dialog.SettingsDialog(settings, self._window)
        dialog.accepted.connect(lambda: self._take(dialog.chosen()))
        self._open(dialog)

    def people(self) -> None:
        """Who works here."""
        dialog = people.PeopleDialog(self._desk, self._session, self._background, self._window)
        dialog.said.connect(self.said)
        self._open(dialog)

    def firms(self) -> None:
        """The public list of design, building and testing units."""
        dialog = firms.FirmsDialog(self._desk, self._session, self._background, self._window)
        dialog.said.connect(self.said)
        self._open(dialog)

    def seals(self) -> None:
        """The enterprise's seals: everybody may look, the administrator may change."""
        dialog = seals.SealsDialog(self._desk, self._session, self._background, self._files, self._window)
        dialog.said.connect(self.said)
        self._open(dialog)

    def accept_list(self) -> None:
        """Applications out of a workbook."""
        dialog = list_import.ListImport(
            self._desk, self._session, self._background, self._files, self._window
        )
        dialog.said.connect(self.said)
        self._open(dialog)

    def seal_register(self, write: TableWriter) -> None:
        """Every use of a seal."""
        dialog = seal_register.SealRegister(self._desk, self._session, self._background, write, self._window)
        dialog.paper.connect(self.drawn)
        dialog.opened.connect(self.opened)
        dialog.said.connect(self.said)
        self._open(dialog)

    def oversight(self, write: TableWriter) -> None:
        """What the audit's rules find."""
        dialog = oversight.OversightDialog(self._desk, self._session, self._background, write, self._window)
        dialog.paper.connect(self.drawn)
        dialog.opened.connect(self.opened)
        dialog.said.connect(self.said)
        dialog.asked.connect(self.asked)
        self._open(dialog)

    def verify(self) -> None:
        """Check the journal and everything derived from it, behind the window."""
        store = self._desk.store

        def work(progress: Progress) -> list[Fault]:
            faults = []
            for fault in store.verify():
                faults.append(fault)
                progress(len(faults), 0, fault.reason)
            return faults

        self._background.job("校验数据", work, self._verified, self._failed, self)

    def handbook(self, page: str) -> None:
        """The handbook at a page."""
        self._open(handbook.Handbook(page, self._window))

    def about(self, folder: str) -> None:
        """What this is."""
        self._open(about.About(folder, self._window))

    def _open(self, dialog: QDialog) -> None:
        self.dialog.emit(dialog)

    def _take(self, settings: Settings) -> None:
        self._background.run(lambda: save_settings(self._desk.store, settings), None, self._failed, self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            install(app, dark=settings.dark, scale=settings.scale / 100)
        self.set.emit(settings)

    def _verified(self, faults: list[Fault]) -> None:
        if not faults:
            self.said.emit("校验通过：日志完整，业务数据与日志一致", "good")
            return
        first = faults[0]
        self.said.emit(f"校验发现 {len(faults)} 处问题，第一处：{first.reason}。请停用并联系管理员", "error")

    def _failed(self, error: Exception) -> None:
        self.said.emit(words_of(error), "error")
