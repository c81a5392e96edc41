"""Where Tab goes in what is made anew: Qt puts new widgets behind everything that was there before."""

import itertools

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QWidget


def lead(before: QWidget, page: QWidget) -> None:
    """From ``before`` through everything in the page that takes the keyboard, in the order it was made, and
    on to what followed ``before`` until now."""
    for here, there in itertools.pairwise((before, *stops(page))):
        QWidget.setTabOrder(here, there)


def stops(page: QWidget) -> list[QWidget]:
    """What takes the keyboard in a page by Tab; the insides of a number or a choice are not stops."""
    found: list[QWidget] = []
    for child in page.children():
        if isinstance(child, QWidget) and not child.isWindow() and not child.isHidden():
            takes = child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.focusProxy() is None
            found += [child] if takes else []
            found += [] if isinstance(child, QAbstractSpinBox | QComboBox) else stops(child)
    return found
