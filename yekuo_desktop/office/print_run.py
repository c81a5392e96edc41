"""Driving the print queue: sheets are drawn, sent and asked after, each step on disk before the next.

Who drives it calls ``advance`` again and again; each call is short and may be the last one before the
power goes. Nothing is sent twice: a row is claimed on disk before it is given to the print system, and
after a crash the print system is asked by the row's own job name whether it ever got it.
"""

import hashlib
import logging
from collections.abc import Collection
from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from yekuo_desktop.domain.print_rows import (
    AT_PRINTER,
    OPEN,
    PRINT_SYSTEM,
    UNSENT,
    PrintRow,
    Tally,
    tally,
)
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.print_ports import PrintOrder, SpoolerTrouble, SpoolJob
from yekuo_desktop.office.printing import draw_copy

log = logging.getLogger(__name__)
WINDOW = 8  # sheets at the printer at a time: the rest can still be stopped, or go to another printer
LOST_AFTER = timedelta(seconds=30)  # giving a sheet to the print system takes well under a second
UNKNOWN = "打印系统里没有这张的记录,请看打印机上有没有"


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How the queue stands after one step. ``trouble``: what keeps it from going on. ``moved``: whether
    this step did anything. ``waiting`` and ``tally`` count the batches that may go on, ``unfinished`` the
    whole queue, ``active`` what the print system works on. ``ready``: the next sheet to be painted where
    no print system takes it."""

    tally: Tally
    unfinished: Tally
    trouble: str = ""
    moved: bool = False
    waiting: int = 0
    active: int = 0
    ready: PrintRow | None = None


def advance(desk: Desk, batches: Collection[str]) -> Standing:
    """One short step: ask after what is at the printer, then draw and send the next sheets of these
    batches, in their order. Rows of other batches only settle: after a restart a person says "go on"."""
    active, moved = settle(desk)
    rows = [row for row in desk.store.prints.rows(UNSENT) if row.batch in batches]
    trouble = ""
    for waiting in rows[: max(0, WINDOW - active)]:
        row, trouble = _push(desk, waiting)
        moved = moved or row.state != waiting.state
        if trouble or row.state == "made":  # the window paints it
            break
    return _standing(desk, trouble, moved, batches)


def _standing(desk: Desk, trouble: str, moved: bool, batches: Collection[str]) -> Standing:
    """The queue as it is on disk."""
    rows, told = desk.store.prints.rows(OPEN), desk.spooler.present()
    mine = [row for row in rows if row.batch in batches]
    counted = [row for batch in batches for row in desk.store.prints.rows(batch=batch)]
    return Standing(
        tally=tally(counted),
        unfinished=tally(rows),
        trouble=trouble,
        moved=moved,
        waiting=sum(row.state in UNSENT for row in mine),
        active=sum(row.state in AT_PRINTER and row.reason != UNKNOWN for row in rows) if told else 0,
        ready=next((row for row in mine if row.state == "made" and not told), None),
    )


def _push(desk: Desk, row: PrintRow) -> tuple[PrintRow, str]:
    """Draw a row, and give it to the print system where there is one; what keeps it from going on."""
    if row.state == "waiting":
        row = _make(desk, row)
    if row.state != "made" or not desk.spooler.present():
        return row, ""
    trouble = _printer_trouble(desk, row.printer)
    return (row, trouble) if trouble else _send(desk, row)


def _make(desk: Desk, row: PrintRow) -> PrintRow:
    try:
        person = desk.store.organisation().person_name(row.asked_by)
        drawn = draw_copy(desk, person, row.case_id, row.sheet_no, row.copy, row.reprint)
    except Exception as error:  # one sheet that cannot be drawn must not hold up the others
        log.warning("cannot draw %s", row.sheet_no, exc_info=error)
        failed = row.now("failed", desk.clock(), f"没有生成:{error}")
        desk.store.prints.change(failed, row.state)
        return failed
    made = row.now("made", desk.clock(), pages=drawn.pages, digest=hashlib.sha256(drawn.pdf).hexdigest())
    desk.store.prints.change(made, row.state, drawn.pdf)
    return made


def _printer_trouble(desk: Desk, name: str) -> str:
    try:
        printer = next((p for p in desk.spooler.printers() if p.name == name), None)
    except SpoolerTrouble as error:
        return str(error)
    if printer is None:
        return f"打印机 {name} 已不在"
    return f"打印机 {name} {printer.trouble}" if printer.trouble else ""


def _send(desk: Desk, row: PrintRow) -> tuple[PrintRow, str]:
    """Claim the row on disk, give the sheet away, keep the job's number."""
    claimed = claim(desk, row)
    if claimed is None:
        return row, ""
    order = PrintOrder(
        printer=row.printer, name=row.job_name, pdf=desk.store.prints.pdf(row.id), duplex=row.duplex
    )
    try:
        job = desk.spooler.send(order)
    except SpoolerTrouble as error:
        return _not_taken(desk, claimed, error), str(error)
    sent = claimed.now("sent", desk.clock(), job=job)
    desk.store.prints.change(sent, "sending")
    return sent, ""


def claim(desk: Desk, row: PrintRow) -> PrintRow | None:
    """Say on disk that the sheet is now being given to the printer; None when somebody else does it."""
    claimed = row.now("sending", desk.clock(), attempts=row.attempts + 1, job=0)
    return claimed if desk.store.prints.change(claimed, "made") else None


def _not_taken(desk: Desk, row: PrintRow, error: SpoolerTrouble) -> PrintRow:
    """Back into the queue, unless it may have been taken all the same: then it is asked after."""
    if error.taken:
        return row
    back = row.now("made", desk.clock(), str(error))
    desk.store.prints.change(back, "sending")
    return back


def painted(desk: Desk, row: PrintRow) -> PrintRow:
    """The window has painted a sheet; this print system cannot say whether it came out."""
    sent = row.now("sent", desk.clock())
    desk.store.prints.change(sent, "sending")
    return sent


def broken(desk: Desk, row: PrintRow, reason: str, pages: int) -> PrintRow:
    """Painting stopped after ``pages`` pages."""
    failed = row.now("failed", desk.clock(), reason, printed_pages=pages, torn=pages > 0)
    desk.store.prints.change(failed, "sending")
    return failed


def settle(desk: Desk) -> tuple[int, bool]:
    """Ask the print system after everything at the printer: how many sheets it still works on, and
    whether anything changed."""
    rows = desk.store.prints.rows(AT_PRINTER)
    if not rows or not desk.spooler.present():
        return 0, False
    active, changed = 0, False
    for row in rows:
        try:
            after = _settled(desk, row)
        except SpoolerTrouble as error:
            log.warning("the print system does not answer: %s", error)
            break
        changed = changed or after.state != row.state
        active += after.state in AT_PRINTER and after.reason != UNKNOWN
    return active, changed


def _settled(desk: Desk, row: PrintRow) -> PrintRow:
    if row.state == "sending":
        return _found_again(desk, row)
    job = desk.spooler.job(row.job) if row.job else None
    after = _judged(row, job, desk.clock())
    if after != row:
        desk.store.prints.change(after, row.state, b"" if after.state == "done" else None)
    return after


def _found_again(desk: Desk, row: PrintRow) -> PrintRow:
    """A row whose sender died between claiming it and keeping the job's number."""
    looked, now = desk.spooler.look_for(row.job_name, row.printer, row.changed), desk.clock()
    if looked.job is not None:
        after = row.now("sent", now, job=looked.job.id)
    elif looked.complete and now - row.changed > LOST_AFTER:
        after = row.now("made", now, "上次中断,没有送到打印机")
    else:
        after = replace(row, reason=UNKNOWN)
    if after != row:
        desk.store.prints.change(after, row.state)
    return after


def _judged(row: PrintRow, job: SpoolJob | None, now: datetime) -> PrintRow:
    """The row after what the print system says of its job."""
    if job is None or job.name != row.job_name:
        return replace(row, reason=UNKNOWN)
    if job.state == "completed":
        return row.now("done", now, printed_pages=job.pages or row.pages, settled_by=PRINT_SYSTEM)
    if job.state in ("cancelled", "aborted"):
        said = "打印系统取消了任务" if job.state == "cancelled" else "打印机没有打完"
        torn = job.begun or job.pages > 0
        where = f",印到第 {job.pages} 页" if job.pages else ""
        words = f"{said}{where}({job.words})" if job.words else f"{said}{where}"
        return row.now("failed", now, words, torn=torn, printed_pages=job.pages)
    return replace(row, reason=job.words if job.state in ("held", "stopped") else "")
