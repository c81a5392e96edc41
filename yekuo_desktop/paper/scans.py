"""The files of a case as pictures on a page: photographs and scans (PNG, JPEG, TIFF, BMP …) and PDFs.

A file nobody can read, or one made to exhaust the memory, is told as ``Unreadable``; it never raises anything
else. JPEG and plain PNG go into the dossier as they are: a scan is evidence and is not encoded a second time.
"""

import io
import warnings
import zlib
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol, TypeVar

import pypdf
import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PageObject
from pypdf.errors import PyPdfError
from pypdf.generic import ByteStringObject, IndirectObject

from yekuo_desktop.paper.binder import Binder, Seen, dictionary
from yekuo_desktop.paper.png_data import Rows, rows_of
from yekuo_desktop.paper.preview import LOCK

MAX_PIXELS = 36_000_000  # A4 at 600 dpi has 34.8 million
MAX_DECODED = 12_000_000  # of colour or with transparency, where every pixel takes four bytes or more
NARROW = ("1", "L", "P", "I;16")  # one or two bytes a pixel
MAX_PAGES = 500  # of one file
LONG_SIDE = 3508  # pixels: A4 at 300 dpi; what is not kept as it came is brought down to this
QUALITY = 85
ORIENTATION = 0x0112  # EXIF
FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")
POINTS_PER_PIXEL = 72 / 300
Matrix = tuple[float, float, float, float, float, float]
Made = TypeVar("Made")


class Unreadable(Exception):
    """A file that cannot become a page; the reason in words."""


class Placed(NamedTuple):
    """A picture written to the dossier: ``matrix`` sets it upright into ``width`` × ``height``."""

    picture: IndirectObject
    matrix: Matrix
    width: float
    height: float


class Scan(Protocol):
    """A file opened: how many pages, and each of them written to a dossier."""

    count: int

    def place(self, binder: Binder, index: int) -> Placed:
        """Page ``index`` (from 0). Raises ``Unreadable``."""
        ...


def open_scan(content: bytes) -> Scan:
    """What kind of file it is says its content, not its name. Raises ``Unreadable``."""
    if not content:
        raise Unreadable("文件内容丢失或已损坏")
    if b"%PDF-" in content[:1024]:
        return _told(lambda: Document(content))
    return _told(lambda: Pictures(content))


def _told(work: Callable[[], Made]) -> Made:
    """Whatever goes wrong inside a library with a stranger's file becomes words."""
    try:
        return work()
    except UnidentifiedImageError as error:
        raise Unreadable("这种格式不能合入 PDF，请在程序中打开原文件") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unreadable("图片过大（像素过多）") from error
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, zlib.error) as error:
        raise Unreadable("文件已损坏或不完整") from error
    except (pypdfium2.PdfiumError, PyPdfError, RecursionError, AttributeError, NotImplementedError) as error:
        raise Unreadable("PDF 已损坏、加密或含有无法识别的内容") from error


# ---- pictures ------------------------------------------------------------------------------------


class Pictures:
    """A picture file; TIFF has several pages."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        with _open(content) as image:
            self._format = str(image.format)
            count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
            _check_size(image)
        if count > MAX_PAGES:
            raise Unreadable(f"有 {count} 页，超过 {MAX_PAGES} 页")
        self.count = int(count)

    def place(self, binder: Binder, index: int) -> Placed:
        """One picture, upright."""
        return _told(lambda: self._place(binder, index))

    def _place(self, binder: Binder, index: int) -> Placed:
        with _open(self._content) as image:
            image.seek(index)
            _check_size(image)
            if self._format == "JPEG" and image.mode in ("L", "RGB"):
                return _jpeg_as_it_is(binder, image, self._content)
            rows = rows_of(self._content) if self._format == "PNG" else None
            if rows is not None:
                return _png_as_it_is(binder, image, rows)
            return _encoded(binder, image)


def _open(content: bytes) -> Image.Image:
    """Its head only. What Pillow merely warns of is too large for us."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        return Image.open(io.BytesIO(content), formats=FORMATS)


def _check_size(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise Unreadable(f"图片过大（{width}×{height} 像素）")


def _jpeg_as_it_is(binder: Binder, image: Image.Image, content: bytes) -> Placed:
    """The JPEG itself, once every block of it could be read: an eighth of its size is enough for that."""
    size, turned = image.size, int(image.getexif().get(ORIENTATION, 1))
    colours = image.mode
    image.draft("L", (size[0] // 8, size[1] // 8))
    image.load()
    entries = _entries(size, "/DeviceGray" if colours == "L" else "/DeviceRGB", "/DCTDecode")
    return _upright(binder.stream(entries, content), size, turned)


def _png_as_it_is(binder: Binder, image: Image.Image, rows: Rows) -> Placed:
    """The rows of the PNG; a palette stands in the space of its colours."""
    colours: Any = rows.entries["/ColorSpace"]
    if isinstance(colours, bytes):
        last = len(colours) // 3 - 1
        colours = ["/Indexed", "/DeviceRGB", last, ByteStringObject(colours)]
    entries = {**_entries(image.size, "/DeviceGray", "/FlateDecode"), **rows.entries}
    parameters = dictionary(rows.entries["/DecodeParms"])
    entries |= {"/ColorSpace": colours, "/DecodeParms": parameters}
    return _upright(binder.stream(entries, rows.data), image.size)


def _encoded(binder: Binder, image: Image.Image) -> Placed:
    """Brought down to 300 dpi of A4, without transparency; black and white stays so, the rest as JPEG."""
    if image.mode not in NARROW and image.width * image.height > MAX_DECODED:
        raise Unreadable(f"图片过大（{image.width}×{image.height} 像素），请按 300 dpi 重新扫描或存成 JPEG")
    image.load()
    if image.mode == "1" and max(image.size) > LONG_SIDE:
        image = image.convert("L")  # thin lines would vanish
    image.thumbnail((LONG_SIDE, LONG_SIDE))
    image = ImageOps.exif_transpose(_flat(image))
    if image.mode == "1":
        entries = _entries(image.size, "/DeviceGray", "/FlateDecode", bits=1)
        return _upright(binder.stream(entries, zlib.compress(image.tobytes())), image.size)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    entries = _entries(image.size, "/DeviceGray" if image.mode == "L" else "/DeviceRGB", "/DCTDecode")
    return _upright(binder.stream(entries, out.getvalue()), image.size)


def _flat(image: Image.Image) -> Image.Image:
    """White behind what is transparent; only black and white, grey or colour are left."""
    if image.mode in ("1", "L", "RGB"):
        return image
    if image.mode.startswith("I") or image.mode == "F":  # 16 bits of grey
        return image.point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        behind = Image.new("RGB", image.size, "white")
        behind.paste(image, mask=image.getchannel("A"))
        return behind
    return image.convert("L" if image.mode == "LA" else "RGB")


def _entries(size: tuple[int, int], colours: str, encoding: str, bits: int = 8) -> dict[str, Any]:
    return {
        "/Type": "/XObject",
        "/Subtype": "/Image",
        "/Width": size[0],
        "/Height": size[1],
        "/ColorSpace": colours,
        "/BitsPerComponent": bits,
        "/Filter": encoding,
    }


def _upright(picture: IndirectObject, size: tuple[int, int], turned: int = 1) -> Placed:
    """The unit square of a picture, turned as its camera says (EXIF 2.3, tag 274), in points at 300 dpi."""
    width, height = (side * POINTS_PER_PIXEL for side in size)
    if turned >= 5:
        width, height = height, width
    w, h = width, height
    turns: dict[int, Matrix] = {
        2: (-w, 0, 0, h, w, 0),
        3: (-w, 0, 0, -h, w, h),
        4: (w, 0, 0, -h, 0, h),
        5: (0, -h, -w, 0, w, h),
        6: (0, -h, w, 0, 0, h),
        7: (0, h, w, 0, 0, 0),
        8: (0, h, -w, 0, w, 0),
    }
    return Placed(picture, turns.get(turned, (w, 0, 0, h, 0, 0)), w, h)


# ---- PDFs ----------------------------------------------------------------------------------------


class Document:
    """A PDF, put in order by PDFium first: broken tables are mended, stamps and filled fields drawn in."""

    def __init__(self, content: bytes) -> None:
        self._reader = pypdf.PdfReader(io.BytesIO(_in_order(content)))
        self.count = len(self._reader.pages)
        self._seen: Seen = {}

    def place(self, binder: Binder, index: int) -> Placed:
        """One page, upright."""
        return _told(lambda: self._place(binder, self._reader.pages[index]))

    def _place(self, binder: Binder, page: PageObject) -> Placed:
        left, low, right, high = (float(side) for side in page.cropbox)
        width, height = right - left, high - low
        if width <= 0 or height <= 0:
            raise Unreadable("PDF 页面没有大小")
        turns: dict[int, tuple[Matrix, float, float]] = {
            0: ((1, 0, 0, 1, -left, -low), width, height),
            90: ((0, -1, 1, 0, -low, right), height, width),
            180: ((-1, 0, 0, -1, right, high), width, height),
            270: ((0, 1, -1, 0, high, -left), height, width),
        }
        matrix, wide, tall = turns[page.rotation % 360]
        return Placed(binder.form(page, self._seen), matrix, wide, tall)


def _in_order(content: bytes) -> bytes:
    with LOCK:
        source = pypdfium2.PdfDocument(content)
        try:
            if len(source) > MAX_PAGES:
                raise Unreadable(f"有 {len(source)} 页，超过 {MAX_PAGES} 页")
            for index in range(len(source)):
                _flatten(source, index)
            return _saved(source)
        finally:
            source.close()


def _flatten(source: pypdfium2.PdfDocument, index: int) -> None:
    """Stamps, electronic seals and filled fields become part of the page, as they are seen on a screen."""
    page = source[index]
    done = pypdfium2.raw.FPDFPage_Flatten(page, pypdfium2.raw.FLAT_NORMALDISPLAY)
    page.close()
    if done == pypdfium2.raw.FLATTEN_FAIL:
        raise Unreadable("PDF 上的签章或批注无法读出")


def _saved(source: pypdfium2.PdfDocument) -> bytes:
    """Its pages alone: what else a file carries stays behind."""
    target, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    try:
        target.import_pages(source)
        target.save(out)
        return out.getvalue()
    finally:
        target.close()
