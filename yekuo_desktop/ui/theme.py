"""Fusion with our own colours, fonts and measures. Installed once, before the first widget."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from yekuo_desktop.runtime.paths import RESOURCES
from yekuo_desktop.ui.colours import DARK, LIGHT, Colours
from yekuo_desktop.ui.style import sheet

FONTS = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", "YekuoRare-Regular.ttf")
FAMILIES = ["Noto Sans SC", "Yekuo Rare"]
TEXT, ROW, GRID = 14, 32, 4  # pixels at scale 1
_DARK, _SCALE = "yekuo_dark", "yekuo_scale"


def install(app: QApplication, *, dark: bool = False, scale: float = 1.0, fonts: Path | None = None) -> None:
    """Dress the program. May be called again when the person changes colours or text size."""
    if not app.property(_SCALE):
        _register(fonts or RESOURCES / "fonts")
        app.setStyle(QStyleFactory.create("Fusion"))
    app.setProperty(_DARK, dark)
    app.setProperty(_SCALE, scale)
    app.setFont(font())
    app.setPalette(_palette(colours()))
    app.setStyleSheet(sheet(colours(), px, RESOURCES / "icons"))


def colours() -> Colours:
    """The colours in force."""
    return DARK if _asked(_DARK) else LIGHT


def px(size: float) -> int:
    """A measure of the design in pixels of this screen's text size."""
    return round(size * float(_asked(_SCALE) or 1.0))


def font(size: int = TEXT, *, bold: bool = False) -> QFont:
    """The program's font."""
    made = QFont(FAMILIES)
    made.setPixelSize(px(size))
    made.setBold(bold)
    return made


def row_height() -> int:
    """Of every row of every table."""
    return px(ROW)


def _asked(name: str) -> Any:
    app = QCoreApplication.instance()
    return app.property(name) if app else None


def _register(folder: Path) -> None:
    for name in FONTS:
        QFontDatabase.addApplicationFont(str(folder / name))


def _palette(tone: Colours) -> QPalette:
    palette, role = QPalette(), QPalette.ColorRole
    pairs = {
        role.Window: tone.ground,
        role.WindowText: tone.text,
        role.Base: tone.surface,
        role.AlternateBase: tone.raised,
        role.Text: tone.text,
        role.Button: tone.surface,
        role.ButtonText: tone.text,
        role.BrightText: tone.red,
        role.ToolTipBase: tone.text,
        role.ToolTipText: tone.surface,
        role.Highlight: tone.accent,
        role.HighlightedText: tone.on_accent,
        role.Link: tone.accent,
        role.LinkVisited: tone.accent,
        role.PlaceholderText: tone.quiet,
        role.Mid: tone.line_strong,
        role.Dark: tone.line_strong,
        role.Light: tone.surface,
        role.Accent: tone.accent,
    }
    for key, value in pairs.items():
        palette.setColor(key, QColor(value))
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, QColor(tone.line_strong))
    return palette
