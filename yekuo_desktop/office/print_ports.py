"""What the print room needs from outside: the rows on disk, and the print system of this machine."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal, Protocol

import msgspec

from yekuo_desktop.domain.print_rows import PrintRow, State

JobState = Literal["pending", "held", "printing", "stopped", "cancelled", "aborted", "completed"]


class PrintRows(Protocol):
    """The durable queue. Every method is one commit, on disk when it returns."""

    def add(self, rows: Sequence[tuple[PrintRow, bytes]]) -> Sequence[PrintRow]:
        """Put rows behind the others, with the PDF of those that have one already (b"" for none).

        All or nothing: when one of these printings stands in the queue already, nothing is added and the
        rows in the way are returned.
        """
        ...

    def change(self, row: PrintRow, before: State, pdf: bytes | None = None) -> bool:
        """Save a row if it is still in the state ``before``; False when somebody else was faster.
        ``pdf`` None leaves the kept PDF as it is, b"" throws it away."""
        ...

    def get(self, row_id: str) -> PrintRow | None: ...
    def rows(self, states: Sequence[State] = (), batch: str = "", limit: int = 20_000) -> Sequence[PrintRow]:
        """In the order they are to come out; in these states (all when empty), of one batch or of all."""
        ...

    def latest(self, limit: int) -> Sequence[PrintRow]:
        """The rows asked for last, the newest first."""
        ...

    def of_sheets(self, sheet_nos: Iterable[str]) -> Sequence[PrintRow]:
        """Every printing of these sheets."""
        ...

    def pdf(self, row_id: str) -> bytes:
        """The PDF of a row, b"" when there is none (any more)."""
        ...


class PrinterFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A printer as the print system knows it. ``trouble``: why it prints nothing now, in words.
    ``papers``: the sizes it has or can take, as ISO names ("A4"); empty where it does not say."""

    name: str
    default: bool = False
    trouble: str = ""
    papers: frozenset[str] = frozenset()
    duplex: bool = True


class PrintOrder(msgspec.Struct, frozen=True, kw_only=True):
    """One job for the print system. ``name`` is ASCII."""

    printer: str
    name: str
    pdf: bytes
    duplex: bool = False


class SpoolJob(msgspec.Struct, frozen=True, kw_only=True):
    """A job as the print system knows it. ``begun``: the printer has worked on it. The ``name`` tells it
    from another job that got the same number after the print system lost its memory."""

    id: int
    name: str
    state: JobState
    pages: int = 0
    begun: bool = False
    words: str = ""


class Looked(msgspec.Struct, frozen=True):
    """A job looked for by its name. ``complete``: the print system still remembers jobs that ended
    before the time asked about, so what it does not find it was never given."""

    job: SpoolJob | None
    complete: bool


class SpoolerTrouble(Exception):
    """The print system did not take a job or did not answer; the message says why, in words.
    ``taken`` is True when the job may have reached it all the same."""

    def __init__(self, words: str, *, taken: bool = False) -> None:
        super().__init__(words)
        self.taken = taken


class Spooler(Protocol):
    """The print system. Where there is none, the window prints through Qt and a person confirms."""

    def present(self) -> bool:
        """Whether jobs can be sent to it and asked after."""
        ...

    def printers(self) -> Sequence[PrinterFacts]: ...
    def send(self, order: PrintOrder) -> int:
        """Give it a job; its number. Raises ``SpoolerTrouble``."""
        ...

    def job(self, number: int) -> SpoolJob | None:
        """What became of a job; None when it is not remembered. Raises ``SpoolerTrouble``."""
        ...

    def look_for(self, name: str, printer: str, since: datetime) -> Looked:
        """The job of that name, given at ``since`` or later. Raises ``SpoolerTrouble``."""
        ...

    def cancel(self, number: int) -> None:
        """Take a job back as far as it has not been printed. Raises ``SpoolerTrouble``."""
        ...


class NoSpooler:
    """A machine whose print system tells nothing about its jobs."""

    def present(self) -> bool:
        """Never."""
        return False

    def printers(self) -> Sequence[PrinterFacts]:
        """None it could tell about."""
        return ()

    def send(self, order: PrintOrder) -> int:
        """Nothing can be sent."""
        raise SpoolerTrouble(f"{order.printer} 不能由打印系统代送")

    def job(self, _number: int) -> SpoolJob | None:
        """Nothing is remembered."""
        return None

    def look_for(self, _name: str, _printer: str, _since: datetime) -> Looked:
        """Nothing is remembered."""
        return Looked(None, complete=False)

    def cancel(self, _number: int) -> None:
        """Nothing can be taken back."""
