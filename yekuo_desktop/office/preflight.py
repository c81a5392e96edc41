"""Looked at before a sheet is printed: what will be missing on it, and whether the printer can take it."""

from collections.abc import Iterable, Iterator, Sequence

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.field import sheet_of
from yekuo_desktop.domain.papers import Snapshot
from yekuo_desktop.domain.people import role_words
from yekuo_desktop.domain.stages import LABELS
from yekuo_desktop.domain.stages.acceptance.fields import FIELDS
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.ports import Part
from yekuo_desktop.office.print_ports import SpoolerTrouble
from yekuo_desktop.office.printing import frozen, layout_of, seal_of

PAPER = "A4"
NAMED = 4  # characters, fields or sheets named one by one; the rest are counted


def sheet_findings(desk: Desk, parts: Iterable[Part]) -> Sequence[str]:
    """What a person must know about these sheets before they are printed, most urgent first."""
    said: dict[str, list[str]] = {}
    for part in parts:
        for words in _of_part(desk, part) if part.case_id else ():
            said.setdefault(words, []).append(part.sheet_no)
    return [_with_sheets(words, sheets) for words, sheets in said.items()]


def _of_part(desk: Desk, part: Part) -> Iterator[str]:
    case = desk.store.case(part.case_id)
    if case is None:
        return
    sheet, _paper = frozen(desk, case, part.sheet_no)
    missing = [LABELS.get(key, key) for key in missing_keys(desk, case, sheet)]
    if missing:
        yield f"《{sheet.title}》缺少:{_named(missing)}"
    uncovered = desk.printery.uncovered(sheet)
    if uncovered:
        yield f"《{sheet.title}》有 {len(uncovered)} 个字没有字形,将印成 〓,请手写补上:{_named(uncovered)}"
    if sheet.seal_name and not sheet.seal_picture:
        yield _ring_words(desk, sheet)


def _ring_words(desk: Desk, sheet: Snapshot) -> str:
    """Why the sheet carries an empty ring, and who puts the seal on it."""
    registered = seal_of(desk.store.organisation(), sheet.seal_name)
    if registered is None or not registered.picture:
        return f"“{sheet.seal_name}”没有登记图片,印同样大小的空圈,请加盖手工章"
    users = role_words(desk.reference.seals.users(registered, sheet.form))
    return f"出具人{sheet.issued_by}无权使用“{sheet.seal_name}”,印空圈,请由{users}加盖手工章"


def missing_keys(desk: Desk, case: Case, sheet: Snapshot) -> Sequence[str]:
    """What the application had to say, has a place on the sheet and is not there. Places of later stages
    may be blank on purpose: they are filled in on site with a pen."""
    kind = sheet_of(case.klass, case.business)
    demanded = {f.key for f in FIELDS if kind in f.required and f.asked(case.values)}
    return [key for key in desk.printery.blank(sheet, layout_of(desk, sheet)) if key in demanded]


def _named(names: Sequence[str]) -> str:
    more = f" 等 {len(names)} 项" if len(names) > NAMED else ""
    return "、".join(names[:NAMED]) + more


def _with_sheets(words: str, sheets: Sequence[str]) -> str:
    return words if len(sheets) == 1 else f"{words}({len(sheets)} 张)"


def printer_findings(desk: Desk, name: str) -> Sequence[str]:
    """What keeps this printer from taking an A4 sheet now; nothing where no print system can tell."""
    if not desk.spooler.present():
        return ()
    try:
        printer = next((p for p in desk.spooler.printers() if p.name == name), None)
    except SpoolerTrouble as error:
        return (f"{error};单据会留在打印队列里",)
    if printer is None:
        return (f"打印机 {name} 已不在,请另选一台",)
    found = (
        [f"打印机 {name} {printer.trouble};单据会留在打印队列里,恢复后自动接着打"] if printer.trouble else []
    )
    if printer.papers and PAPER not in printer.papers:
        found.append(f"打印机 {name} 没有 {PAPER} 纸,单据按 {PAPER} 排版,会缩小或截去边缘")
    return found
