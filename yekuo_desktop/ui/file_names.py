"""Asking where a file is to go."""

from PySide6.QtWidgets import QFileDialog, QWidget

UNFIT = str.maketrans('/\\:*?"<>|', "-" * 9)  # what no file name may hold


def fit(name: str) -> str:
    """The name without what no file name may hold."""
    return name.translate(UNFIT)


def pdf(parent: QWidget, title: str, name: str) -> str:
    """A PDF to write, "" when the person thought better of it."""
    path, _ = QFileDialog.getSaveFileName(parent, title, name, "PDF 文件 (*.pdf)")
    return path if not path or path.lower().endswith(".pdf") else f"{path}.pdf"


def workbook(parent: QWidget, title: str, name: str) -> str:
    """A workbook to write, "" when the person thought better of it."""
    path, _ = QFileDialog.getSaveFileName(parent, title, name, "Excel 工作簿 (*.xlsx)")
    return path if not path or path.lower().endswith(".xlsx") else f"{path}.xlsx"
