"""The composition root: the only module that knows the concrete classes.

What is slow to load and not needed at start (drawing, workbooks) is loaded by name when first used.
"""

import logging
import os
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.masking import mask_text
from yekuo_desktop.domain.office_acts import check_person
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.papers import Print, Snapshot
from yekuo_desktop.domain.people import Person, Role
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.reference_texts import read_reference
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.ports import Clock, Drawn, Hasher, Identity, StoreTrouble
from yekuo_desktop.office.signing_in import check_password
from yekuo_desktop.runtime import clock, log
from yekuo_desktop.runtime.later import later
from yekuo_desktop.runtime.paths import FORMS, PRACTICE, REAL, RESOURCES, machine_id, store_dir
from yekuo_desktop.store.keys import KeyRing
from yekuo_desktop.store.marker import write_durably, written_durably
from yekuo_desktop.store.passwords import Passwords
from yekuo_desktop.store.store import LocalStore

with later():
    from yekuo_desktop.domain import lists as list_tables
    from yekuo_desktop.office import dossier, dossier_ports, lists, practice, setting_up
    from yekuo_desktop.paper import cups

LOG = logging.getLogger(__name__)


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

    def __init__(self, forms: Path, resources: Path) -> None:
        self._where = (forms, resources)
        self._made: Any = None
        self._layouts: dict[str, tuple[int, str]] = {}

    def _printery(self) -> Any:
        if self._made is None:
            self._made = import_module("yekuo_desktop.paper.printery").Printery(*self._where)
        return self._made

    def layout(self, form: str) -> str:
        """The text of a form file; read and checked again only when somebody changed the file."""
        changed = (self._where[0] / f"{form}.toml").stat().st_mtime_ns
        known = self._layouts.get(form)
        if known is None or known[0] != changed:
            known = self._layouts[form] = (changed, str(self._printery().layout(form)))
        return known[1]

    def draw(self, jobs: Sequence[tuple[Snapshot, Print, str, bytes | None]]) -> Drawn:
        """One PDF of several sheets."""
        drawn: Drawn = self._printery().draw(jobs)
        return drawn

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
    if not LocalStore.exists(folder):
        raise StoreTrouble(f"{folder} 里还没有数据,请先运行 yekuo setup(或打开窗口按提示设置)")
    log.start(folder / "log", mask_text)
    return _desk(LocalStore.open(folder, keyring_for(folder).key(), load_reference(), new_id))


class Spool:
    """The print system, loaded when it is first asked."""

    def __getattr__(self, name: str) -> Any:
        return getattr(_cups(), name)


@cache
def _cups() -> "cups.Cups":
    return cups.Cups()


def _desk(store: LocalStore) -> Desk:
    spooler: Any = Spool()
    return Desk(
        store=store,
        reference=load_reference(),
        printery=Press(FORMS, RESOURCES),
        hasher=Passwords(),
        clock=clock.now,
        ids=new_id,
        spooler=spooler,
    )


def target(data: str | None, *, practice: bool) -> Path:
    """Where a new store goes. Refuses a folder that already holds one."""
    folder = store_dir(data, practice=practice)
    if not data and not practice and folder.name != REAL:
        folder = folder.with_name(REAL)
    if LocalStore.exists(folder):
        raise refuse(f"{folder} 里已经有数据;要另建一套请用 --data 指定别的目录")
    return folder


def create_practice(folder: Path, now: Clock = clock.now) -> None:
    """A practice store with its county, people and forty cases, all of it before ``now``."""
    made, _ = _create(folder, practice.FOUNDING)
    desk = replace(made, clock=now)
    try:
        practice.populate(desk)
    finally:
        desk.store.close()


def create_real(folder: Path, founding: "setting_up.Founding", login: str, name: str, password: str) -> str:
    """A real store with its first administrator. Returns the recovery code, "" where the system
    keeps the key itself."""
    roles = (Role.ADMINISTRATOR, Role.SUPERVISOR, Role.CLERK)
    admin = Person(id=new_id(), login=login, name=name, roles=roles, station=founding.station)
    setting_up.check_founding(founding)
    check_person(Organisation(), admin)
    check_password(password)  # everything is asked before anything is made
    desk, recovery = _create(folder, founding)
    try:
        setting_up.found(desk, founding, ((admin, password),))
    finally:
        desk.store.close()
    return recovery


def _create(folder: Path, founding: "setting_up.Founding") -> tuple[Desk, str]:
    identity = Identity(
        org=new_id(),
        station=founding.station,
        terminal=founding.terminal,
        device=new_id(),
        incarnation=new_id(),
        practice=founding.practice,
    )
    _make(folder)
    key, recovery = keyring_for(folder).create()
    return _desk(LocalStore.create(folder, key, load_reference(), identity, new_id)), recovery


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreTrouble(f"建不了数据目录 {folder}:{error.strerror}") from error


def new_desk(folder: Path, identity: Identity, now: Clock, hasher: Hasher) -> Desk:
    """A desk over a new, empty store with clock and password hashing of one's own choice."""
    _make(folder)
    key, _ = keyring_for(folder).create()
    return replace(
        _desk(LocalStore.create(folder, key, load_reference(), identity, new_id)), clock=now, hasher=hasher
    )


def write_file(path: Path, content: bytes) -> None:
    """Write a whole file or none: beside it first, then in its place."""
    try:
        write_durably(path, content)
    except OSError as error:
        raise _unwritten(path, error) from error


def _unwritten(path: Path, error: OSError) -> Exception:
    LOG.warning("cannot write %s", path, exc_info=error)
    return refuse(f"写不了文件 {path}:{error.strerror}")


def write_dossier(
    desk: Desk,
    session: Session,
    case_id: str,
    path: Path,
    progress: "dossier_ports.Progress",
    cancelled: Callable[[], bool] = lambda: False,
    *,
    voided: bool = False,
) -> "dossier_ports.Bound":
    """The dossier of a case as a PDF, whole or not at all."""
    bindery = import_module("yekuo_desktop.paper.dossier").Bindery(RESOURCES)
    try:
        with written_durably(path) as out:
            return dossier.build(desk, session, bindery, case_id, out, progress, cancelled, voided=voided)
    except OSError as error:
        raise _unwritten(path, error) from error


def read_seal(path: Path) -> bytes:
    """A seal picture that can be printed. Raises ``Refused`` with what is wrong with it."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise refuse(f"印章图片 {path.name} 读不出:{error.strerror}") from error
    check_seal(content, path.name)
    return content


def check_seal(content: bytes, name: str = "") -> None:
    """Raises ``Refused`` with what is wrong with a seal picture."""
    reader = import_module("yekuo_desktop.paper.seal_picture")
    try:
        reader.read_seal_picture(content)
    except reader.BadSealPicture as error:
        raise refuse(f"印章图片 {name} 不能用:{error}") from error


def demand_writable(path: Path) -> None:
    """Refuse a file that could not be written, before anything is done for it."""
    folder = path.resolve().parent
    if not folder.is_dir() or not os.access(folder, os.W_OK) or path.is_dir():
        raise refuse(f"写不了文件 {path}:请换一个能写入的文件夹")


def write_table(path: str, title: str, columns: Sequence[tuple[str, str, int]], rows: Iterable[Any]) -> None:
    """A list as a workbook; openpyxl is loaded when the first list is written."""
    import_module("yekuo_desktop.sheets.writer").write_table(Path(path), title, columns, rows)


def read_list(desk: Desk, path: Path) -> "list_tables.ListTable":
    """A list of applications as an office sent it."""
    sheets = import_module("yekuo_desktop.sheets.lists")
    trade = sheets.trade_of(desk.reference, desk.store.organisation(), desk.clock().date())
    table: list_tables.ListTable = sheets.read_list(path, trade)
    return table


def write_answer(path: Path, table: "list_tables.ListTable", result: "lists.ListResult") -> None:
    """The list again, each row with its result."""
    import_module("yekuo_desktop.sheets.lists").write_answer(path, table, result)


def write_template(path: Path) -> None:
    """Our own empty list."""
    import_module("yekuo_desktop.sheets.lists").write_template(path, load_reference().codes)


class OfficeFiles:
    """Lists of applications and seal pictures, for the window."""

    def read(self, desk: Desk, path: str) -> "list_tables.ListTable":
        """A list of applications."""
        return read_list(desk, Path(path))

    def write_answer(self, path: str, table: "list_tables.ListTable", result: "lists.ListResult") -> None:
        """The list with what became of each row."""
        write_answer(Path(path), table, result)

    def write_template(self, path: str) -> None:
        """An empty list."""
        write_template(Path(path))

    def demand_writable(self, path: str) -> None:
        """Refuse a file that could not be written."""
        demand_writable(Path(path))

    def read_seal(self, path: str) -> bytes:
        """A seal picture that can be printed."""
        return read_seal(Path(path))

    def write_dossier(
        self, desk: Desk, session: Session, case_id: str, path: str, progress: "dossier_ports.Progress"
    ) -> "dossier_ports.Bound":
        """The dossier of a case."""
        return write_dossier(desk, session, case_id, Path(path), progress)

    def check_seal(self, picture: bytes) -> None:
        """Whether a picture can be printed."""
        check_seal(picture)


class PageImages:
    """Pages of a PDF as pixels for the preview, loaded with the first preview."""

    def count(self, pdf: bytes) -> int:
        """How many pages."""
        return int(import_module("yekuo_desktop.paper.preview").page_count(pdf))

    def image(self, pdf: bytes, page: int, dpi: int) -> Any:
        """One page: width, height, pixels (red, green, blue)."""
        return import_module("yekuo_desktop.paper.preview").page_image(pdf, page, dpi)


class Opener:
    """Finds, makes and opens the store of this start, for the window."""

    pages = PageImages()
    write_table = staticmethod(write_table)
    files = OfficeFiles()

    def __init__(self, folder: Path, *, fixed: bool) -> None:
        self._folder = folder
        self._fixed = fixed  # named by --data: practice and real are then no neighbours

    @property
    def folder(self) -> str:
        """Where the store lies."""
        return str(self._folder)

    def exists(self) -> bool:
        """Whether there is a store."""
        return LocalStore.exists(self._folder)

    def create_practice(self) -> None:
        """The practice county."""
        self._folder = self._folder if self._fixed else self._folder.with_name(PRACTICE)
        create_practice(self._folder)

    def create_real(self, founding: "setting_up.Founding", administrator: Any) -> str:
        """A real store; the recovery code to write down."""
        self._folder = self._folder if self._fixed else self._folder.with_name(REAL)
        return create_real(self._folder, founding, *administrator)

    def open(self) -> Desk:
        """The desk over the store."""
        return open_desk(self.folder)
