"""The small acts that belong to no tab: password, settings, handbook."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication

from yekuo_desktop.runtime.later import later
from yekuo_desktop.ui.desks.desk import OfficeDesk
from yekuo_desktop.ui.settings import Settings, save_settings
from yekuo_desktop.ui.theme import install

with later():
    from yekuo_desktop.ui.dialogs import about, handbook, password
    from yekuo_desktop.ui.dialogs import settings as settings_dialog


class Chores(OfficeDesk):
    """What a person sets for himself and reads."""

    set = Signal(object)  # Settings

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

    def handbook(self, page: str) -> None:
        """The handbook at a page."""
        self._open(handbook.Handbook(page, self._window))

    def about(self) -> None:
        """What this is."""
        self._open(about.About(self._tools.folder, self._window))

    def _take(self, settings: Settings) -> None:
        self._background.run(lambda: save_settings(self._desk.store, settings), None, self._failed, self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            install(app, dark=settings.dark, scale=settings.scale / 100)
        self.set.emit(settings)
