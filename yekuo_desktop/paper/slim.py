"""A PDF small enough for e-mail: its pictures in the resolution of a screen, its text as it is."""

from io import BytesIO
from typing import Any

import pypdf
from PIL import Image
from pypdf.generic import NameObject, NumberObject, StreamObject

SCAN_SIDE = 1400  # pixels of the longer side: an A4 scan at 120 dpi
SEAL_SIDE = 480  # of a picture with transparency: a seal of 40 mm at 300 dpi
QUALITY = 70
WORTH = 20_000  # bytes: a smaller picture is left as it is


def slim(pdf: bytes) -> bytes:
    """The same document with smaller pictures; the document itself where nothing was to be gained.

    A picture that cannot be read stays as it is.
    """
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf))
    writer.pdf_header = "%PDF-1.5"
    for picture in _pictures(writer):
        _shrink(picture)
    writer.compress_identical_objects(remove_duplicates=True, remove_unreferenced=True)
    out = BytesIO()
    writer.write(out)
    made = out.getvalue()
    return made if len(made) < len(pdf) else pdf


def _pictures(writer: pypdf.PdfWriter) -> list[StreamObject]:
    found = (obj for obj in writer._objects if isinstance(obj, StreamObject))
    images = [obj for obj in found if obj.get("/Subtype") == "/Image"]
    masks = {id(obj["/SMask"].get_object()) for obj in images if "/SMask" in obj}
    return [obj for obj in images if id(obj) not in masks]


def _shrink(picture: StreamObject) -> None:
    """Replace the pixels of one picture where that saves room."""
    mask: Any = picture["/SMask"].get_object() if "/SMask" in picture else None
    size = len(picture._data) + (len(mask._data) if mask is not None else 0)
    image = None if size < WORTH or picture.get("/ImageMask") else _opened(picture)
    if image is not None and mask is not None:
        _shrink_seal(picture, mask, image, size)
    elif image is not None:
        _shrink_scan(picture, image, size)


def _shrink_scan(picture: StreamObject, image: Image.Image, size: int) -> None:
    smaller, out = _smaller(image.convert("RGB"), SCAN_SIDE), BytesIO()
    smaller.save(out, "JPEG", quality=QUALITY, optimize=True)
    if len(out.getvalue()) < size:
        _put(picture, out.getvalue(), smaller, "/DeviceRGB", "/DCTDecode")


def _shrink_seal(picture: StreamObject, mask: Any, image: Image.Image, size: int) -> None:
    """Colours and transparency, both without loss; a drawn seal packs better as it is than made smaller."""
    whole = _smaller(image.convert("RGBA"), SEAL_SIDE)
    colours, ground = whole.convert("RGB"), whole.getchannel("A")
    data, alpha = _deflated(colours), _deflated(ground)
    if len(data) + len(alpha) < size:
        _put(picture, data, colours, "/DeviceRGB", "/FlateDecode")
        _put(mask, alpha, ground, "/DeviceGray", "/FlateDecode")


def _opened(picture: Any) -> Image.Image | None:
    try:
        image = picture.decode_as_image()
    except Exception:  # filters and colour spaces nobody can name beforehand
        return None
    return image if isinstance(image, Image.Image) else None


def _smaller(image: Image.Image, side: int) -> Image.Image:
    longer = max(image.size)
    if longer <= side:
        return image
    size = (round(image.width * side / longer), round(image.height * side / longer))
    return image.resize(size, Image.Resampling.LANCZOS)


def _deflated(image: Image.Image) -> bytes:
    stream = StreamObject()
    stream.set_data(image.tobytes())
    return bytes(stream.flate_encode()._data)


def _put(picture: Any, data: bytes, image: Image.Image, space: str, packing: str) -> None:
    for key in ("/DecodeParms", "/Decode", "/Mask"):
        picture.pop(NameObject(key), None)
    picture._data = data
    picture[NameObject("/Width")] = NumberObject(image.width)
    picture[NameObject("/Height")] = NumberObject(image.height)
    picture[NameObject("/BitsPerComponent")] = NumberObject(8)
    picture[NameObject("/ColorSpace")] = NameObject(space)
    picture[NameObject("/Filter")] = NameObject(packing)
