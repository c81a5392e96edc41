"""What a person does with the print queue: ask for sheets, confirm, print again, give up, turn away."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import count

import msgspec
from msgspec.structs import replace

from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.print_rows import (
    AT_PRINTER,
    OPEN,
    PRINT_SYSTEM,
    UNSENT,
    WORDS,
    PrintRow,
    State,
    Tally,
    tally,
)
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.ports import Drawn, Part
from yekuo_desktop.office.print_run import settle
from yekuo_desktop.office.printing import reprint

MOST_COPIES = 20


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """How somebody wants it printed. ``copies`` 0: of each sheet as many as its form says."""

    printer: str
    copies: int = 1
    duplex: bool = False


def printed_before(desk: Desk, parts: Iterable[Part]) -> Sequence[PrintRow]:
    """The rows because of which another printing of these sheets is a 补打: printed, perhaps printed, or
    waiting in the queue. A printing already entered as 补打 makes room for itself."""
    return [row for part in parts if part.case_id for row in _in_the_way(desk, part)]


def _in_the_way(desk: Desk, part: Part) -> Sequence[PrintRow]:
    case = desk.store.case(part.case_id)
    paper = case.paper(part.sheet_no) if case else None
    found = desk.store.prints.of_sheets((part.sheet_no,)) if paper else ()
    return [r for r in found if paper and r.reprint == paper.reprints and (r.surety != "not" or _queued(r))]


def _queued(row: PrintRow) -> bool:
    return row.state in UNSENT


def ask(desk: Desk, session: Session, drawn: Drawn, wish: Wish, *, reason: str = "") -> str:
    """Put the sheets of a document into the queue, the whole one time after the other; the
    batch. Sheets that came out before are entered as 补打 with the ``reason``; without one it raises
    ``Refused``."""
    if not 0 <= wish.copies <= MOST_COPIES:
        raise refuse(f"份数应在 1 到 {MOST_COPIES} 之间", "copies")
    if not wish.printer:
        raise refuse("请选择打印机", "printer")
    for part in drawn.parts:
        _make_room(desk, session, part, reason)
    batch = desk.ids()
    rows = list(_new_rows(desk, session, drawn, wish, batch))
    taken = desk.store.prints.add(rows)
    if taken:
        raise refuse(in_the_way_words(taken[0]), "reason")
    return batch


def in_the_way_words(row: PrintRow) -> str:
    """Why a sheet cannot be printed as if for the first time."""
    if _queued(row):
        return f"《{row.title}》{row.sheet_no} 已在打印队列里"
    said = "已打印" if row.surety == "printed" else "可能已打印"
    return f"《{row.title}》{row.sheet_no} {row.changed:%m-%d %H:%M} {said};再打印须登记补打,写明原因"


def before_words(rows: Sequence[PrintRow]) -> str:
    """The same for all sheets of a document."""
    more = len({row.sheet_no for row in rows}) - 1
    return in_the_way_words(rows[0]) + (f"(另有 {more} 张也打印过)" if more else "")


def _make_room(desk: Desk, session: Session, part: Part, reason: str) -> None:
    """Enter the 补打 of a sheet that came out before; give up rows of it that failed."""
    if not part.case_id:
        return
    earlier = _in_the_way(desk, part)
    queued = next((row for row in earlier if _queued(row)), None)
    if queued is not None:
        raise refuse(in_the_way_words(queued))
    if earlier and not reason.strip():
        raise refuse(in_the_way_words(earlier[0]), "reason")
    if earlier:
        reprint(desk, session, part.case_id, part.sheet_no, reason.strip())
    cancel(desk, session, [r.id for r in desk.store.prints.of_sheets((part.sheet_no,)) if _failed(r)])


def _failed(row: PrintRow) -> bool:
    return row.state == "failed" and not row.torn


def _new_rows(
    desk: Desk, session: Session, drawn: Drawn, wish: Wish, batch: str
) -> Iterator[tuple[PrintRow, bytes]]:
    parts = [_whole(part, drawn) for part in drawn.parts or (Part(title="清单", sheet_no=""),)]
    cases = {part.case_id: desk.store.case(part.case_id) for part in parts if part.case_id}
    places = count(1)
    for copy in range(1, max(wish.copies or part.copies for part in parts) + 1):
        for part in (part for part in parts if copy <= (wish.copies or part.copies)):
            blank = replace(_blank(desk, session, wish, batch), place=next(places), copy=copy)
            yield _filled(blank, part, cases.get(part.case_id)), part.pdf


def _whole(part: Part, drawn: Drawn) -> Part:
    """A list that is the whole document, with its pages."""
    return part if part.case_id or part.pdf else replace(part, pdf=drawn.pdf, pages=drawn.pages)


def _blank(desk: Desk, session: Session, wish: Wish, batch: str) -> PrintRow:
    now = desk.clock()
    return PrintRow(
        id=desk.ids(),
        batch=batch,
        place=0,
        title="",
        sheet_no="",
        printer=wish.printer,
        duplex=wish.duplex,
        asked=now,
        asked_by=session.person.id,
        changed=now,
    )


def _filled(row: PrintRow, part: Part, case: Case | None) -> PrintRow:
    row = replace(row, title=part.title, sheet_no=part.sheet_no)
    if case is None:
        return replace(row, state="made", pages=part.pages, digest=hashlib.sha256(part.pdf).hexdigest())
    paper = case.paper(part.sheet_no)
    if paper is None or paper.void:
        raise refuse(f"《{part.title}》{part.sheet_no} 已作废,不再打印")
    return replace(
        row,
        case_id=case.id,
        number=case.number,
        customer=case.values.get("customer_name", ""),
        reprint=paper.reprints,
    )


def unfinished(desk: Desk) -> Sequence[PrintRow]:
    """What somebody still has to see to, in order."""
    return desk.store.prints.rows(OPEN)


def confirm(desk: Desk, session: Session, row_ids: Iterable[str]) -> int:
    """A person has the sheets in hand; how many that settled."""
    return _each(desk, row_ids, (*AT_PRINTER, "failed"), "done", session.person.id)


def send_again(desk: Desk, session: Session, row_ids: Iterable[str]) -> Collection[str]:
    """Print rows once more that failed or that a person did not find at the printer; their batches."""
    batches = set()
    for row in _rows(desk, row_ids, (*AT_PRINTER, "failed")):
        back: State = "made" if desk.store.prints.pdf(row.id) else "waiting"
        again = row.now(back, desk.clock(), f"{session.person.name} 重新打印", torn=False, job=0)
        if desk.store.prints.change(again, row.state):
            batches.add(row.batch)
    return batches


def cancel(desk: Desk, session: Session, row_ids: Iterable[str]) -> int:
    """Give rows up: what waits is not printed, what is at the printer is taken back as far as possible."""
    ids = list(row_ids)
    for row in _rows(desk, ids, ("sent",)):
        if row.job and desk.spooler.present():
            desk.spooler.cancel(row.job)
    settle(desk)
    return _each(desk, ids, (*UNSENT, "failed"), "cancelled", session.person.id)


def turn_to(desk: Desk, row_ids: Iterable[str], printer: str) -> int:
    """Let rows that are not out yet go to another printer."""
    done = 0
    for row in _rows(desk, row_ids, (*UNSENT, "failed")):
        done += desk.store.prints.change(replace(row, printer=printer), row.state)
    return done


def _each(desk: Desk, row_ids: Iterable[str], states: Sequence[State], to: State, by: str) -> int:
    done = 0
    for row in _rows(desk, row_ids, states):
        done += desk.store.prints.change(row.now(to, desk.clock(), settled_by=by), row.state, b"")
    return done


def _rows(desk: Desk, row_ids: Iterable[str], states: Sequence[State]) -> list[PrintRow]:
    found = (desk.store.prints.get(row_id) for row_id in row_ids)
    return [row for row in found if row is not None and row.state in states]


def state_words(row: PrintRow) -> str:
    """The state as a clerk reads it."""
    word = WORDS[row.state]
    if row.state == "done":
        return word if row.settled_by == PRINT_SYSTEM else f"{word}(人工)"
    return f"{word},可能印出一部分" if row.torn else word


def left_behind(desk: Desk) -> Tally:
    """What is unfinished, counted; ask after nothing yet."""
    return tally(unfinished(desk))


def outcome(rows: Sequence[PrintRow]) -> tuple[str, str]:
    """How a batch ended, in words, and their tone."""
    found = tally(rows)
    if found.printed == found.whole:
        return f"{found.printed} 张已打印,打印机已确认", "good"
    if found.printed + found.maybe == found.whole and all(
        row.state == "sent" for row in rows if not _over(row)
    ):
        return f"{found.maybe} 张已送打印机,请看纸张,在打印队列里确认", "good"
    return f"{found.words()};请打开打印队列处理", "warning"


def _over(row: PrintRow) -> bool:
    return row.state in ("done", "cancelled")


def batch_tally(desk: Desk, batch: str) -> Tally:
    """How far a batch got."""
    return tally(desk.store.prints.rows(batch=batch))
