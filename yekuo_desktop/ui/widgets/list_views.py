"""Saved views of a list: columns, order and filter under a name; each person has his own."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QInputDialog, QMenu, QTableView, QWidget

from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.icons import icon
from yekuo_desktop.ui.theme import colours
from yekuo_desktop.ui.widgets.paged_model import PagedModel

VIEWS = "views."  # setting: views.<person>.<list>
MOST, LONGEST = 20, 20
TEXT = "text"  # the filter a list has of its own
TITLE = "视图"
DESCENDING, ASCENDING = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder


class View(msgspec.Struct, frozen=True, kw_only=True):
    """A list as somebody wants it again. ``order``: id of the column, "" where it stands as it came."""

    name: str
    columns: str = ""
    order: str = ""
    descending: bool = False
    filters: dict[str, str] = {}
    default: bool = False  # taken when the list opens


class Viewed(Protocol):
    """The table as its views see it."""

    view: QTableView
    model: PagedModel
    filters: dict[str, tuple[Callable[[], str], Callable[[str], object]]]

    def layout_state(self) -> str: ...
    def restore_layout(self, state: str) -> None: ...


class ListViews(QObject):
    """The views of one list of one person."""

    def __init__(
        self, table: Viewed, key: str, at: tuple[Desk, Session, Background], parent: QWidget
    ) -> None:
        """``key`` names the list in the settings."""
        super().__init__(parent)
        desk, session, self._background = at
        self._table, self._store, self._parent = table, desk.store, parent
        self._key = f"{VIEWS}{session.person.id}.{key}"
        self._kept: tuple[View, ...] = ()
        self._current = ""
        self._background.run(lambda: self._store.setting(self._key), self._begin, None, self)

    def all(self) -> Sequence[View]:
        """Every view, in the order they were made."""
        return self._kept

    def current(self) -> View | None:
        """The one that was taken last."""
        return next((view for view in self._kept if view.name == self._current), None)

    def now(self, name: str) -> View:
        """The list as it stands, under a name."""
        header = self._table.view.horizontalHeader()
        at = header.sortIndicatorSection()
        columns = self._table.model.columns
        return View(
            name=name,
            columns=self._table.layout_state(),
            order=columns[at].id if 0 <= at < len(columns) else "",
            descending=header.sortIndicatorOrder() is DESCENDING,
            filters={filter_: read() for filter_, (read, _) in self._table.filters.items()},
        )

    def take(self, view: View) -> None:
        """Show the list like this."""
        self._current = view.name
        self._table.restore_layout(view.columns)
        for name, words in view.filters.items():
            if name in self._table.filters:
                self._table.filters[name][1](words)
        ids = [column.id for column in self._table.model.columns]
        if view.order in ids:
            order = DESCENDING if view.descending else ASCENDING
            self._table.view.sortByColumn(ids.index(view.order), order)

    def save(self, name: str) -> None:
        """Keep the list as it stands; a view of that name is replaced and stays what it was by default."""
        name = " ".join(name.split())[:LONGEST]
        if not name:
            return
        before = next((view for view in self._kept if view.name == name), None)
        made = replace(self.now(name), default=bool(before and before.default))
        others = [view for view in self._kept if view.name != name]
        self._current = name
        self._keep([*others, made][-MOST:])

    def rename(self, view: View, name: str) -> None:
        """Another name; one that is taken changes nothing."""
        name = " ".join(name.split())[:LONGEST]
        if name and name not in {each.name for each in self._kept}:
            self._current = name
            self._keep([replace(each, name=name) if each == view else each for each in self._kept])

    def delete(self, view: View) -> None:
        """Forget it; the list stays as it is."""
        self._keep([each for each in self._kept if each != view])

    def prefer(self, view: View) -> None:
        """Have the list open like this; or no more, where it did."""
        wanted = not view.default
        self._keep([replace(each, default=wanted and each.name == view.name) for each in self._kept])

    def _begin(self, kept: str) -> None:
        self._kept = parsed(kept)
        for view in self._kept:
            if view.default:
                self.take(view)

    def _keep(self, views: Sequence[View]) -> None:
        self._kept = tuple(views)
        text = msgspec.json.encode(self._kept).decode()
        self._background.run(lambda: self._store.save_setting(self._key, text), None, None, self)

    def menu(self, parent: QWidget) -> QMenu:
        """Every view, and what can be done with the one that was taken last."""
        menu = QMenu(TITLE, parent)
        menu.setIcon(icon("eye", colours().quiet))
        for view in self._kept:
            action = menu.addAction(f"{view.name}(默认)" if view.default else view.name)
            action.setCheckable(True)
            action.setChecked(view.name == self._current)
            action.triggered.connect(lambda _checked=False, view=view: self.take(view))
        menu.addSeparator()
        menu.addAction("保存为视图…").triggered.connect(lambda _checked=False: self.ask_save())
        if current := self.current():
            self._offer(menu, current)
        return menu

    def _offer(self, menu: QMenu, view: View) -> None:
        default = f"不再默认打开“{view.name}”" if view.default else f"默认打开“{view.name}”"
        offers: Mapping[str, Callable[[], object]] = {
            f"按现在的样子更新“{view.name}”": lambda: self.save(view.name),
            f"改名“{view.name}”…": lambda: self.ask_rename(view),
            default: lambda: self.prefer(view),
            f"删除“{view.name}”": lambda: self.delete(view),
        }
        for words, done in offers.items():
            menu.addAction(words).triggered.connect(lambda _checked=False, done=done: done())

    def ask_save(self) -> None:
        """Under which name."""
        words = "记住现在的列、排序和筛选。视图名称:"
        self._ask("保存为视图", words, self._current, self.save)

    def ask_rename(self, view: View) -> None:
        """Which other name."""
        self._ask("视图改名", "新的名称:", view.name, lambda name: self.rename(view, name))

    def _ask(self, title: str, words: str, name: str, done: Callable[[str], object]) -> None:
        asked = QInputDialog(self._parent)
        asked.setWindowTitle(title)
        asked.setLabelText(words)
        asked.setTextValue(name)
        asked.setOkButtonText("保存")
        asked.setCancelButtonText("取消")
        asked.textValueSelected.connect(done)
        asked.finished.connect(asked.deleteLater)
        asked.open()


def parsed(kept: str) -> tuple[View, ...]:
    """What was kept; nothing where it is not ours."""
    try:
        return msgspec.json.decode(kept, type=tuple[View, ...])
    except msgspec.DecodeError:
        return ()
