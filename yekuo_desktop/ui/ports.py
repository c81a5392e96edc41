"""What the window needs from outside besides the desk. ``bootstrap`` brings the real things."""

from typing import NamedTuple, Protocol

from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.dossier_ports import Bound, Progress
from yekuo_desktop.office.list_files import ListFiles
from yekuo_desktop.office.ports import TableWriter
from yekuo_desktop.office.report import Report
from yekuo_desktop.office.setting_up import Founding
from yekuo_desktop.runtime.later import later

with later():  # only a start that fails needs one, or a new release
    from yekuo_desktop.office import repairing, updating

PageImage = tuple[int, int, bytes]
"""One page of a PDF: width, height, and pixels of 3 bytes (red, green, blue), rows unpadded."""


class Pages(Protocol):
    """Turns pages of a PDF into images. Called from a worker thread, one page at a time."""

    def count(self, pdf: bytes) -> int: ...
    def image(self, pdf: bytes, page: int, dpi: int) -> PageImage: ...
    def slim(self, pdf: bytes) -> bytes:
        """The same document, small enough for e-mail."""
        ...


class WriteDossier(Protocol):
    """The whole file of a case as one PDF, there whole or not at all."""

    def __call__(
        self, desk: Desk, session: Session, case_id: str, path: str, progress: Progress
    ) -> Bound: ...


class Updates(Protocol):
    """Newer programs, signed. All raise ``Refused`` or ``StoreTrouble`` in words."""

    def standing(self) -> "updating.Standing": ...
    def look(self, file: str) -> "updating.Signed": ...
    def install(self, desk: Desk, file: str, progress: Progress) -> "updating.Signed": ...
    def go_back(self) -> "updating.Standing": ...


class OfficeFiles(ListFiles, Protocol):
    """Files that come into the window and leave it: lists of applications, pictures of seals, dossiers."""

    def read_seal(self, path: str) -> bytes:
        """A seal picture that can be printed. Raises ``Refused`` with what is wrong with it."""
        ...

    def write_dossier(
        self, desk: Desk, session: Session, case_id: str, path: str, progress: Progress
    ) -> Bound:
        """As ``WriteDossier``."""
        ...

    def write_report(self, path: str, report: Report) -> None:
        """A report as a workbook with charts."""
        ...

    def updates(self) -> Updates:
        """The programs of this machine."""
        ...

    def check_seal(self, picture: bytes) -> None:
        """Raises ``Refused`` with what is wrong with a picture that was made of a drawing."""
        ...


class Administrator(NamedTuple):
    """The first person of a new store."""

    login: str
    name: str
    password: str


class Opener(Protocol):
    """Finds, makes and opens the store of this start."""

    pages: Pages
    write_table: TableWriter
    files: OfficeFiles

    @property
    def folder(self) -> str:
        """Where the store lies: one window per folder."""
        ...

    def exists(self) -> bool: ...
    def create_practice(self) -> None: ...
    def create_real(self, founding: Founding, administrator: Administrator) -> str:
        """Found a real store; the recovery code to write down. Raises ``Refused``."""
        ...

    def join(self, url: str, code: str, password: str) -> str:
        """A store of a centre, with what it has; the recovery code. Raises ``Refused``."""
        ...

    def open(self) -> Desk: ...
    def view(self) -> None:
        """From now on ``open`` gives a desk where one may only look."""
        ...

    def surgeon(self) -> "repairing.Surgeon":
        """Who looks at a store that cannot be opened."""
        ...


class Tools(NamedTuple):
    """What a window is brought from outside besides the desk."""

    pages: Pages
    write_table: TableWriter
    folder: str
    files: OfficeFiles
