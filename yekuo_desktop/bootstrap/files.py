"""Files that come in and go out: lists, workbooks, dossiers, seal pictures, pages of a preview."""

import logging
import os
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from yekuo_desktop.bootstrap.desks import load_reference
from yekuo_desktop.domain.act import refuse
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.runtime.later import later
from yekuo_desktop.runtime.paths import RESOURCES
from yekuo_desktop.store.marker import write_durably, written_durably

with later():
    from yekuo_desktop.bootstrap import updates
    from yekuo_desktop.domain.lists import kinds
    from yekuo_desktop.domain.lists import reading as list_tables
    from yekuo_desktop.office import dossier, dossier_ports, lists

LOG = logging.getLogger(__name__)


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
    most = import_module("yekuo_desktop.paper.seal_picture").MAX_BYTES
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
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


def write_report(path: Path, report: Any) -> None:
    """A report as a workbook with charts."""
    import_module("yekuo_desktop.sheets.report").write_report(path, report)


def read_list(desk: Desk, path: Path, kind: "kinds.ListKind") -> "list_tables.ListTable":
    """A list of that kind as an office sent it."""
    sheets = import_module("yekuo_desktop.sheets.lists")
    trade = sheets.trade_of(desk.reference, desk.store.organisation(), desk.clock().date())
    table: list_tables.ListTable = sheets.read_list(path, kind, trade)
    return table


def write_answer(
    path: Path, table: "list_tables.ListTable", result: "lists.ListResult", kind: "kinds.ListKind"
) -> None:
    """The list again, each row with its result."""
    import_module("yekuo_desktop.sheets.lists").write_answer(path, table, result, kind)


def write_template(path: Path, kind: "kinds.ListKind") -> None:
    """Our own empty list of that kind."""
    import_module("yekuo_desktop.sheets.lists").write_template(path, kind, load_reference().codes)


class OfficeFiles:
    """Lists and seal pictures, for the window."""

    def read(self, desk: Desk, path: str, kind: "kinds.ListKind") -> "list_tables.ListTable":
        """A list of that kind."""
        return read_list(desk, Path(path), kind)

    def write_answer(
        self, path: str, table: "list_tables.ListTable", result: "lists.ListResult", kind: "kinds.ListKind"
    ) -> None:
        """The list with what became of each row."""
        write_answer(Path(path), table, result, kind)

    def write_template(self, path: str, kind: "kinds.ListKind") -> None:
        """An empty list."""
        write_template(Path(path), kind)

    def write_report(self, path: str, report: Any) -> None:
        """A report as a workbook with charts."""
        write_report(Path(path), report)

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

    def updates(self) -> "updates.Updates":
        """The programs of this machine."""
        return updates.Updates()

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

    def slim(self, pdf: bytes) -> bytes:
        """Small enough for e-mail."""
        return bytes(import_module("yekuo_desktop.paper.slim").slim(pdf))
