"""Two hundred work orders with seal places and QR codes, against a bare canvas drawing the same strings."""

from collections.abc import Callable
from io import BytesIO
from time import perf_counter
from typing import Any

from msgspec.structs import replace
from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.paper.samples import PRINTING, RESIDENT, ROOT, sheet, values_of
from yekuo_desktop.domain.qr import Mark, signed_code
from yekuo_desktop.domain.stages import LABELS
from yekuo_desktop.paper.compose import compose
from yekuo_desktop.paper.fonts import PAGE_MARKS, Faces
from yekuo_desktop.paper.form import Form
from yekuo_desktop.paper.form_reader import parse_form
from yekuo_desktop.paper.items import Text
from yekuo_desktop.paper.marks import footer
from yekuo_desktop.paper.qr_art import qr_runs
from yekuo_desktop.paper.render import Job, render

SHEETS, ROUNDS = 200, 5
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SURNAMES, GIVEN = "张王李赵刘陈杨黄周吴徐孙马朱胡郭何高林罗", "秀英建国海敏志强桂兰小龙玉梅翠花永福丽娟长顺"
FONTS = {"serif": "NotoSerifSC-Regular.ttf", "bold": "NotoSansSC-Bold.ttf"}


def run() -> list[dict[str, Any]]:
    """The rows for the table."""
    faces = Faces(ROOT / "resources" / "fonts")
    text = (ROOT / "forms" / "work_order.toml").read_text(encoding="utf-8")
    form = parse_form(text, "work_order.toml", LABELS)
    jobs = [_job(at, form) for at in range(SHEETS)]
    render(jobs[:1], BytesIO(), faces)  # fonts are read once in the life of the program
    pages = [_strings(job, faces) for job in jobs]
    _register_bare_fonts()
    ours, bare, plain = _fastest(
        lambda: _ours(jobs, faces), lambda: _bare(pages), lambda: _bare(pages, armoured=False)
    )
    return [
        _row("work orders, batch of 200, per sheet", ours, bare, "bare canvas as shipped", 2.5, 1.5),
        _row("the same against binary streams", ours, plain, "bare canvas, useA85=0", 2.5, 1.5),
    ]


def _row(what: str, ours: float, bare: float, yardstick: str, must: float, stretch: float) -> dict[str, Any]:
    return {
        "what": what,
        "value": ours / SHEETS * 1000,
        "unit": "ms",
        "yardstick": f"{yardstick}: {bare / SHEETS * 1000:.3g} ms",
        "ratio": ours / bare,
        "must": f"≤ {must}×",
        "stretch": f"≤ {stretch}×",
    }


def _job(at: int, form: Form) -> Job:
    """A sheet whose customer, address, numbers and times are its own."""
    number = f"YK4101-HK01-261120-{at:04}"
    values = RESIDENT | {
        "customer_name": SURNAMES[at % 20] + GIVEN[at % 21 : at % 21 + 2],
        "identity_number": f"41012219600512{at:04}",
        "mobile": f"1380000{at:04}",
        "agent_name": SURNAMES[at * 7 % 20] + GIVEN[at * 5 % 21],
        "address_door": f"{at} 号（村委会东侧第 {at % 9} 户，门前有一棵老槐树）",
        "capacity": str(4 + at % 9),
        "remarks": f"请提前 {at % 5} 天电话联系。" if at % 3 else "",
    }
    said = values_of("work_order", values) | {"accepted_at": f"2026-11-20 {8 + at % 9:02}:{at % 60:02}"}
    snapshot = replace(
        sheet("work_order", said),
        sheet_no=f"{number}-1",
        number=number,
        qr=signed_code(
            f"{number}-1", Mark("K3F", 1, 1, 0, f"ABCDEFGHIJ{LETTERS[at % 26]}{LETTERS[at // 26]}")
        ),
    )
    return Job(snapshot, PRINTING, form)


def _strings(job: Job, faces: Faces) -> list[list[Text]]:
    """Every string of each page, as placed."""
    pages = compose(job.form, job.snapshot, faces)
    foot = footer(job.form, job.snapshot, job.printing, faces)
    texts = [[item for item in (*page.items, *foot) if isinstance(item, Text)] for page in pages]
    return [[_counted(text) for text in page] for page in texts]


def _counted(text: Text) -> Text:
    words = text.text
    for mark in PAGE_MARKS.values():
        words = words.replace(mark, "1")
    return text._replace(text=words)


def _register_bare_fonts() -> None:
    for style, file in FONTS.items():
        font = TTFont(f"bare-{style}", str(ROOT / "resources" / "fonts" / file))
        pdfmetrics._fonts[font.fontName] = font  # registerFont would keep our own object of the same font


def _ours(jobs: list[Job], faces: Faces) -> None:
    qr_runs.cache_clear()
    render(jobs, BytesIO(), faces)


def _bare(sheets: list[list[list[Text]]], *, armoured: bool = True) -> None:
    was, rl_config.useA85 = rl_config.useA85, int(armoured)
    canvas = Canvas(BytesIO(), A4, pageCompression=1, initialFontName="bare-serif")
    for page in (page for pages in sheets for page in pages):
        for text in page:
            canvas.setFont(f"bare-{text.style}", text.size)
            canvas.drawString(text.x, A4[1] - text.y, text.text)
        canvas.showPage()
    canvas.save()
    rl_config.useA85 = was


def _fastest(*works: Callable[[], None]) -> list[float]:
    """The best time of each in seconds, taken in turn so that a busy machine hurts all alike."""
    best = [float("inf")] * len(works)
    for _ in range(ROUNDS):
        for at, work in enumerate(works):
            start = perf_counter()
            work()
            best[at] = min(best[at], perf_counter() - start)
    return best
