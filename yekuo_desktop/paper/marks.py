"""What every sheet carries besides its form: the footer, 补打, 作废, 演练作废."""

from yekuo_desktop.domain.papers import Print, Snapshot
from yekuo_desktop.paper.fitting import Fitted, fit, lay
from yekuo_desktop.paper.fonts import PAGE_MARKS, Faces
from yekuo_desktop.paper.form import Form
from yekuo_desktop.paper.heads import CLEAR, MARGIN_CODE
from yekuo_desktop.paper.items import Frame, Item, Rule
from yekuo_desktop.paper.units import mm

SIZE = 8.0  # points
PRACTICE = "演练作废"
VOIDED = "作废"


def footer(form: Form, snapshot: Snapshot, printing: Print, faces: Faces) -> list[Item]:
    """Sheet number, copy, when and by whom printed, page x of y; the note on copies below."""
    x, width = form.left * mm, form.width * mm
    y = (form.page[1] - form.bottom) * mm - 8.2 * mm
    pages = f"第 {PAGE_MARKS['page']} 页 共 {PAGE_MARKS['pages']} 页"
    first = fit(_origin(snapshot, printing), width - 32 * mm, "serif", SIZE, faces)
    marks: list[Item] = [Rule(x, y, x + width, y, 0.75), *lay(first, x, y + 1.0 * mm, width, "left", faces)]
    marks += lay(Fitted((pages,), "serif", SIZE), x, y + 1.0 * mm, width, "right", faces)
    if snapshot.copies_note:
        note = fit(snapshot.copies_note, width, "serif", SIZE, faces)
        marks += lay(note, x, y + 1.0 * mm + first.height, width, "left", faces, 0.25)
    return marks


def _origin(snapshot: Snapshot, printing: Print) -> str:
    word = f"补打第 {printing.reprint} 次" if printing.reprint else "打印"
    when = f"{printing.at:%Y-%m-%d %H:%M}"
    version = f"\u3000第 {snapshot.version} 版" if snapshot.version > 1 else ""
    return f"单据号 {snapshot.sheet_no}{version}\u3000第 {printing.copy} 份\u3000{word} {when} {printing.by}"


def stamp(form: Form, printing: Print, faces: Faces) -> list[Item]:
    """The boxed mark at the top of a reprint or a void sheet, above everything else."""
    text = _stamp_words(printing)
    if not text:
        return []
    x, width = form.left * mm, form.width * mm
    line = fit(text, width - 2 * (MARGIN_CODE + CLEAR), "bold", SIZE + 0.5, faces)
    broad = max(faces.width(part, line.style, line.size) for part in line.lines) + 5 * mm
    left = x + (width - broad) / 2
    top = form.top * mm - 5.6 * mm - (line.height - line.size * line.leading)
    return [
        Frame(left, top, broad, line.height + 0.8 * mm, 0.9),
        *lay(line, left, top + 0.4 * mm, broad, "center", faces),
    ]


def _stamp_words(printing: Print) -> str:
    words = []
    if printing.void:
        words.append(f"本单已作废：{printing.void}")
    if printing.reprint:
        words.append(f"补打 第 {printing.reprint} 次 {printing.at:%Y-%m-%d %H:%M} {printing.by}")
    return "\u3000".join(words)


def across(snapshot: Snapshot, printing: Print) -> str:
    """The large light words across the sheet, "" for none."""
    if snapshot.practice:
        return PRACTICE
    return VOIDED if printing.void else ""
