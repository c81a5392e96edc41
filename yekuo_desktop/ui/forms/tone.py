"""The tone of a widget: which of the few states the style sheet paints (error, warning, hint …)."""

from PySide6.QtWidgets import QLabel, QWidget

ERROR, WARNING, HINT, PLAIN = "error", "warning", "hint", ""


def set_tone(widget: QWidget, tone: str) -> None:
    """Let the style sheet paint the widget in that tone."""
    if widget.property("tone") == tone:
        return
    widget.setProperty("tone", tone)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def label(text: str, role: str, *, wrap: bool = False) -> QLabel:
    """A text in one of the style sheet's roles: caption, quiet, title, message …"""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    return made
