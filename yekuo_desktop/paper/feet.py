"""What stands on every page of a dossier beside its own: where it comes from and its number in the volume;
and the pages that stand for files which cannot become pages."""

from collections.abc import Sequence
from io import BytesIO
from typing import NamedTuple

from reportlab.pdfgen.canvas import Canvas

from yekuo_desktop.paper.draw import Painter
from yekuo_desktop.paper.fitting import Fitted, fit, lay
from yekuo_desktop.paper.fonts import Faces
from yekuo_desktop.paper.items import Frame, Item, Rule
from yekuo_desktop.paper.units import mm

SIZE, MESSAGE = 7.5, 12.0  # points
SIDE, FOOT = 15 * mm, 9.0 * mm  # from the left and right edges; of the line of text from the lower edge
NUMBER_WIDTH = 46 * mm
GREY = 0.35


class Foot(NamedTuple):
    """The foot of one page of ``width`` × ``height`` points; with ``message`` the page is nothing else."""

    width: float
    height: float
    words: str
    number: str
    message: tuple[str, ...] = ()


def feet(found: Sequence[Foot], faces: Faces) -> bytes:
    """A PDF of as many pages, each with its foot and nothing else: to be laid over the pages themselves."""
    out = BytesIO()
    with faces.lock:
        faces.face("serif"), faces.face("bold")  # the canvas finds them by name
        canvas = Canvas(out, invariant=1, pageCompression=1, initialFontName="yekuo-serif", lang="zh-CN")
        painter = Painter(canvas, faces)
        for foot in found:
            items = [*_foot(foot, faces), *_message(foot, faces)]
            painter.begin(foot.width, foot.height)
            painter.lines(items)
            painter.texts(items, str)
            canvas.showPage()
        canvas.save()
    return out.getvalue()


def _foot(foot: Foot, faces: Faces) -> list[Item]:
    y, width = foot.height - FOOT, foot.width - 2 * SIDE
    words = _one_line(foot.words, width - NUMBER_WIDTH, faces)
    number = Fitted((foot.number,), "bold", SIZE + 0.5)
    return [
        *lay(words, SIDE, y, width, "left", faces, GREY),
        *lay(number, SIDE, y - 0.3, width, "right", faces),
    ]


def _one_line(text: str, width: float, faces: Faces) -> Fitted:
    """Long names shrink and are then cut in the middle: the whole name stands in the contents."""
    line = fit(text, width, "serif", SIZE, faces)
    keep = len(text)
    while len(line.lines) > 1:
        keep -= 4
        line = fit(f"{text[: keep // 2]}…{text[-keep // 2 :]}", width, "serif", SIZE, faces)
    return line


def _message(foot: Foot, faces: Faces) -> list[Item]:
    if not foot.message:
        return []
    x, width, y = 30 * mm, foot.width - 60 * mm, foot.height * 0.32
    title, *rest = (
        fit(text, width, "bold" if at == 0 else "serif", MESSAGE - 1.5 * min(at, 1), faces)
        for at, text in enumerate(foot.message)
    )
    marks: list[Item] = [*lay(title, x, y, width, "left", faces)]
    y += title.height + 2 * mm
    marks.append(Rule(x, y, x + width, y, 0.75))
    y += 2 * mm
    for line in rest:
        marks += lay(line, x, y, width, "left", faces)
        y += line.height + 1.2 * mm
    top = foot.height * 0.32 - 6 * mm
    return [Frame(x - 8 * mm, top, width + 16 * mm, y + 4 * mm - top, 0.9), *marks]
