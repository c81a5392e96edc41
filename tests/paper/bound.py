"""Dossiers made for tests: sheets of the samples, files made here, one call to bind them."""

import hashlib
import io
import zlib
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from msgspec.structs import replace
from PIL import Image, ImageDraw

from tests.paper.samples import ACCEPTED, NUMBER, PRINTING, ROOT, SHEET_NO, sample
from yekuo_desktop.domain.papers import Print, Snapshot
from yekuo_desktop.domain.stages import LABELS
from yekuo_desktop.office.dossier_ports import Bound, Job, Leaf, ScanFile, Volume
from yekuo_desktop.paper.dossier import Bindery
from yekuo_desktop.paper.form_reader import freeze_labels

SHEETS = (
    ("业务受理", "work_order"),
    ("业务受理", "registration_high_voltage"),
    ("业务受理", "equipment_list"),
    ("归档", "archive_list"),
)
BINDERY = Bindery(ROOT / "resources")


def job(snapshot: Snapshot, printing: Print = PRINTING) -> Job:
    text = (ROOT / "forms" / f"{snapshot.form}.toml").read_text(encoding="utf-8")
    return snapshot, printing, freeze_labels(text, LABELS), None


def sheet(stage: str, form: str) -> Leaf:
    return Leaf(stage=stage, title=sample(form).title, source=SHEET_NO, job=job(sample(form)))


def file(name: str, content: bytes, stage: str = "其他附件") -> tuple[Leaf, bytes]:
    digest = hashlib.sha256(content).hexdigest()
    scan = ScanFile(name=name, sha256=digest, size=len(content))
    return Leaf(stage=stage, title=name, source="王丽 2026-03-10 09:30", scan=scan), content


def quiet(_done: int, _total: int, _text: str = "") -> None:
    """Nobody watches."""


def never() -> bool:
    return False


def volume(leaves: Sequence[Leaf], blobs: dict[str, bytes]) -> Volume:
    def contents(starts: Sequence[int]) -> Job:
        rows = [
            {"stage_name": leaf.stage, "name": leaf.title, "sheet_number": leaf.source, "first_page": str(at)}
            for leaf, at in zip(leaves, starts, strict=True)
        ]
        plain = sample("dossier_contents")
        return job(replace(plain, values=plain.values | {"catalogue": rows}))

    return Volume(
        title="张秀英 低压居民新装 卷宗",
        author="示例县供电公司",
        number=NUMBER,
        at=ACCEPTED,
        cover=job(sample("archive_cover")),
        contents=contents,
        leaves=tuple(leaves),
        read=blobs.get,
    )


def bind(*files: tuple[Leaf, bytes], sheets: bool = False, **more: Any) -> tuple[bytes, Bound]:
    leaves = [sheet(stage, form) for stage, form in SHEETS] if sheets else []
    leaves += [leaf for leaf, _ in files]
    blobs = {leaf.scan.sha256: content for leaf, content in files if leaf.scan and content}
    out = BytesIO()
    bound = BINDERY.bind(
        volume(leaves, blobs), out, more.get("progress", quiet), more.get("cancelled", never)
    )
    return out.getvalue(), bound


def drawn(mode: str = "RGB", size: tuple[int, int] = (600, 400)) -> Image.Image:
    """A picture that looks different whichever way it is turned."""
    inks: dict[str, Any] = {"RGBA": (160, 0, 0, 255), "L": 40, "1": 0, "I;16": 9000, "CMYK": (0, 200, 200, 0)}
    paper = {"RGBA": (0, 0, 0, 0), "1": 1, "I;16": 65535, "CMYK": (0, 0, 0, 0)}.get(mode, "white")
    plain = "RGB" if mode == "P" else mode
    image = Image.new(plain, size, paper)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, size[0] // 3, size[1] // 4), fill=inks.get(plain, (160, 0, 0)))
    pen.rectangle((0, size[1] - 30, size[0] // 8, size[1]), fill=inks.get(plain, (160, 0, 0)))
    return image.convert("P") if mode == "P" else image


def saved(image: Image.Image, kind: str, **more: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def turned(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return saved(drawn(), "JPEG", exif=exif, quality=95)


def one_page_pdf(size: tuple[int, int] = (595, 842), rotate: int = 0, shift: int = 0) -> bytes:
    """A page with a black block at its upper left, as another program writes it."""
    low = size[1] - 160 + shift
    drawing = b"0 g %d %d 150 150 re f" % (shift + 5, low)
    return raw_pdf([(drawing, size, rotate, shift)])


def two_page_pdf() -> bytes:
    words = [b"BT /F1 24 Tf 60 400 Td (%s) Tj ET" % text for text in (b"FirstPage", b"SecondPage")]
    return raw_pdf([(drawing, (595, 842), 0, 0) for drawing in words])


def raw_pdf(pages: Sequence[tuple[bytes, tuple[int, int], int, int]]) -> bytes:
    """A PDF written by hand: unbalanced q in its contents, a script, a link and an embedded file."""
    objects = {1: b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>"}
    kids = []
    for at, (drawing, size, rotate, shift) in enumerate(pages):
        number = 10 + 3 * at
        data = zlib.compress(b"q " + drawing)
        box = b"[%d %d %d %d]" % (shift, shift, shift + size[0], shift + size[1])
        objects[number] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox %s/CropBox %s/Rotate %d/Contents %d 0 R"
            b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
            b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://x)>>>>]>>"
        ) % (box, box, rotate, number + 1)
        objects[number + 1] = b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(data), data)
        kids.append(b"%d 0 R" % number)
    objects[2] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), b" ".join(kids))
    out, places = b"%PDF-1.4\n", {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%d 1\n%010d 00000 n \n" % (number, place) for number, place in sorted(places.items()))
    last = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (max(objects) + 1, len(out))
    return out + b"xref\n0 1\n0000000000 65535 f \n" + table + last
