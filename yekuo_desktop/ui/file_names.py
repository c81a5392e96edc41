"""Asking where a file is to go."""

from PySide6.QtWidgets import QFileDialog, QWidget


def workbook(parent: QWidget, title: str, name: str) -> str:
    """A workbook to write, "" when the person thought better of it."""
    path, _ = QFileDialog.getSaveFileName(parent, title, name, "Excel 工作簿 (*.xlsx)")
    return path if not path or path.lower().endswith(".xlsx") else f"{path}.xlsx"
