"""The desk over a store, with the concrete things behind the office's ports.

What is slow to load and not needed at start (drawing, the print system) is loaded when first used.
"""

import os
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from yekuo_desktop.domain.masking import mask_text
from yekuo_desktop.domain.papers import Print, Snapshot
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.reference_texts import read_reference
from yekuo_desktop.office.backup_ports import NoKeeper
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.ports import Clock, Drawn, Hasher, Identity, StoreTrouble
from yekuo_desktop.office.self_test_ports import NoExaminer
from yekuo_desktop.office.sync_ports import NoLine
from yekuo_desktop.runtime import clock, log
from yekuo_desktop.runtime.later import later
from yekuo_desktop.runtime.paths import CENTRE_FORMS, FORMS, OWN_FORMS, RESOURCES, machine_id, store_dir
from yekuo_desktop.store.keys import KeyRing
from yekuo_desktop.store.passwords import Passwords
from yekuo_desktop.store.store import LocalStore

with later():
    from yekuo_desktop.bootstrap import examiner, keeper, line
    from yekuo_desktop.paper import cups
    from yekuo_desktop.store import repair_view


@cache
def load_reference(resources: Path = RESOURCES) -> Reference:
    """Rules, calendar, hours and code tables out of ``resources/``."""

    def text(name: str) -> str:
        return (resources / f"{name}.toml").read_text(encoding="utf-8")

    found = (path.relative_to(resources) for path in resources.rglob("*.toml"))
    return read_reference(sorted(path.with_suffix("").as_posix() for path in found), text)


@cache
def _uuid7() -> Any:
    """Loaded with the first act."""
    return import_module("uuid_utils").uuid7


def new_id() -> str:
    """A new UUIDv7 as text."""
    return str(_uuid7()())


class Press:
    """The printery, loaded when the first sheet is drawn: reportlab would cost every start."""

    def __init__(self, forms: Path, resources: Path, own: Path, centre: Path) -> None:
        self._where = (forms, resources, own, centre)
        self._made: Any = None
        self._layouts: dict[str, tuple[Any, str]] = {}

    def _printery(self) -> Any:
        if self._made is None:
            self._made = import_module("yekuo_desktop.paper.printery").Printery(*self._where)
        return self._made

    def layout(self, form: str) -> str:
        """The text of a form file; read and checked again only when somebody changed the file."""
        changed = self._printery().stamp(form)
        known = self._layouts.get(form)
        if known is None or known[0] != changed:
            known = self._layouts[form] = (changed, str(self._printery().layout(form)))
        return known[1]

    def draw(self, jobs: Sequence[tuple[Snapshot, Print, str, bytes | None]]) -> Drawn:
        """One PDF of several sheets."""
        drawn: Drawn = self._printery().draw(jobs)
        return drawn

    def troubles(self) -> tuple[str, ...]:
        """What is wrong with the county's own forms; nothing is loaded where it has none."""
        found: tuple[str, ...] = self._printery().troubles() if self._where[2].is_dir() else ()
        return found

    def uncovered(self, snapshot: Snapshot) -> tuple[str, ...]:
        """Characters no font can print."""
        missing: tuple[str, ...] = self._printery().uncovered(snapshot)
        return missing

    def blank(self, snapshot: Snapshot, layout: str) -> tuple[str, ...]:
        """Places without a value."""
        keys: tuple[str, ...] = self._printery().blank(snapshot, layout)
        return keys


def keyring_for(folder: Path) -> KeyRing:
    """Where the store's key is kept."""
    return KeyRing(folder, machine_id(os.environ))


def open_desk(data: str | None, *, practice_data: bool = False) -> Desk:
    """The desk over an existing store. Raises ``Refused`` when there is none."""
    folder = store_dir(data, practice=practice_data)
    LocalStore.settle(folder)
    if not LocalStore.exists(folder):
        raise StoreTrouble(f"{folder} 里还没有数据,请先运行 yekuo setup(或打开窗口按提示设置)")
    log.start(folder / "log", mask_text)
    store = LocalStore.open(folder, keyring_for(folder).key(), load_reference(), new_id)
    return desk_over(store, folder)


def view(folder: Path) -> Desk:
    """The desk over a copy of a store that cannot be written, to be looked at: without line and backups."""
    store = repair_view.ViewedStore.of(folder, keyring_for(folder).key(), load_reference(), new_id)
    return replace(desk_over(store, folder), line=NoLine(), keeper=NoKeeper(), examiner=NoExaminer())


class Spool:
    """The print system, loaded when it is first asked."""

    def __getattr__(self, name: str) -> Any:
        return getattr(_cups(), name)


class Asked:
    """Somebody who is loaded when he is first asked."""

    def __init__(self, made: Callable[[], Any]) -> None:
        self._make, self._made = made, None

    def __getattr__(self, name: str) -> Any:
        if self._made is None:
            self._made = self._make()
        return getattr(self._made, name)


@cache
def _cups() -> "cups.Cups":
    return cups.Cups()


def desk_over(store: LocalStore, folder: Path) -> Desk:
    """The desk over an open store that lies in ``folder``."""
    spooler: Any = Spool()
    machine = machine_id(os.environ)
    keeping: Any = Asked(lambda: keeper.StationKeeper(store, folder, clock.now, new_id, machine))
    examining: Any = Asked(lambda: examiner.StationExaminer(store, folder, clock.now, spooler))
    return Desk(
        store=store,
        reference=store.published.reference,
        printery=Press(FORMS, RESOURCES, folder / OWN_FORMS, folder / CENTRE_FORMS),
        hasher=Passwords(),
        clock=clock.now,
        ids=new_id,
        spooler=spooler,
        line=line.StationLine(store, clock.now, new_id, machine_id(os.environ), str(folder / line.AUTHORITY)),
        keeper=keeping,
        examiner=examining,
    )


def make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreTrouble(f"建不了数据目录 {folder}:{error.strerror}") from error


def new_desk(folder: Path, identity: Identity, now: Clock, hasher: Hasher) -> Desk:
    """A desk over a new, empty store with clock and password hashing of one's own choice."""
    make_folder(folder)
    key, _ = keyring_for(folder).create()
    return replace(
        desk_over(LocalStore.create(folder, key, load_reference(), identity, new_id), folder),
        clock=now,
        hasher=hasher,
    )
