"""The menu bar as data: title, entries, keys."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from yekuo_desktop.ui.icons import icon
from yekuo_desktop.ui.theme import colours


class Item(NamedTuple):
    """One entry. ``why`` greys it and says why."""

    words: str
    run: Callable[[], object]
    keys: tuple[str, ...] = ()
    icon: str = ""
    why: str = ""


Menus = Mapping[str, Sequence[Item | None]]


def fill_bar(bar: QMenuBar, menus: Menus) -> dict[str, QAction]:
    """Build the menus; the actions by their words."""
    actions: dict[str, QAction] = {}
    for title, items in menus.items():
        actions.update(fill_menu(bar.addMenu(title), items))
    return actions


def fill_menu(menu: QMenu, items: Sequence[Item | None]) -> dict[str, QAction]:
    """Build one menu; None is a line between groups."""
    menu.setToolTipsVisible(True)
    actions: dict[str, QAction] = {}
    for item in items:
        if item is None:
            menu.addSeparator()
        else:
            actions[item.words] = _action(menu, item)
    pictures = {actions[item.words]: item.icon for item in items if item and item.icon}
    menu.aboutToShow.connect(lambda: _illustrate(pictures))
    return actions


def _illustrate(pictures: dict[QAction, str]) -> None:
    """Icons are drawn for whoever opens the menu: at the start they would take a tenth of it."""
    while pictures:
        action, name = pictures.popitem()
        action.setIcon(icon(name, colours().quiet))


def _action(menu: QMenu, item: Item) -> QAction:
    action = menu.addAction(item.words)
    action.setShortcuts([QKeySequence(keys) for keys in item.keys])
    action.setEnabled(not item.why)
    action.setToolTip(item.why)

    def run(_checked: bool = False) -> None:
        item.run()

    action.triggered.connect(run)
    return action
