"""Where the window stands on the screen: as it was left; at first as large as the screen of a counter."""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QWidget

from yekuo_desktop.office.ports import Store
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.theme import px

GEOMETRY = "window.geometry"  # setting


def restore(window: QWidget, store: Store) -> None:
    """As it was left."""
    saved = store.setting(GEOMETRY)
    if not (saved and window.restoreGeometry(QByteArray.fromBase64(saved.encode()))):
        free = window.screen().availableGeometry()
        window.resize(min(px(1366), free.width()), min(px(768), free.height()))
        if free.width() <= px(1440):
            window.setWindowState(Qt.WindowState.WindowMaximized)


def keep(window: QWidget, store: Store, background: Background) -> None:
    """For the next start."""
    geometry = bytes(window.saveGeometry().toBase64().data()).decode()
    background.run(lambda: store.save_setting(GEOMETRY, geometry))
