"""Forms of two sides: the back begins a page, its binding edge is at the right, no sheet shares paper."""

from io import BytesIO

from tests.paper.reading import text_of
from tests.paper.samples import PRINTING, sheet
from yekuo_desktop.domain.stages import LABELS
from yekuo_desktop.paper.compose import compose
from yekuo_desktop.paper.fonts import Faces
from yekuo_desktop.paper.form import Form
from yekuo_desktop.paper.form_reader import parse_form
from yekuo_desktop.paper.preview import page_image
from yekuo_desktop.paper.render import Job, render

TEXT = """form = "commitment"
title = "承诺书"

[page]
left = 30
right = 15
duplex = {duplex}

[[block]]
columns = [65, 100]
rows = [["@customer_name", "{{customer_name}}"]]

[[block]]
new_page = true
columns = [165]
rows = [["背面须知"]]
"""


def form(duplex: bool) -> Form:
    return parse_form(TEXT.format(duplex=str(duplex).lower()), "commitment.toml", LABELS)


def left_edge(pdf: bytes, page: int) -> float:
    """Where the first dark column of a page is, in millimetres."""
    width, height, pixels = page_image(pdf, page, 254)
    middle = [pixels[y * width * 3 : (y + 1) * width * 3 : 3] for y in range(300, height // 4, 40)]
    return min(next((x for x, value in enumerate(row) if value < 100), width) for row in middle) / 10


def printed(faces: Faces, duplex: bool, count: int) -> bytes:
    out = BytesIO()
    job = Job(sheet("commitment", {"customer_name": "张三"}), PRINTING, form(duplex))
    render([job] * (count - 1) + [Job(job.snapshot, PRINTING, job.form)], out, faces)
    return out.getvalue()


def test_the_back_begins_a_page(faces: Faces) -> None:
    pages = compose(form(False), sheet("commitment", {"customer_name": "张三"}), faces)
    assert len(pages) == 2
    texts = text_of(printed(faces, False, 1))
    assert "张三" in texts[0]
    assert "背面须知" in texts[1]
    assert "第2页共2页" in texts[1]


def test_the_binding_edge_changes_sides(faces: Faces) -> None:
    single, double = printed(faces, False, 1), printed(faces, True, 1)
    assert [round(left_edge(single, page)) for page in (0, 1)] == [30, 30]
    assert [round(left_edge(double, page)) for page in (0, 1)] == [30, 15]


ODD = TEXT.split("[[block]]\nnew_page", maxsplit=1)[0].format(duplex="true")


def test_no_sheet_begins_on_the_back_of_another(faces: Faces) -> None:
    out = BytesIO()
    read = parse_form(ODD, "commitment.toml", LABELS)
    jobs = [Job(sheet("commitment", {"customer_name": name}), PRINTING, read) for name in ("张三", "李四")]
    rendered = render(jobs, out, faces)
    pages = text_of(out.getvalue())
    assert ["张三" in pages[0], pages[1], "李四" in pages[2]] == [True, "", True]
    assert rendered.pages == 2  # with something on them
